/** Brings one photo to its place: one PUT at a time, repeated until it has arrived. */

import { reasonOf, unlessAborted } from './aborted.ts';
import type { PutAnswer, Transport } from './transport.ts';

/** Times of an upload (ms), and the slowest network on which one can end (bytes/s). */
export const UPLOAD_TIMES = {
  /** No byte and no answer for so long: the connection is dead, though nobody says so. */
  stallAfterMs: 20_000,
  tickMs: 1000,
  /** Pause before the second attempt; it doubles up to the longest. */
  firstPauseMs: 1000,
  longestPauseMs: 30_000,
  /** Where no progress is told, an upload may take `stallAfterMs` and what its bytes take at this speed. Assumed: 2G's 16 KiB/s. */
  slowestBytesPerSecond: 16 * 1024,
} as const;
export type UploadTimes = Record<keyof typeof UPLOAD_TIMES, number>;

/** A watchdog that comes so many ticks late was asleep. Assumed; a busy app is late by one or two. */
const SLEPT_TICKS = 5;

/** `expired`: the place is no longer signed; ask for it anew. `refused`: no repetition helps. */
export type PutOutcome = 'arrived' | 'expired' | { readonly refused: number };

export interface PutPhoto {
  readonly place: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  readonly bytes: Uint8Array;
  readonly transport: Transport;
  readonly times: UploadTimes;
  /** The device's clock (ms since 1970): it goes on while a phone sleeps, which timers do not. */
  readonly now: () => number;
  /** Ends the upload; it rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
  /** Which attempt begins, from 1. */
  readonly onAttempt: (attempt: number) => void;
  /** Resolves after `ms`, or earlier when the network is back. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Uploads a photo, and tries until it has arrived, its URL has expired or Cloud Storage refuses it. Key: the object's name, under which Cloud
 * Storage takes one upload only (`x-goog-if-generation-match: 0`). Where the answer to an upload was lost, the next try is answered by
 * 412, which therefore means that the photo has arrived.
 */
export async function putPhoto(photo: PutPhoto): Promise<PutOutcome> {
  const { times, signal, onAttempt, pause } = photo;
  for (let attempt = 1; ; attempt += 1) {
    onAttempt(attempt);
    const answer = await putOnce(photo);
    unlessAborted(signal);
    const outcome = answer && outcomeOf(answer.status);
    if (outcome) return outcome;
    const doubled = times.firstPauseMs * 2 ** Math.min(attempt - 1, 16);
    const asked = (answer?.retryAfterSeconds ?? 0) * 1000;
    await pause(Math.max(asked, Math.min(times.longestPauseMs, doubled)), signal);
  }
}

/** One attempt: the answer, or null when there was none. */
async function putOnce({ place, bytes, transport, times, now, signal, onSent }: PutPhoto) {
  const allowedMs =
    times.stallAfterMs + (transport.tellsProgress ? 0 : (bytes.length / times.slowestBytesPerSecond) * 1000);
  const attempt = new AbortController();
  const abort = () => attempt.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  let heardAt = now();
  let tickedAt = heardAt;
  const watchdog = setInterval(() => {
    // A clock that was set back counts from where it is now.
    heardAt = Math.min(heardAt, now());
    // Timers sleep with the app.
    if (transport.worksAsleep && now() - tickedAt > SLEPT_TICKS * times.tickMs) heardAt = now();
    tickedAt = now();
    if (now() - heardAt > allowedMs) attempt.abort();
  }, times.tickMs);
  // A transport that does not settle when it is told to stop must not hold the scan, nor the lock of the other tabs.
  const stopped = new Promise<never>((_, reject) =>
    attempt.signal.addEventListener('abort', () => reject(reasonOf(attempt.signal)), { once: true }),
  );
  stopped.catch(() => undefined);
  try {
    unlessAborted(attempt.signal);
    const sending = transport.put({
      ...place,
      body: bytes,
      signal: attempt.signal,
      onSent(sent) {
        heardAt = now();
        onSent(sent);
      },
    });
    return await Promise.race([sending, stopped]);
  } catch {
    onSent(0);
    return null satisfies PutAnswer | null;
  } finally {
    clearInterval(watchdog);
    signal.removeEventListener('abort', abort);
  }
}

/** What an answer of Cloud Storage means; null: try again. */
function outcomeOf(status: number): PutOutcome | null {
  if (status >= 200 && status < 300) return 'arrived';
  if (status === 412) return 'arrived';
  if (status === 408 || status === 429 || status >= 500) return null;
  // An expired signature is answered by 400 ExpiredToken (V4) or 403; a size that is not allowed by 400, too.
  return status === 400 || status === 401 || status === 403 ? 'expired' : { refused: status };
}
