/** Schedule: drops push tokens of devices that nobody has heard of for 270 days. */

import { paths } from '@reddyfit/shared/names/paths';
import { DEVICE_UNSEEN_DAYS } from '@reddyfit/shared/account/users';
import { type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { deleteUnchanged } from '@reddyfit/shared/delete-unchanged';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';

/** Documents read at once, and deleted beside each other. */
const PAGE = 200;

/** Pages of one run; what is left then is for the next day. */
const MOST_PAGES = 250;

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
    .orderBy('updatedAt')
    .limit(PAGE);
  let deleted = 0;
  let last: QueryDocumentSnapshot | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { docs } = await (last ? query.startAfter(last) : query).get();
    deleted += (await Promise.all(docs.map(deleteUnchanged))).filter(Boolean).length;
    last = docs.at(-1);
    if (docs.length < PAGE) break;
  }
  logs.devicesPruned(deleted);
  return deleted;
}
