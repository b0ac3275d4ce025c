/** Sign-out: nothing of the user stays on the phone, and so photos that have not been sent go, too. The user is asked before that. */

import type { ReddyFitClient, ScanHandle } from '@reddyfit/client';

export interface Leaving {
  readonly client: Pick<ReddyFitClient, 'drafts' | 'forgetDevice'>;
  /** What is being sent or watched now. */
  readonly scan: Pick<ScanHandle, 'close'> | null;
  /** Asks whether photos that have not been sent may be deleted. */
  askToDelete(): Promise<boolean>;
  turnPushOff(): Promise<void>;
  clearUploads(): Promise<void>;
  signOut(): Promise<void>;
}

/** False when the user would rather wait until the photos are sent: then nothing has changed, and the upload goes on. */
export async function leave(leaving: Leaving): Promise<boolean> {
  const { client, scan, askToDelete, turnPushOff, clearUploads, signOut } = leaving;
  // When the drafts cannot be read, there may be some.
  const unsent = await client.drafts().then(
    (drafts) => drafts.length > 0,
    () => true,
  );
  if (unsent && !(await askToDelete())) return false;
  // While the server still knows who asks; without a network the token is dropped once it is found to be nobody's.
  await turnPushOff().catch(() => undefined);
  // An upload of a user who is gone would only fail.
  scan?.close();
  await client.forgetDevice();
  await clearUploads();
  await signOut();
  return true;
}
