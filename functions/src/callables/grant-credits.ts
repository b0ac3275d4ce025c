/** Callable for operators: grants scan credits to a user. */

import { grantCreditsRequest, type GrantCreditsResponse } from '@reddyfit/shared/api/callables';
import { callable } from '../platform/callable.ts';
import { grantByOperator } from '../accounts/grant-credits.ts';

/**
 * `{uid, amount, grantId}` → `{uid, scanCredits, granted}`. The caller needs the custom claim `admin`, or `operator` with that
 * role. Idempotency key: `grantId`; a second call grants nothing more. Errors: OperatorRequiredError, OwnAccountError,
 * UserNotFoundError, GrantConflictError, GrantLimitError (`left`), and those of every callable.
 */
export const grantCredits = callable({
  name: 'grantCredits',
  for: 'operator',
  request: grantCreditsRequest,
  rate: { max: 120, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 30 },
  handle: ({ uid, request, now }): Promise<GrantCreditsResponse> => grantByOperator(uid, request, now),
});
