/**
 * How often a user may do something: a token bucket per user and action, kept in Firestore so that all instances count
 * together. It holds `max` tokens, each use takes one, and `max` come back evenly over `perSeconds`.
 */

import { paths } from '@reddyfit/shared/names/paths';
import { timestamp } from '@reddyfit/shared/timestamps';
import { Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { firestore } from './firestore.ts';

export interface Rate {
  /** How many uses are allowed at once. */
  max: number;
  /** Seconds in which an empty bucket is full again. */
  perSeconds: number;
}

export type RateDecision = { allowed: true } | { allowed: false; retryAfterSeconds: number };

/** accounts/{uid}/limits/{action}, written by the server; deleted with the account. */
const bucketDocument = z.object({ tokens: z.number().nonnegative(), at: timestamp });

interface Bucket {
  tokens: number;
  /** The time up to which returned tokens are counted (ms since 1970). It never goes back. */
  atMs: number;
}

/**
 * Takes a token at `nowMs` (ms since 1970). Returns the bucket after that, or the whole seconds until there is a token. The
 * bucket's time never goes back: a use whose clock is behind, or whose commit comes late, gains nothing and leaves the time as
 * it is, so that the next use does not gain the same seconds again.
 */
export function takeToken(
  before: Bucket | undefined,
  { max, perSeconds }: Rate,
  nowMs: number,
): { taken: true; bucket: Bucket } | { taken: false; retryAfterSeconds: number } {
  const atMs = Math.max(nowMs, before?.atMs ?? nowMs);
  const gained = before ? ((atMs - before.atMs) / 1000) * (max / perSeconds) : max;
  const tokens = Math.min(max, (before?.tokens ?? 0) + gained);
  if (tokens >= 1) return { taken: true, bucket: { tokens: tokens - 1, atMs } };
  return { taken: false, retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) * (perSeconds / max))) };
}

/** gRPC's code when other transactions kept overtaking this one. */
const ABORTED = 10;

/**
 * Counts one use of `action` by a user, or says when the next use is allowed. `action` names a document. A user with so many
 * calls at once that they cannot be counted is over the limit, too. Throws when Firestore does not answer.
 */
export async function limitRate(
  uid: string,
  action: string,
  rate: Rate,
  now: Date = new Date(),
): Promise<RateDecision> {
  const db = firestore();
  const ref = db.doc(paths.rateLimit(uid, action));
  try {
    return await db.runTransaction(
      async (tx): Promise<RateDecision> => {
        const stored = bucketDocument.safeParse((await tx.get(ref)).data()).data;
        const before = stored && { tokens: stored.tokens, atMs: stored.at.toMillis() };
        const use = takeToken(before, rate, now.getTime());
        if (!use.taken) return { allowed: false, retryAfterSeconds: use.retryAfterSeconds };
        tx.set(ref, { tokens: use.bucket.tokens, at: Timestamp.fromMillis(use.bucket.atMs) });
        return { allowed: true };
      },
      { maxAttempts: 5 },
    );
  } catch (error) {
    if ((error as { code?: unknown }).code !== ABORTED) throw error;
    return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(rate.perSeconds / rate.max)) };
  }
}
