/** Scan events to Pub/Sub. */

import type { ScanEvent } from '@reddyfit/shared/scan/events';

export interface EventPublisher {
  /** Publishes in this order; resolves when the server has all. */
  publish(events: readonly ScanEvent[]): Promise<void>;
}
