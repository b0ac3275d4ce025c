/** Deletes what was read, if it is still that. */

import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';

/** gRPC: gone already; changed since it was read, so that it has an event of its own. */
const OVERTAKEN = new Set<unknown>([5, 9]);

/** True when it was deleted here and now; false when it is gone, or was written since it was read. */
export async function deleteUnchanged({ ref, updateTime }: QueryDocumentSnapshot): Promise<boolean> {
  try {
    await ref.delete({ lastUpdateTime: updateTime });
    return true;
  } catch (error) {
    if (OVERTAKEN.has((error as { code?: unknown }).code)) return false;
    throw error;
  }
}
