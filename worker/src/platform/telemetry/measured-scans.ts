/**
 * Measures, by the writes to a scan's document, how a scan ended, how long it took, and how long a client waited to see
 * a change.
 */

import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { ScanUpdate } from '../../scan/scan-store.ts';
import type { Measure } from './meters.ts';

/**
 * Returns a callback for every update that was written, to be called once with the update and the document as it was
 * before.
 */
export function scanWritten(measure: Measure, now: () => number = Date.now) {
  return (
    { status, updatedAt, completedAt }: ScanUpdate,
    before: Pick<Scan, 'createdAt' | 'status'>,
  ): void => {
    const changedAt = Date.parse(updatedAt);
    measure('statusWriteLag', (now() - changedAt) / 1000, {});
    const createdAt = before.createdAt.toMillis();
    // The update that leaves `queued` is the workflow's first.
    if (before.status === 'queued') measure('startWait', (changedAt - createdAt) / 1000, {});
    if (!isTerminal(status)) return;
    measure('scans', 1, { outcome: status });
    measure('scanDuration', (Date.parse(completedAt ?? updatedAt) - createdAt) / 1000, { outcome: status });
  };
}
