/** Callable for operators: grants scan credits to a user. */

import { grantCreditsRequest, type GrantCreditsResponse } from '@reddyfit/shared/api/callables';
import { CallError } from '../platform/call-error.ts';
import { callable } from '../platform/callable.ts';
import { config } from '../platform/config.ts';
import { grantCreditsOnce } from '../accounts/credit-ledger.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { userExists } from '../accounts/sign-ins.ts';

/**
 * `{uid, amount, grantId}` → `{uid, scanCredits, granted}`. Asks for the custom claim `admin` or `operator`. Errors:
 * OperatorRequiredError, OwnAccountError, UserNotFoundError, GrantConflictError, GrantLimitError (`left`), and those of every callable.
 */
export const grantCredits = callable({
  name: 'grantCredits',
  for: 'operator',
  request: grantCreditsRequest,
  rate: { max: 120, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 30 },
  handle: async ({ uid: operator, request, now }): Promise<GrantCreditsResponse> => {
    if (request.uid === operator) throw new CallError('OwnAccountError');
    if (!(await userExists(request.uid))) throw new CallError('UserNotFoundError');
    const { outcome, scanCredits, left } = await grantCreditsOnce(firestore(), {
      ...request,
      actor: `operator:${operator}`,
      perDay: config().grantCreditsPerDay,
      now,
    });
    if (outcome === 'conflict') throw new CallError('GrantConflictError');
    if (outcome === 'limit') throw new CallError('GrantLimitError', { details: { left } });
    if (outcome === 'granted') logs.creditsGranted(request.grantId, request.amount);
    return { uid: request.uid, scanCredits, granted: outcome === 'granted' };
  },
});
