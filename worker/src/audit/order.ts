/** The order of names in the database: that of their bytes. */

/** Less than, equal to or greater than 0, as for sorting. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
