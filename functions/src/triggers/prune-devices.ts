/** Schedule: deletes devices, with their push tokens, that were not renewed for 270 days. */

import { DAY_MS } from '@reddyfit/shared/durations';
import { paths } from '@reddyfit/shared/names/paths';
import { DEVICE_UNSEEN_DAYS } from '@reddyfit/shared/account/users';
import { Timestamp } from 'firebase-admin/firestore';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { deleteUnchanged } from '@reddyfit/shared/delete-unchanged';
import { fewAtATime } from '../platform/few-at-a-time.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/** How many documents are read at once, and deleted side by side. */
const PAGE = 200;

/** How many devices one run deletes at most. The rest is left to the next day. */
const MOST = 50_000;

/** Runs every night, when the fewest phones renew their device. */
export const pruneDevices = onSchedule(
  { schedule: 'every day 04:00', timeZone: 'UTC', timeoutSeconds: 540, memory: '256MiB', maxInstances: 1 },
  async () => {
    await pruneUnseen(new Date());
  },
);

/**
 * Deletes the devices last renewed before `now` less 270 days, and resolves with how many. Safe to repeat and to run twice at
 * once.
 */
export async function pruneUnseen(now: Date): Promise<number> {
  const cutoff = Timestamp.fromMillis(now.getTime() - DEVICE_UNSEEN_DAYS * DAY_MS);
  const query = firestore()
    .collectionGroup(paths.allDevices())
    .where('updatedAt', '<', cutoff)
    .orderBy('updatedAt');
  let looked = 0;
  let deleted = 0;
  for await (const devices of fewAtATime(query, { page: PAGE, atOnce: PAGE })) {
    deleted += (await Promise.all(devices.map(deleteUnchanged))).filter(Boolean).length;
    looked += devices.length;
    if (looked >= MOST) break;
  }
  logs.devicesPruned(deleted);
  return deleted;
}
