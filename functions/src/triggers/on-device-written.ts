/** Trigger: ensures what rules cannot: a user keeps only the newest devices, and a token belongs to one user. */

import { paths } from '@reddyfit/shared/names/paths';
import { MAX_DEVICES } from '@reddyfit/shared/account/users';
import { onDocumentWritten } from 'firebase-functions/v2/firestore';
import { deleteUnchanged } from '@reddyfit/shared/delete-unchanged';
import { leaveTokenToNewest } from '../devices/device-tokens.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/** How many deletions are under way at once. */
const PAGE = 200;

/**
 * Keeps the MAX_DEVICES most recently renewed devices of the user, and deletes all other devices that have the written
 * device's token. It reads the devices as they are, so repeats and order do not matter.
 */
export const onDeviceWritten = onDocumentWritten(
  { document: 'users/{uid}/devices/{deviceId}', retry: true, timeoutSeconds: 60, memory: '256MiB' },
  async ({ params: { uid }, data }) => {
    // A deletion adds no device, and what is deleted here must not trigger more work.
    if (!data?.after.exists) return;
    const token: unknown = data.after.get('token');
    if (typeof token === 'string') {
      const moved = await leaveTokenToNewest(firestore(), token);
      if (moved > 0) logs.deviceTokenMoved(moved);
    }
    await dropSurplus(uid);
  },
);

async function dropSurplus(uid: string): Promise<void> {
  const newestFirst = firestore().collection(paths.devices(uid)).orderBy('updatedAt', 'desc');
  for (;;) {
    const surplus = (await newestFirst.offset(MAX_DEVICES).limit(PAGE).get()).docs;
    const deleted = (await Promise.all(surplus.map(deleteUnchanged))).filter(Boolean).length;
    if (deleted > 0) logs.devicesDropped(deleted);
    if (surplus.length < PAGE) return;
  }
}
