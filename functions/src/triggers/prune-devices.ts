/** Schedule: drops push tokens of devices that nobody has heard of for 270 days. */

import { paths } from '@reddyfit/shared/names/paths';
import { DEVICE_UNSEEN_DAYS } from '@reddyfit/shared/account/users';
import { Timestamp } from 'firebase-admin/firestore';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { deleteUnchanged } from '@reddyfit/shared/delete-unchanged';
import { fewAtATime } from '../platform/few-at-a-time.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/** Documents read at once, and deleted beside each other. */
const PAGE = 200;

/** Devices of one run; what is left then is for the next day. */
const MOST = 50_000;

/** Every night, when fewest phones renew themselves. */
export const pruneDevices = onSchedule(
  { schedule: 'every day 04:00', timeZone: 'UTC', timeoutSeconds: 540, memory: '256MiB', maxInstances: 1 },
  async () => {
    await pruneUnseen(new Date());
  },
);

/** Deletes the devices last renewed before `now` less 270 days, and says how many. Safe to repeat and to run twice at once. */
export async function pruneUnseen(now: Date): Promise<number> {
  const cutoff = Timestamp.fromMillis(now.getTime() - DEVICE_UNSEEN_DAYS * 86_400_000);
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
