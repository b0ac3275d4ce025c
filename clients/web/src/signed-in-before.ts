/** Whether somebody was signed in here when the page was last open: only a guess of what to show until Firebase has been asked. */

const KEY = 'reddyfit-signed-in';

/** False also where the browser lets the page keep nothing. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Never throws. */
export function noteSignedIn(is: boolean): void {
  try {
    if (is) localStorage.setItem(KEY, 'yes');
    else localStorage.removeItem(KEY);
  } catch {
    // The next start guesses wrong, and is put right at once.
  }
}
