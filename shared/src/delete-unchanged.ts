/** Deletes a document that was read, if it is still that. */

/** A document as it was read, of whichever Firestore client. */
interface ReadDocument<Time> {
  readonly ref: { delete(precondition: { lastUpdateTime: Time }): Promise<unknown> };
  readonly updateTime: Time;
}

/** gRPC: NOT_FOUND, gone already; FAILED_PRECONDITION, written since it was read. */
const OVERTAKEN = new Set<unknown>([5, 9]);

/** True when it was deleted here and now; false when it is gone, or was written since it was read. */
export async function deleteUnchanged<Time>({ ref, updateTime }: ReadDocument<Time>): Promise<boolean> {
  try {
    await ref.delete({ lastUpdateTime: updateTime });
    return true;
  } catch (error) {
    if (OVERTAKEN.has((error as { code?: unknown }).code)) return false;
    throw error;
  }
}
