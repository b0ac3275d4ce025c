/** The activity updateFirestore: writes an update of a scan, then publishes its events. */

import type { EventPublisher } from '../events/ports.ts';
import type { Activities } from './activities.ts';
import type { ScanStore } from './scan-store.ts';

/** Longest time that the answer to a write waits for a topic (ms). A topic that is up takes about ten. */
const PUBLISH_MS = 2000;

/**
 * Makes the activity. It writes with `scans`, and publishes with `events` when the update was applied, now or by the
 * same write before.
 */
export function createUpdateFirestore(
  scans: Pick<ScanStore, 'apply'>,
  events: EventPublisher,
  patienceMs = PUBLISH_MS,
): Activities['updateFirestore'] {
  return async ({ events: told = [], ...update }) => {
    const written = await scans.apply(update);
    if (written.outcome !== 'applied' || told.length === 0) return written;
    const published = events.publish(told).then(
      () => true,
      () => false,
    );
    const late = Promise.withResolvers<false>();
    const timer = setTimeout(() => late.resolve(false), patienceMs);
    const isPublished = await Promise.race([published, late.promise]);
    clearTimeout(timer);
    return isPublished ? written : { ...written, unpublished: true };
  };
}
