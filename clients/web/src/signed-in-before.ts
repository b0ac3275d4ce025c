/** Whether somebody was signed in here when the page was last open: only a guess of what to show until Firebase has been asked. */

const KEY = 'reddyfit-signed-in';

export const wasSignedIn = (): boolean => localStorage.getItem(KEY) !== null;

export function noteSignedIn(is: boolean): void {
  if (is) localStorage.setItem(KEY, 'yes');
  else localStorage.removeItem(KEY);
}
