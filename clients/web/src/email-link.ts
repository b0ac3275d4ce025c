/** Signs in by a link that is sent to an e-mail address: no password to invent, and the account is made if it is new. */

import { type Auth, isSignInWithEmailLink, sendSignInLinkToEmail, signInWithEmailLink } from 'firebase/auth';
import { forget, remember, remembered } from './remembered.ts';

/** Where the address waits for its link, until it has been used: the link does not say to whom it was sent. */
const KEY = 'reddyfit-sign-in-email';

/** Asks Firebase to send it. Rejects when it cannot. */
export async function sendLink(auth: Auth, email: string): Promise<void> {
  await sendSignInLinkToEmail(auth, email, { url: `${location.origin}/`, handleCodeInApp: true });
  remember(KEY, email);
}

/** Whether the page was opened by such a link, and the address if this browser asked for it. */
export function linkOpened(auth: Auth): { email: string | null } | null {
  return isSignInWithEmailLink(auth, location.href) ? { email: remembered(KEY) } : null;
}

/** Rejects when the link was used, is too old, or was sent to another address. It is gone from the address bar either way. */
export async function signInByLink(auth: Auth, email: string): Promise<void> {
  const link = location.href;
  history.replaceState(null, '', '/');
  forget(KEY);
  await signInWithEmailLink(auth, email, link);
}
