/** The order of document names in Firestore: by their UTF-8 bytes. */

/** Comparator for sorting: less than, equal to or greater than 0. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
