/** Trigger: whoever deletes the sign-in, by a client SDK, an admin or the console, has the whole account deleted. */

// The 2nd generation has no trigger for a deletion; Firebase keeps that of the 1st.
import { runWith } from 'firebase-functions/v1';
import { eraseLeftovers } from '../accounts/erase-leftovers.ts';
import { REGION, SECRETS } from '../platform/config.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/**
 * Starts what deleteMyAccount starts, when anything of the user is left; also after that deleted the sign-in itself, where it changes
 * nothing. Throws when Firestore or Temporal cannot be reached, so that the event is delivered again.
 */
export const onUserDeleted = runWith({
  memory: '512MB',
  timeoutSeconds: 60,
  failurePolicy: true,
  secrets: Object.values(SECRETS),
})
  .region(REGION)
  .auth.user()
  .onDelete(async ({ uid }) => {
    if (await eraseLeftovers(firestore(), uid, new Date())) logs.accountDeletionRequested();
  });
