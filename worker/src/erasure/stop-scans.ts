/** stopScans: no workflow goes on writing for a user whose account is being deleted. */

import type { ScanRuns, UserRecords } from '../ports.ts';
import type { ErasureActivities } from './activities.ts';

/** What follows a result is given up after a day, so a scan that ended longer ago (ms) has no workflow any more. */
const LONGEST_AFTERMATH_MS = 2 * 24 * 3_600_000;

/** Scans asked about beside each other. */
const AT_ONCE = 20;

/** Cancels all that runs about each of the user's scans; by `force` terminates it. */
export function createStopScans(records: UserRecords, runs: ScanRuns): ErasureActivities['stopScans'] {
  return async ({ userId, force }) => {
    const scanIds = await records.liveScans(userId, new Date(Date.now() - LONGEST_AFTERMATH_MS));
    let open = 0;
    for (let from = 0; from < scanIds.length; from += AT_ONCE) {
      const stopped = await Promise.all(
        scanIds.slice(from, from + AT_ONCE).map(async (scanId) => {
          if (!(await runs.isOpen(scanId))) return 0;
          await (force ? runs.terminate(scanId) : runs.cancel(scanId));
          return force ? 0 : 1;
        }),
      );
      open += stopped.filter(Boolean).length;
    }
    return open;
  };
}
