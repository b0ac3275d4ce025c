/** A few words that this browser remembers for the page. One that lets the page keep nothing remembers nothing: no call here throws. */

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The page does without.
  }
}

/** Null for what is not remembered. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // There is nothing.
  }
}
