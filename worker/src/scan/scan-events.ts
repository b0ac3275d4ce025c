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
import { eventOf } from './scan-event.ts';

export type ScanEvents = ReturnType<typeof scanEvents>;

/** Begins with `scan.queued`. One per workflow. */
export function scanEvents(input: DailyScanInput) {
  const due: ScanEvent[] = [];
  let ended = false;

  async function publishUntilTheEnd(): Promise<void> {
    while (!ended || due.length > 0) {
      await condition(() => due.length > 0 || ended);
      const events = due.splice(0);
      if (events.length === 0) continue;
      await publishEvent({ events }).catch(() => log.error('events_not_published', { scanId: input.scanId }));
    }
  }

  due.push(eventOf(input, 'scan.queued', 'queued', workflowInfo().startTime.getTime()));
  // A canceled scan still has its end to tell.
  const publisher = CancellationScope.nonCancellable(publishUntilTheEnd);
  publisher.catch(() => undefined);

  return {
    /** The scan is now in `status`. */
    status(status: Exclude<ScanStatus, 'submitted' | 'queued'>): void {
      due.push(eventOf(input, `scan.${status}`, status, Date.now()));
    },
    /** A step has its result. */
    stepCompleted(step: StepName): void {
      due.push(eventOf(input, 'scan.step.completed', 'processing', Date.now(), step));
    },
    /** Resolves when everything was published, or given up after a day. */
    async drained(): Promise<void> {
      ended = true;
      await publisher;
    },
  };
}
