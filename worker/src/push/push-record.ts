/**
 * Records for which devices a message is settled. The record survives the worker that sent the message, and holds
 * tokens only as hashes.
 */

import { createHash } from 'node:crypto';
import { DAY_MS } from '@reddyfit/shared/durations';
import { paths } from '@reddyfit/shared/names/paths';
import { pushRecord, type PushRecord } from '@reddyfit/shared/account/users';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';

/** How long a record is kept (ms): longer than a push is retried. */
const KEPT_MS = 7 * DAY_MS;

/** The final outcome of a message for one device. */
export type Settled = PushRecord['tokens'][string];

/** The record of one message, identified by scan and status. */
export function openPushRecord(db: Firestore, uid: string, scanId: string, status: string) {
  const ref = db.doc(paths.push(uid, scanId, status));
  return {
    /** Reads the record. Resolves with a function that tells whether a token is settled. */
    async read(): Promise<(token: string) => boolean> {
      const record = pushRecord.safeParse((await ref.get()).data()).data;
      return (token) => Object.hasOwn(record?.tokens ?? {}, hashOf(token));
    },
    /** Adds outcomes to the record; outcomes that it already has stay. */
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
