/** Tells whether what a client has sent is text that a database can hold. */

/**
 * False when a text in `value`, which was read from JSON, or the name of a field is not Unicode: `"\\ud800"` is JSON, and half of a
 * character. Firestore refuses such a text, and what is hashed of it differs from what would be stored. The walk does not recurse.
 */
export function isUnicode(value: unknown): boolean {
  for (const level = [value]; level.length > 0;) {
    const one = level.pop();
    if (typeof one === 'string' && !one.isWellFormed()) return false;
    if (typeof one === 'object' && one !== null) {
      if (!Object.keys(one).every((name) => name.isWellFormed())) return false;
      for (const field of Object.values(one)) level.push(field);
    }
  }
  return true;
}
