/** Callable: the user leaves, and everything of theirs goes. */

import { type DeleteMyAccountResponse, emptyRequest } from '@reddyfit/shared/api/callables';
import { markForDeletion, startDeletion } from '../accounts/account-deletion.ts';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { orUnavailable } from '../platform/temporal.ts';

/**
 * `{}` → `{state: 'requested'}`. `deletion` of users/{uid} tells how far it is, until that document goes as the last. Again:
 * the same deletion goes on. When Temporal is away the account stays marked, and the sweeper starts what is owed. Errors:
 * UnavailableError, and those of every callable.
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
