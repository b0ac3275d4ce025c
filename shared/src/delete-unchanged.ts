/** Deletes a document only when nobody has written it since it was read. */

/** A document as any Firestore client returns it. */
interface ReadDocument<Time> {
  readonly ref: { delete(precondition: { lastUpdateTime: Time }): Promise<unknown> };
  readonly updateTime: Time;
}

/**
 * gRPC codes: 5 is NOT_FOUND, when the document is gone already; 9 is FAILED_PRECONDITION, when it was
 * written since it was read.
 */
const OVERTAKEN = new Set<unknown>([5, 9]);

/**
 * True when this call deleted the document; false when the document is gone already, or was written since it
 * was read. Rejects with any other error of `delete`.
 */
export async function deleteUnchanged<Time>({ ref, updateTime }: ReadDocument<Time>): Promise<boolean> {
  try {
    await ref.delete({ lastUpdateTime: updateTime });
    return true;
  } catch (error) {
    if (OVERTAKEN.has((error as { code?: unknown }).code)) return false;
    throw error;
  }
}
