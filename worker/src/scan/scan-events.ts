/**
 * A scan's events, published in the order in which they happened. They go with the write that brings what they tell of. Once a topic did
 * not take them, one publisher stands beside the work instead: what happens while it publishes goes with its next call, and a topic that is
 * down holds nothing but the events.
 */

import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import type { StepName } from '@reddyfit/shared/scan/steps';
import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, condition, log, workflowInfo } from '@temporalio/workflow';
import { publishEvent } from './activity-proxies.ts';
import { eventOf } from '@reddyfit/shared/scan/scan-event';

export type ScanEvents = ReturnType<typeof scanEvents>;

type ToldStatus = Exclude<ScanStatus, 'submitted' | 'queued'>;

/**
 * Begins with `scan.queued`, where that was not published when the scan was queued. One per workflow. With `afterWrite` nothing is
 * told before the scan is in the status that it tells of: it opens with the first status. `withWrites` is false for workflows that began
 * before events went with writes.
 */
export function scanEvents(
  input: DailyScanInput,
  { afterWrite, withWrites }: { afterWrite: boolean; withWrites: boolean },
) {
  const due: ScanEvent[] = [];
  let open = !afterWrite;
  let ended = false;
  /** What goes with the write that is under way: the first `count` of those that are due, with a status among or after them. */
  let carried: { events: ScanEvent[]; count: number; status: ScanStatus | null } | undefined;
  let written = false;
  /** The last status that went with a write. */
  let told: ScanStatus | null = null;

  async function publishUntilTheEnd(): Promise<void> {
    while (!ended || due.length > 0) {
      await condition(() => (open && due.length > 0) || ended);
      const events = due.splice(0);
      if (events.length === 0) continue;
      await publishEvent({ events }).catch(() => log.error('events_not_published', { scanId: input.scanId }));
    }
  }

  if (!input.queuedPublished) {
    due.push(eventOf(input, 'scan.queued', 'queued', workflowInfo().startTime.getTime()));
  }
  const queued = due.length;
  // A canceled scan still has its end to tell.
  const publisher = CancellationScope.nonCancellable(publishUntilTheEnd);
  publisher.catch(() => undefined);

  const statusEvent = (status: ToldStatus) => eventOf(input, `scan.${status}`, status, Date.now());

  return {
    /** The events of a write that brings the scan into `status`; none when they go by themselves. */
    ofWrite(status: ToldStatus): ScanEvent[] {
      if (!withWrites || open) return [];
      const isNew = status !== told;
      const events = [...due];
      // What steps have told before the first status comes after it.
      if (isNew) events.splice(written ? events.length : queued, 0, statusEvent(status));
      carried = { events, count: due.length, status: isNew ? status : told };
      return events;
    },
    /** That write was applied, and its events published, or not. What was not applied tells nothing: its events stay due. */
    applied(published: boolean): void {
      if (!carried) return;
      due.splice(0, carried.count, ...(published ? [] : carried.events));
      told = carried.status;
      written = true;
      carried = undefined;
      if (!published) open = true;
    },
    /** The scan is now in `status`. Again, or where a write has told of it: nothing. */
    status(status: ToldStatus): void {
      if (status === told) return;
      // What steps have told before the first status comes after it.
      due.splice(open ? due.length : queued, 0, statusEvent(status));
      open = true;
      told = status;
    },
    /** A step has its result. */
    stepCompleted(step: StepName): void {
      due.push(eventOf(input, 'scan.step.completed', 'processing', Date.now(), step));
    },
    /** Resolves when everything was published, or given up after a day. Nothing is told of a scan that was never written to. */
    async drained(): Promise<void> {
      if (!open && !written) due.length = 0;
      ended = true;
      await publisher;
    },
  };
}
