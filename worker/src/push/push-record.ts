/** Which devices a message is settled for: survives the worker that sent it, and tells a token only by its hash. */

import { createHash } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { pushRecord, type PushRecord } from '@reddyfit/shared/account/users';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';

/** Kept longer than a push is tried again (ms). */
const KEPT_MS = 7 * 86_400_000;

/** How a device's part of a message ended. */
export type Settled = PushRecord['tokens'][string];

/** The record of one message, known by scan and status. */
export function openPushRecord(db: Firestore, uid: string, scanId: string, status: string) {
  const ref = db.doc(paths.push(uid, scanId, status));
  return {
    /** Whether a token is settled, as of now. */
    async read(): Promise<(token: string) => boolean> {
      const record = pushRecord.safeParse((await ref.get()).data()).data;
      return (token) => Object.hasOwn(record?.tokens ?? {}, hashOf(token));
    },
    /** Adds to the record; what is there stays. */
    async add(settled: ReadonlyMap<string, Settled>, now: Date): Promise<void> {
      if (settled.size === 0) return;
      const tokens = Object.fromEntries([...settled].map(([token, how]) => [hashOf(token), how]));
      await ref.set({ tokens, expiresAt: Timestamp.fromMillis(now.getTime() + KEPT_MS) }, { merge: true });
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
