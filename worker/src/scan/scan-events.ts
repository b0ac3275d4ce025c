/**
 * Publishes a scan's events in the order in which they happened. Normally the write that brings a change carries its
 * events. Once a topic has not accepted a write's events, a publisher beside the work takes over: events that happen
 * while it publishes go with its next call, so a topic that is down holds up only the events.
 */

import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import type { StepName } from '@reddyfit/shared/scan/steps';
import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, condition, log, workflowInfo } from '@temporalio/workflow';
import { publishEvent } from './activity-proxies.ts';
import type { Follows } from './course.ts';
import { eventOf } from '@reddyfit/shared/scan/scan-event';

export type ScanEvents = ReturnType<typeof scanEvents>;

type ToldStatus = Exclude<ScanStatus, 'submitted' | 'queued'>;

/**
 * Makes the queue of a scan's events, by the course that the scan `follows`; one per workflow. It begins with `scan.queued`,
 * unless that was published when the scan was queued. No event is published before the scan is in the status that the event
 * names: publishing begins with the first status.
 */
export function scanEvents(input: DailyScanInput, follows: Follows) {
  const due: ScanEvent[] = [];
  let open = !follows('ends-in-time');
  let ended = false;
  /**
   * The events of the write that is under way: the first `count` of those that are due, with a status event among them
   * or after them.
   */
  let carried: { events: ScanEvent[]; count: number; status: ScanStatus | null } | undefined;
  let written = false;
  /** The last status whose event went with a write. */
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
  // A canceled scan must still publish its end.
  const publisher = CancellationScope.nonCancellable(publishUntilTheEnd);
  publisher.catch(() => undefined);

  const statusEvent = (status: ToldStatus) => eventOf(input, `scan.${status}`, status, Date.now());

  return {
    /** The events to send with a write that brings the scan into `status`; none when the publisher sends them. */
    ofWrite(status: ToldStatus): ScanEvent[] {
      if (!follows('writes-bring-all') || open) return [];
      const isNew = status !== told;
      const events = [...due];
      // Events of steps that completed before the first status come after that status.
      if (isNew) events.splice(written ? events.length : queued, 0, statusEvent(status));
      carried = { events, count: due.length, status: isNew ? status : told };
      return events;
    },
    /**
     * To be called after a write that was applied, or overtaken by a later one. When its events were not published, the
     * publisher sends them and all later events. Events of any other write stay due.
     */
    applied(published: boolean): void {
      if (!carried) return;
      due.splice(0, carried.count, ...(published ? [] : carried.events));
      told = carried.status;
      written = true;
      carried = undefined;
      if (!published) open = true;
    },
    /** The scan is now in `status`. Does nothing on a second call, or when a write has carried the event. */
    status(status: ToldStatus): void {
      if (status === told) return;
      // Events of steps that completed before the first status come after that status.
      due.splice(open ? due.length : queued, 0, statusEvent(status));
      open = true;
      told = status;
    },
    /** To be called when a step has its result. */
    stepCompleted(step: StepName): void {
      due.push(eventOf(input, 'scan.step.completed', 'processing', Date.now(), step));
    },
    /**
     * Resolves when all events were published, or were given up after a day. A scan whose document was never written
     * publishes nothing.
     */
    async drained(): Promise<void> {
      if (!open && !written) due.length = 0;
      ended = true;
      await publisher;
    },
  };
}
