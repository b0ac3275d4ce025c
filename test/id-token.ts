/** ID tokens of the Auth emulator, as a client gets them at sign-in. */

import type { Auth } from 'firebase-admin/auth';
import type { StackFile } from '../local/stack/stack-file.ts';

/** An ID token for a user, valid for an hour. */
export async function idTokenOf(stack: Pick<StackFile, 'auth'>, auth: Auth, uid: string): Promise<string> {
  const endpoint = 'identitytoolkit.googleapis.com/v1/accounts:signInWithCustomToken?key=local';
  const answer = await fetch(`http://${stack.auth}/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: await auth.createCustomToken(uid), returnSecureToken: true }),
  });
  if (!answer.ok) throw new Error(`${uid} could not sign in: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { idToken: string }).idToken;
}
