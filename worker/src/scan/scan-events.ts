/**
 * A scan's events, published in the order in which they happened. One publisher stands beside the work: what happens while
 * it publishes goes with its next call, and a topic that is down holds nothing but the events.
 */

import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import type { StepName } from '@reddyfit/shared/scan/steps';
import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, condition, log, workflowInfo } from '@temporalio/workflow';
import { publishEvent } from './activity-proxies.ts';
import { eventOf } from '@reddyfit/shared/scan/scan-event';

export type ScanEvents = ReturnType<typeof scanEvents>;

/**
 * Begins with `scan.queued`, where that was not published when the scan was queued. One per workflow. With `afterWrite` nothing is
 * told before the scan is in the status that it tells of: it opens with the first status.
 */
export function scanEvents(input: DailyScanInput, { afterWrite }: { afterWrite: boolean }) {
  const due: ScanEvent[] = [];
  let open = !afterWrite;
  let ended = false;

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

  return {
    /** The scan is now in `status`. */
    status(status: Exclude<ScanStatus, 'submitted' | 'queued'>): void {
      // What steps have told before the first status comes after it.
      due.splice(open ? due.length : queued, 0, eventOf(input, `scan.${status}`, status, Date.now()));
      open = true;
    },
    /** A step has its result. */
    stepCompleted(step: StepName): void {
      due.push(eventOf(input, 'scan.step.completed', 'processing', Date.now(), step));
    },
    /** Resolves when everything was published, or given up after a day. Nothing is told of a scan that was never written to. */
    async drained(): Promise<void> {
      if (!open) due.length = 0;
      ended = true;
      await publisher;
    },
  };
}
