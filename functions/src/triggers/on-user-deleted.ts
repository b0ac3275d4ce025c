/** Trigger: when a sign-in is deleted, by a client SDK, an admin or in the console, the whole account is deleted. */

// The 2nd generation of functions has no trigger for the deletion of a user; Firebase keeps that of the 1st.
import { runWith } from 'firebase-functions/v1';
import { eraseLeftovers } from '../accounts/erase-leftovers.ts';
import { REGION, SECRETS } from '../platform/params.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/**
 * Starts the same deletion as deleteMyAccount, when anything of the user is left. The event also comes after that deletion has
 * deleted the sign-in itself; then this changes nothing. Throws when Firestore or Temporal cannot be reached, so that the event
 * is delivered again.
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
