/** Whether somebody was signed in here when the page was last open: only a guess of what to show until Firebase has been asked. */

import { forget, remember, remembered } from './remembered.ts';

const KEY = 'reddyfit-signed-in';

export const wasSignedIn = (): boolean => remembered(KEY) !== null;

export function noteSignedIn(is: boolean): void {
  if (is) remember(KEY, 'yes');
  else forget(KEY);
}
