/** Grants credits at the operator's desk. The user's chain first records who grants them and why. */

import { userChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { GrantAct, GrantDone } from '@reddyfit/shared/operator/acts';
import type { Firestore } from 'firebase-admin/firestore';
import { accountIsBeingDeleted, grantByOperator } from '../accounts/grant-credits.ts';
import { userExists } from '../accounts/sign-ins.ts';
import { CallError } from '../platform/call-error.ts';
import { recordAct } from './record-view.ts';

/**
 * Grants the credits. Key: `actId`, which is the grant's id; a second call grants nothing more. Throws what
 * grantByOperator throws. For the operator's own account, and for a user who does not exist or whose account is being deleted,
 * it throws before anything is recorded.
 */
export async function grantAtDesk(
  db: Firestore,
  uid: string,
  operator: string,
  { amount, actId, reason, reference }: GrantAct,
  now: Date,
): Promise<GrantDone> {
  if (uid === operator) throw new CallError('OwnAccountError');
  if (!(await userExists(uid))) throw new CallError('UserNotFoundError');
  // Its chain goes with the account, so nothing is added to it any more.
  if ((await db.doc(paths.user(uid)).get()).get('deletion')) throw accountIsBeingDeleted();
  const detail = { act: 'grant', grantId: actId, reason, reference };
  await recordAct(db, userChain(uid), { operator, actId, detail, now });
  const { scanCredits, granted } = await grantByOperator(operator, { uid, amount, grantId: actId }, now);
  return { scanCredits, granted };
}
