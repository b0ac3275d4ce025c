/** The roles of the operator's desk, and what each role may do there. */

/** The values of the custom claim `operator` of a Firebase user. */
export const OPERATOR_ROLES = ['viewer', 'operator', 'auditor'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** What can be done at the desk → the roles that allow it. */
export const OPERATOR_MAY = {
  /** Search for scans, and see their ids, states and times. */
  find: ['viewer', 'operator', 'auditor'],
  /** See the timeline of a scan. */
  see: ['viewer', 'operator'],
  /** See the state of the whole service: figures, alerts, dead letters, deletions, and whether new scans are admitted. */
  watch: ['viewer', 'operator', 'auditor'],
  /** See photos, numbers and texts of a scan. */
  reveal: ['operator'],
  /** Act on scans and on an account's credits, and change whether new scans are admitted. */
  act: ['operator'],
  /** Verify audit chains, and see who has seen whose data. */
  audit: ['auditor'],
} as const satisfies Record<string, readonly OperatorRole[]>;
export type OperatorPermission = keyof typeof OPERATOR_MAY;

/** The role that a claim gives; null for none. `true` is the claim from before roles existed, and gives the role `operator`. */
export function roleOfClaim(claim: unknown): OperatorRole | null {
  if (claim === true) return 'operator';
  return OPERATOR_ROLES.find((role) => role === claim) ?? null;
}

/** True when a role allows `permission`. */
export function roleAllows(role: OperatorRole, permission: OperatorPermission): boolean {
  return OPERATOR_MAY[permission].some((allowed) => allowed === role);
}

/** All that a role allows. */
export function permissionsOf(role: OperatorRole): OperatorPermission[] {
  return (Object.keys(OPERATOR_MAY) as OperatorPermission[]).filter((one) => roleAllows(role, one));
}
