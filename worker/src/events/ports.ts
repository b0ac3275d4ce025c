/** Scan events to Pub/Sub. */

import type { ScanEvent } from '@reddyfit/shared/scan/events';

export interface EventPublisher {
  /** Publishes the events in this order. Resolves when the server has accepted all of them. */
  publish(events: readonly ScanEvent[]): Promise<void>;
}
