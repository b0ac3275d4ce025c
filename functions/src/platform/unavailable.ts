/**
 * Tells the errors that say that a server behind the functions cannot do its work now, so that the same request may succeed
 * later.
 */

/**
 * gRPC's codes, as Firestore and Pub/Sub throw them: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE; and those of Firebase
 * Auth's client for a server that it did not reach.
 */
const FOR_NOW = new Set<unknown>([4, 8, 10, 14, 'app/network-error', 'app/network-timeout']);

/**
 * True when a server was away or too busy: it did not answer in time, has no capacity left, or gave up a transaction that
 * others kept overtaking. Its writes may have been made all the same, so answer with this only where the request may be
 * repeated.
 */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && FOR_NOW.has((error as { code?: unknown }).code);
}
