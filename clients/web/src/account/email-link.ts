/**
 * Signs in by a link that is sent to an e-mail address. The user needs no password, and a new account is made if
 * necessary.
 */

import { type Auth, isSignInWithEmailLink, sendSignInLinkToEmail, signInWithEmailLink } from 'firebase/auth';
import { forget, remember, remembered } from '../remembered.ts';

/** Under this key the browser keeps the address until the link is used, because the link does not contain it. */
const KEY = 'reddyfit-sign-in-email';

/** Asks Firebase to send the link. Rejects when it cannot. */
export async function sendLink(auth: Auth, email: string): Promise<void> {
  await sendSignInLinkToEmail(auth, email, { url: `${location.origin}/`, handleCodeInApp: true });
  remember(KEY, email);
}

/** Null unless the page was opened by such a link; `email` is the address if this browser requested the link. */
export function linkOpened(auth: Auth): { email: string | null } | null {
  return isSignInWithEmailLink(auth, location.href) ? { email: remembered(KEY) } : null;
}

/**
 * Signs in by the link in the address bar, and removes the link from there in any case. Rejects when the link was used,
 * is too old, or was sent to another address.
 */
export async function signInByLink(auth: Auth, email: string): Promise<void> {
  const link = location.href;
  history.replaceState(null, '', '/');
  forget(KEY);
  await signInWithEmailLink(auth, email, link);
}
