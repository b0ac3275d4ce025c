/** The activity updateFirestore: writes an update of a scan, then publishes its events and does what follows a scan's end. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { errorName } from '@reddyfit/shared/log-fields';
import { within } from '@reddyfit/shared/within';
import type { EventPublisher } from '../events/ports.ts';
import { log } from '../platform/logs.ts';
import type { Activities, Afterwards, AfterWrite } from './activities.ts';
import type { ScanStore } from './scan-store.ts';
import { LONGEST_WAIT_MS } from './step-activity.ts';

type Part = keyof Afterwards;

/** How the parts of a scan's aftermath are done here. `signal` aborts when the time for it is over. */
export type AfterwardsWork = {
  [Name in Part]: (input: NonNullable<Afterwards[Name]>, signal: AbortSignal) => Promise<void>;
};

/** Thrown by a part that this worker cannot do at once and that its own activity is to do. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

const PATIENCE = {
  /** Longest time that the answer to a write waits for a topic (ms), which takes about ten when it is up. */
  publishMs: 2000,
  /** Longest time that it waits for each part of the aftermath (ms). */
  afterwardsMs: 5000,
  /**
   * A write that took longer than this (ms) leaves the aftermath to the activities of the parts. An attempt of 15 s whose time is
   * over may still be on its way to the database when the next one comes; if both find the scan ended, none of them tells of it.
   */
  writeMs: 9000,
};

/** How long a part that has failed is left alone (ms) when its server asks for no other time. */
const WAIT_MS = 1000;

/**
 * How long a part that was late is left alone (ms): a push that was sent to FCM goes on for its 15 s, and is then found in the
 * record of what was sent.
 */
const LATE_WAIT_MS = 11_000;

/**
 * Makes the activity. It writes with `scans`. When the update was applied, now or by the same write before, it publishes with
 * `events` and does what the update says of the aftermath with `work`, all beside each other.
 */
export function createUpdateFirestore(
  scans: Pick<ScanStore, 'apply'>,
  events: EventPublisher,
  work: AfterwardsWork,
  patience = PATIENCE,
): Activities['updateFirestore'] {
  return async ({ events: told = [], afterwards = {}, ...update }) => {
    const begun = performance.now();
    const written = await scans.apply(update);
    if (written.outcome !== 'applied') return written;
    const inTime = performance.now() - begun < patience.writeMs;
    const [isPublished, after] = await Promise.all([
      told.length === 0 || isDone(events.publish(told), patience.publishMs).catch(() => false),
      inTime ? doAfterwards(update.scanId, afterwards, work, patience.afterwardsMs) : {},
    ]);
    return { ...written, ...(!isPublished && { unpublished: true }), ...after };
  };
}

const isDone = (work: Promise<void>, ms: number) =>
  within(
    work.then(() => true),
    ms,
    () => false,
  );

/** Does each part. Says which are done, and how long a part that has failed or was late is to be left alone. */
async function doAfterwards(
  scanId: string,
  afterwards: Afterwards,
  work: AfterwardsWork,
  ms: number,
): Promise<AfterWrite> {
  const parts = Object.keys(afterwards) as Part[];
  if (parts.length === 0) return {};
  const done: Part[] = [];
  const waitMs: AfterWrite['waitMs'] = {};
  await Promise.all(
    parts.map(async (part) => {
      const late = new AbortController();
      try {
        const doing = (work[part] as (input: unknown, signal: AbortSignal) => Promise<void>)(
          afterwards[part],
          late.signal,
        );
        if (await isDone(doing, ms)) {
          done.push(part);
          return;
        }
        late.abort();
        waitMs[part] = LATE_WAIT_MS;
        log('WARNING', 'afterwards_late', { scanId, activityType: part });
      } catch (error) {
        if (error instanceof NotHere) return;
        const known = error instanceof ScanPipelineError ? error : null;
        waitMs[part] = Math.min(known?.retryAfterMs || WAIT_MS, LONGEST_WAIT_MS.afterwards);
        const cause = known ? known.cause : error;
        log('WARNING', 'afterwards_failed', {
          scanId,
          activityType: part,
          ...(known && { code: known.code }),
          ...(cause !== undefined && { cause: errorName(cause) }),
        });
      }
    }),
  );
  return { done, ...(Object.keys(waitMs).length > 0 && { waitMs }) };
}
