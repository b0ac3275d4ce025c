/** Roles at the operator's desk: one operator asks for a role and another confirms it, neither of them for themselves. */

import { randomUUID } from 'node:crypto';
import { type AuditAction, operatorChain } from '@reddyfit/shared/audit/chain';
import { DAY_MS } from '@reddyfit/shared/durations';
import { paths } from '@reddyfit/shared/names/paths';
import { OPERATOR_ROLES, roleOfClaim } from '@reddyfit/shared/operator/roles';
import { timestamp } from '@reddyfit/shared/timestamps';
import type { Auth } from 'firebase-admin/auth';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { auditHeadOf, writeAudit } from '../../functions/src/platform/audit-chain.ts';
import { actsAsOperator, isOwnAccount, type Operator } from '../credits/operator.ts';

/** The roles that may be asked for; `none` takes the role away. */
export const ASKED_ROLES = [...OPERATOR_ROLES, 'none'] as const;
export type AskedRole = (typeof ASKED_ROLES)[number];

/** How long a request can be confirmed (ms): a day. */
const HOLDS_MS = DAY_MS;

const person = z.object({
  name: z.string(),
  uid: z.string().optional(),
  email: z.string().optional(),
  /** Whether they had a role of their own then. Absent of requests of earlier builds, and of somebody without an account. */
  hasRole: z.boolean().optional(),
});

/** operations/operator_roles/requests/{id}. */
const roleRequest = z.object({
  uid: z.string(),
  role: z.enum(ASKED_ROLES),
  askedBy: person,
  askedAt: timestamp,
  confirmedBy: person.nullable(),
  /** When the account had the role and was signed out everywhere; absent until then. */
  doneAt: timestamp.optional(),
});
export type RoleRequest = z.infer<typeof roleRequest>;

interface Account {
  uid: string;
  email?: string | undefined;
}

/**
 * Asks that an account get a role. Resolves with the id by which to confirm the request. Throws when the account is the
 * asker's own.
 */
export async function askForRole(
  db: Firestore,
  account: Account,
  role: AskedRole,
  asker: Operator,
  now: Date,
): Promise<string> {
  if (isOwnAccount(asker, account))
    throw new Error('nobody asks for a role of their own: ask another operator');
  const requestId = randomUUID();
  await db.runTransaction(async (tx) => {
    const chain = operatorChain(account.uid);
    const head = auditHeadOf(await tx.get(db.doc(paths.auditLog(chain))));
    const askedAt = Timestamp.fromDate(now);
    const request: RoleRequest = { uid: account.uid, role, askedBy: asker, askedAt, confirmedBy: null };
    tx.create(db.doc(paths.roleRequest(requestId)), request);
    writeAudit(db, tx, chain, head, [record('operator_role_asked', requestId, role, asker, now)]);
  });
  return requestId;
}

/**
 * Confirms what another operator asked for: records the confirmation, then sets the role and signs the account out
 * everywhere, so that none of its earlier tokens is valid. A second call by the same person changes nothing once the first
 * has ended; otherwise it sets the role and signs the account out, in case the first call stopped after the record. Throws,
 * with nothing changed, when the confirmer is the asker or the account itself, when somebody else has confirmed the request,
 * when it is older than a day and not done, when the asker has lost the role since, and when there is no such request.
 */
export async function confirmRole(
  { db, auth }: { db: Firestore; auth: Auth },
  requestId: string,
  confirmer: Operator,
  now: Date,
): Promise<{ uid: string; role: AskedRole }> {
  const ref = db.doc(paths.roleRequest(requestId));
  const asked = roleRequest.safeParse((await ref.get()).data()).data;
  if (!asked) throw new Error(`there is no request ${requestId}`);
  const user = await auth.getUser(asked.uid);
  if (isOwnAccount(confirmer, user)) throw new Error('nobody confirms a role of their own');
  const asker = { uid: asked.askedBy.uid ?? '', email: asked.askedBy.email };
  if (confirmer.name === asked.askedBy.name || isOwnAccount(confirmer, asker)) {
    throw new Error('you asked for it yourself: another operator has to confirm it');
  }
  const hasLostRole = await hasLostRoleSince(auth, asked.askedBy);
  const isDone = await db.runTransaction(async (tx) => {
    const chain = operatorChain(asked.uid);
    const [found, head] = await tx.getAll(ref, db.doc(paths.auditLog(chain)));
    const { askedAt, confirmedBy, doneAt, role } = roleRequest.parse(found!.data());
    if (confirmedBy !== null && confirmedBy.name !== confirmer.name)
      throw new Error(`${confirmedBy.name} has confirmed it already`);
    // The role may have been taken away since.
    if (doneAt !== undefined) return true;
    if (askedAt.toMillis() + HOLDS_MS < now.getTime())
      throw new Error('it was asked for more than a day ago');
    // What two operators have agreed on is brought to its end.
    if (confirmedBy !== null) return false;
    if (hasLostRole)
      throw new Error(
        `${asked.askedBy.name}, who asked for it, is no operator any more: another operator has to ask for it anew`,
      );
    tx.update(ref, { confirmedBy: confirmer });
    writeAudit(db, tx, chain, auditHeadOf(head!), [
      record('operator_role_changed', requestId, role, confirmer, now),
    ]);
    return false;
  });
  if (isDone) return { uid: asked.uid, role: asked.role };
  const { operator: _, ...others } = user.customClaims ?? {};
  const claims = asked.role === 'none' ? others : { ...others, operator: asked.role };
  await auth.setCustomUserClaims(asked.uid, claims);
  await auth.revokeRefreshTokens(asked.uid);
  await ref.update({ doneAt: Timestamp.fromDate(now) });
  return { uid: asked.uid, role: asked.role };
}

/**
 * Whether the account of whoever asked had a role then and acts as an operator no more: the claim was taken, or the account
 * disabled or deleted. Of somebody whom Google named and who had no role, the right to ask is the project's and not ours to see.
 */
async function hasLostRoleSince(
  auth: Auth,
  { name, uid, hasRole = name === uid }: RoleRequest['askedBy'],
): Promise<boolean> {
  if (uid === undefined || !hasRole) return false;
  const { users } = await auth.getUsers([{ uid }]);
  return !users[0] || users[0].disabled || !actsAsOperator(users[0].customClaims);
}

/** All accounts with a role, in the order in which Auth lists them. */
export async function* operatorsIn(
  auth: Auth,
): AsyncGenerator<{ uid: string; email?: string; role: string }> {
  for (let token: string | undefined; ;) {
    const { users, pageToken } = await auth.listUsers(1000, token);
    for (const { uid, email, customClaims } of users) {
      const role = roleOfClaim(customClaims?.['operator']);
      if (role) yield { uid, ...(email && { email }), role };
    }
    if (!pageToken) return;
    token = pageToken;
  }
}

function record(action: AuditAction, requestId: string, role: AskedRole, { name }: Operator, now: Date) {
  const who = { at: now.toISOString(), actor: operatorChain(name) };
  return { ...who, key: `${action}:${requestId}`, action, detail: { role, requestId } };
}
