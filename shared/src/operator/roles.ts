/** Who works at the operator's desk, and what each role may do there. */

/** Values of the custom claim `operator` of a Firebase user. */
export const OPERATOR_ROLES = ['viewer', 'operator', 'auditor'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** What may be done at the desk → whose role allows it. */
export const OPERATOR_MAY = {
  /** Look for scans: ids, states and times. */
  find: ['viewer', 'operator', 'auditor'],
  /** See the timeline of a scan. */
  see: ['viewer', 'operator'],
  /** See how the service does as a whole: figures, alerts, dead letters, deletions, and whether new scans are taken. */
  watch: ['viewer', 'operator', 'auditor'],
  /** See photos, numbers and texts of a scan. */
  reveal: ['operator'],
  /** Change what becomes of a scan, or of an account's credits, and whether new scans are taken. */
  act: ['operator'],
  /** Verify chains, and see who saw whose data. */
  audit: ['auditor'],
} as const satisfies Record<string, readonly OperatorRole[]>;
export type OperatorPermission = keyof typeof OPERATOR_MAY;

/** The role that a claim gives; null for none. `true` is the claim of the time before there were roles: an operator. */
export function roleOfClaim(claim: unknown): OperatorRole | null {
  if (claim === true) return 'operator';
  return OPERATOR_ROLES.find((role) => role === claim) ?? null;
}

/** Whether a role allows something. */
export function roleAllows(role: OperatorRole, permission: OperatorPermission): boolean {
  return OPERATOR_MAY[permission].some((allowed) => allowed === role);
}

/** All that a role allows. */
export function permissionsOf(role: OperatorRole): OperatorPermission[] {
  return (Object.keys(OPERATOR_MAY) as OperatorPermission[]).filter((one) => roleAllows(role, one));
}
