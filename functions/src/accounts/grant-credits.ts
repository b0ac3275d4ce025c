/** Grants scan credits on behalf of a signed-in operator: never to their own account, and up to a limit each day. */

import type { GrantCreditsResponse } from '@reddyfit/shared/api/callables';
import { CallError } from '../platform/call-error.ts';
import { config } from '../platform/config.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { grantCreditsOnce } from './credit-ledger.ts';
import { userExists } from './sign-ins.ts';

/**
 * The idempotency key is `grantId`: a second call with it grants nothing more. Throws OwnAccountError, UserNotFoundError (also for an
 * account that is being deleted),
 * GrantConflictError, GrantLimitError (`left`).
 */
export async function grantByOperator(
  operator: string,
  grant: { uid: string; amount: number; grantId: string },
  now: Date,
): Promise<GrantCreditsResponse> {
  if (grant.uid === operator) throw new CallError('OwnAccountError');
  if (!(await userExists(grant.uid))) throw new CallError('UserNotFoundError');
  const perDay = config().grantCreditsPerDay;
  const actor = `operator:${operator}`;
  const { outcome, scanCredits, left } = await grantCreditsOnce(firestore(), {
    ...grant,
    actor,
    perDay,
    now,
  });
  if (outcome === 'conflict') throw new CallError('GrantConflictError');
  if (outcome === 'deleting') throw accountIsBeingDeleted();
  if (outcome === 'limit') {
    const forOperator = `You may grant ${left} more of ${perDay} credits today. Ask a second operator.`;
    throw new CallError('GrantLimitError', { forOperator, details: { left } });
  }
  if (outcome === 'granted') logs.creditsGranted(grant.grantId, grant.amount);
  return { uid: grant.uid, scanCredits, granted: outcome === 'granted' };
}

/** The refusal to grant credits to somebody who has asked that everything be deleted. */
export const accountIsBeingDeleted = () =>
  new CallError('UserNotFoundError', { forOperator: 'The account of this user is being deleted.' });
