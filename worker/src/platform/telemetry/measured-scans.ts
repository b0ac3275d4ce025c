/** What a write to a scan's document tells: how it ended, how long it took, and how long a client waited to see a change. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import type { ScanUpdate } from '../../scan/scan-store.ts';
import type { Measure } from './meters.ts';

/** To be told of every update that was written, once, with the document as it was before. */
export function scanWritten(measure: Measure, now: () => number = Date.now) {
  return (
    { status, updatedAt, completedAt }: ScanUpdate,
    before: Pick<Scan, 'createdAt' | 'status'>,
  ): void => {
    const changedAt = Date.parse(updatedAt);
    measure('statusWriteLag', (now() - changedAt) / 1000, {});
    const createdAt = before.createdAt.toMillis();
    // The workflow's first word.
    if (before.status === 'queued') measure('startWait', (changedAt - createdAt) / 1000, {});
    if (!isTerminal(status)) return;
    measure('scans', 1, { outcome: status });
    measure('scanDuration', (Date.parse(completedAt ?? updatedAt) - createdAt) / 1000, { outcome: status });
  };
}
