/** The activity stopScans: no workflow goes on writing for a user whose account is being deleted. */

import { DAY_MS } from '@reddyfit/shared/durations';
import pLimit from 'p-limit';
import type { ScanRuns } from '../store/ports.ts';
import type { UserRecords } from './ports.ts';
import type { ErasureActivities } from './activities.ts';

/**
 * The activities after a scan's end are given up after a day, so a scan that ended longer ago than this (ms) has no
 * workflow any more.
 */
const LONGEST_AFTERMATH_MS = 2 * DAY_MS;

/** Scans that are checked in parallel. */
const AT_ONCE = 20;

/** Cancels every workflow about each of the user's scans, or terminates them with `force`. */
export function createStopScans(records: UserRecords, runs: ScanRuns): ErasureActivities['stopScans'] {
  return async ({ userId, force }) => {
    const scanIds = await records.liveScans(userId, new Date(Date.now() - LONGEST_AFTERMATH_MS));
    const stopped = await pLimit(AT_ONCE).map(scanIds, async (scanId) => {
      if (!(await runs.isOpen(scanId))) return false;
      await (force ? runs.terminate(scanId) : runs.cancel(scanId));
      return !force;
    });
    return stopped.filter(Boolean).length;
  };
}
