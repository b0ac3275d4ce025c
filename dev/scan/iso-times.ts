/** A Firestore document as JSON can hold it. */

/** The same value with every timestamp in it as ISO 8601 text. */
export function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes);
  if (typeof value !== 'object' || value === null) return value;
  if ('toMillis' in value && typeof value.toMillis === 'function') {
    return new Date(value.toMillis() as number).toISOString();
  }
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withIsoTimes(field)]));
}
