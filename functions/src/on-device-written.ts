/** Trigger: of a user's devices only the newest are kept, since rules cannot count documents. */

import { paths } from '@reddyfit/shared/paths';
import { MAX_DEVICES } from '@reddyfit/shared/users';
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { onDocumentWritten } from 'firebase-functions/v2/firestore';
import { firestore } from './firestore.ts';
import { logs } from './logs.ts';

/** Deletions under way at once. */
const PAGE = 200;

/** gRPC: gone already; changed since it was read, so that it has an event of its own. */
const OVERTAKEN = new Set<unknown>([5, 9]);

/** Keeps the MAX_DEVICES most recently renewed. Looks at the devices as they are, so repeats and order do not matter. */
export const onDeviceWritten = onDocumentWritten(
  { document: 'users/{uid}/devices/{deviceId}', retry: true, timeoutSeconds: 60, memory: '256MiB' },
  async ({ params: { uid }, data }) => {
    // A deletion adds none; and what is deleted here must not come back as work.
    if (!data?.after.exists) return;
    const newestFirst = firestore().collection(paths.devices(uid)).orderBy('updatedAt', 'desc');
    for (;;) {
      const surplus = (await newestFirst.offset(MAX_DEVICES).limit(PAGE).get()).docs;
      const deleted = (await Promise.all(surplus.map(deleteUnchanged))).filter(Boolean).length;
      if (deleted > 0) logs.devicesDropped(deleted);
      if (surplus.length < PAGE) return;
    }
  },
);

/** True when it was deleted here and now. */
async function deleteUnchanged({ ref, updateTime }: QueryDocumentSnapshot): Promise<boolean> {
  try {
    await ref.delete({ lastUpdateTime: updateTime });
    return true;
  } catch (error) {
    if (OVERTAKEN.has((error as { code?: unknown }).code)) return false;
    throw error;
  }
}
