/**
 * Writes that hold no locks: what was read is checked when it is written, and whoever comes second reads again, at once.
 *
 * A scan's end writes its audit chain from several activities together. Transactions that meet at a document wait for each
 * other's locks and then for the client's back-off, which is seconds; this is milliseconds (8 writers of one chain: 0.3 s
 * against 3.4 s on the emulator).
 */

import { setTimeout as wait } from 'node:timers/promises';
import type { DocumentSnapshot, Firestore, Precondition, WriteBatch } from 'firebase-admin/firestore';

/** gRPC: gone, made, changed since it was read, or in the way of another commit. */
const LOST = new Set<unknown>([5, 6, 9, 10]);

/** Then the caller's own retries go on. */
const MOST_ATTEMPTS = 30;
/** Longest wait before the next attempt (ms): at random below this, growing to the second number. */
const BACK_OFF_MS = [20, 500] as const;

/**
 * Commits what `prepare` puts into the batch, if nothing it read has changed since: it must give a precondition with every
 * write that rests on what it read, see `unchanged`. Otherwise prepares it anew. Nothing is written when the batch stays empty.
 */
export async function commitOptimistically<Result>(
  db: Firestore,
  prepare: (batch: WriteBatch) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const batch = db.batch();
    const result = await prepare(batch);
    try {
      await batch.commit();
      return result;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !LOST.has((error as { code?: unknown }).code)) throw error;
      const [first, most] = BACK_OFF_MS;
      await wait(Math.random() * Math.min(first * 1.5 ** attempt, most));
    }
  }
}

/** The precondition of an update that the document is as it was read. It must have existed. */
export function unchanged(snapshot: DocumentSnapshot): Precondition {
  return { lastUpdateTime: snapshot.updateTime! };
}
