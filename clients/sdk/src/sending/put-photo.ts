/** Uploads one photo: one PUT at a time, repeated until the photo has arrived. */

import { reasonOf, unlessAborted } from '../aborted.ts';
import type { PutAnswer, Transport } from './transport.ts';

/** Times of an upload (ms), and the slowest network on which one can end (bytes/s). */
export const UPLOAD_TIMES = {
  /**
   * After this long without a byte sent or an answer, the connection is taken to be dead, even if no error was
   * reported.
   */
  stallAfterMs: 20_000,
  tickMs: 1000,
  /** Pause before the second attempt. It doubles with each attempt, up to `longestPauseMs`. */
  firstPauseMs: 1000,
  longestPauseMs: 30_000,
  /**
   * Without progress events, an upload may take `stallAfterMs` plus the time of its bytes at this speed. Assumed: 2G's
   * 16 KiB/s.
   */
  slowestBytesPerSecond: 16 * 1024,
} as const;
export type UploadTimes = Record<keyof typeof UPLOAD_TIMES, number>;

/** A watchdog that runs this many ticks late was asleep. Assumed; in a busy app it is late by one or two. */
const SLEPT_TICKS = 5;

/** `expired`: the URL is no longer valid, so a new one must be requested. `refused`: repeating does not help. */
export type PutOutcome = 'arrived' | 'expired' | { readonly refused: number };

export interface PutPhoto {
  readonly place: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  readonly bytes: Uint8Array;
  readonly transport: Transport;
  readonly times: UploadTimes;
  /** The device's clock (ms since 1970). Unlike timers, it continues while a phone sleeps. */
  readonly now: () => number;
  /** Aborts the upload, which then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
  /** Called with the number of each attempt as it begins, from 1. */
  readonly onAttempt: (attempt: number) => void;
  /** Resolves after `ms`, or earlier when the network is back. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Uploads a photo, and retries until it has arrived, its URL has expired or Cloud Storage refuses it. Key: the object's
 * name, under which Cloud Storage accepts one upload only (`x-goog-if-generation-match: 0`). If the answer to an upload
 * was lost, Cloud Storage answers the next attempt with 412, which therefore means that the photo has arrived.
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

/** Makes one attempt. Resolves with the answer, or null when there was none. */
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
    // If the clock was set back, the silence is counted from its present time.
    heardAt = Math.min(heardAt, now());
    // A late tick means that the app's timers slept while the transport went on, so that time is not a stall.
    if (transport.worksAsleep && now() - tickedAt > SLEPT_TICKS * times.tickMs) heardAt = now();
    tickedAt = now();
    if (now() - heardAt > allowedMs) attempt.abort();
  }, times.tickMs);
  // A transport that ignores the abort must hold up neither the scan nor the lock that other tabs wait for.
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

/** The outcome for a status of Cloud Storage; null: try again. */
function outcomeOf(status: number): PutOutcome | null {
  if (status >= 200 && status < 300) return 'arrived';
  if (status === 412) return 'arrived';
  if (status === 408 || status === 429 || status >= 500) return null;
  // Cloud Storage answers an expired signature with 400 ExpiredToken (V4) or 403, and a size that is not allowed with
  // 400.
  return status === 400 || status === 401 || status === 403 ? 'expired' : { refused: status };
}
