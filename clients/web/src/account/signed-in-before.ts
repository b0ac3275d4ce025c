/**
 * Whether a user was signed in when the page was last open. It is only a guess of what to show until Firebase answers.
 */

import { forget, remember, remembered } from '../remembered.ts';

const KEY = 'reddyfit-signed-in';

export const wasSignedIn = (): boolean => remembered(KEY) !== null;

export function noteSignedIn(is: boolean): void {
  if (is) remember(KEY, 'yes');
  else forget(KEY);
}
