/**
 * Only the device that registered a push token last keeps it. When somebody else signs in on a phone, the server takes the
 * phone's token from the user before, so that nobody reads another user's pushes.
 */

import { paths } from '@reddyfit/shared/names/paths';
import { type Firestore, type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { deleteUnchanged } from '@reddyfit/shared/delete-unchanged';

/**
 * How many documents are read at once. There is more than one only when a phone changed hands, or when its app chose another
 * device id.
 */
const PAGE = 100;

const holdersOf = (db: Firestore, token: string) =>
  db.collectionGroup(paths.allDevices()).where('token', '==', token).limit(PAGE);

/** Writes the device, and deletes every other device, of any user, that has its token. A second call renews the device. */
export async function registerToken(
  db: Firestore,
  { uid, deviceId, token, platform, now }: Registration,
): Promise<void> {
  const own = db.doc(paths.device(uid, deviceId));
  await db.runTransaction(async (tx) => {
    const holders = await tx.get(holdersOf(db, token));
    for (const { ref } of holders.docs) if (ref.path !== own.path) tx.delete(ref);
    tx.set(own, { token, platform, updatedAt: Timestamp.fromDate(now) });
  });
}

export interface Registration {
  uid: string;
  deviceId: string;
  token: string;
  platform: 'ios' | 'android' | 'web';
  now: Date;
}

/**
 * Leaves a token to the device that was written last, by the server's clock, and deletes the other devices that have it. It
 * reads the devices as they are, so repeats and order do not matter. Resolves with how many were deleted.
 */
export async function leaveTokenToNewest(db: Firestore, token: string): Promise<number> {
  const { docs } = await holdersOf(db, token).get();
  const newestFirst = docs.toSorted((a, b) => writtenAt(b).localeCompare(writtenAt(a)));
  return (await Promise.all(newestFirst.slice(1).map(deleteUnchanged))).filter(Boolean).length;
}

/** The time of the last write to the nanosecond, as text that sorts by time. For writes of one commit the path decides. */
function writtenAt({ updateTime, ref }: QueryDocumentSnapshot): string {
  const { seconds, nanoseconds } = updateTime;
  return `${seconds}`.padStart(12, '0') + `${nanoseconds}`.padStart(9, '0') + ref.path;
}
