/** Callable: deletes the user's account and everything of theirs. */

import { type DeleteMyAccountResponse, emptyRequest } from '@reddyfit/shared/api/callables';
import { markForDeletion, startDeletion } from '../accounts/account-deletion.ts';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { orUnavailable } from '../platform/temporal.ts';

/**
 * `{}` → `{state: 'requested'}`. `deletion` of users/{uid} tells the progress until that document is deleted, as the last of
 * all. A second call starts nothing more while the deletion runs, and starts it again after it failed. When Temporal does
 * not answer, the account stays marked, and the sweeper starts the deletion. Errors: UnavailableError, and those of every
 * callable.
 */
export const deleteMyAccount = callable({
  name: 'deleteMyAccount',
  for: 'user',
  request: emptyRequest,
  rate: { max: 10, perSeconds: 3600 },
  options: { memory: '512MiB', timeoutSeconds: 60 },
  handle: async ({ uid, now }): Promise<DeleteMyAccountResponse> => {
    await markForDeletion(firestore(), uid, now);
    await orUnavailable(startDeletion(uid));
    logs.accountDeletionRequested();
    return { state: 'requested' };
  },
});
