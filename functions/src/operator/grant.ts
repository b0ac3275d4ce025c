/** Grants credits at the operator's desk: who and why is in the user's chain first. */

import { userChain } from '@reddyfit/shared/audit/chain';
import type { GrantAct, GrantDone } from '@reddyfit/shared/operator/acts';
import type { Firestore } from 'firebase-admin/firestore';
import { grantByOperator } from '../accounts/grant-credits.ts';
import { userExists } from '../accounts/sign-ins.ts';
import { CallError } from '../platform/call-error.ts';
import { recordAct } from './record-view.ts';

/** Once per `actId`, which is the grant's id. Throws as grantByOperator does, then with nothing recorded of a user who is not there. */
export async function grantAtDesk(
  db: Firestore,
  uid: string,
  operator: string,
  { amount, actId, reason, reference }: GrantAct,
  now: Date,
): Promise<GrantDone> {
  if (uid === operator) throw new CallError('OwnAccountError');
  if (!(await userExists(uid))) throw new CallError('UserNotFoundError');
  const detail = { act: 'grant', grantId: actId, reason, reference };
  await recordAct(db, userChain(uid), { operator, actId, detail, now });
  const { scanCredits, granted } = await grantByOperator(operator, { uid, amount, grantId: actId }, now);
  return { scanCredits, granted };
}
