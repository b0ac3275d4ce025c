/** Which errors say that a server behind the functions could not do it now, so that the same request may succeed later. */

/** gRPC's codes, as Firestore and Pub/Sub throw them: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE. */
const FOR_NOW = new Set<unknown>([4, 8, 10, 14]);

/**
 * Whether a server was away or too busy: it did not answer in time, has no capacity left, or gave up a transaction that others kept
 * overtaking. What the request wanted to write may have been written, so that only a request that may be repeated is told so.
 */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && FOR_NOW.has((error as { code?: unknown }).code);
}
