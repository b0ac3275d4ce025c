/** Estimates today's body fat from the user's scan before this one. */

import type { SourceEstimate } from '../../body/fusion/fuse.ts';
import { bodyFatByHistory, HISTORY_DAYS } from '../../body/fusion/history.ts';
import { log } from '../../platform/logs.ts';
import type { ScanStore } from '../../scan/scan-store.ts';
import { DAY_MS } from '@reddyfit/shared/durations';
import type { StepInput } from '@reddyfit/shared/temporal/workflows';

/** Null when there was no recent scan, or when it cannot be read, since an estimation goes on without it. */
export async function lastScan(
  scans: Pick<ScanStore, 'earlier'>,
  { scanId, userId, subject, createdAt }: StepInput<'estimation'>,
): Promise<SourceEstimate | null> {
  const at = createdAt ? new Date(createdAt) : new Date();
  const since = new Date(at.getTime() - HISTORY_DAYS * DAY_MS);
  try {
    const [last] = await scans.earlier(userId, since, at);
    return last ? bodyFatByHistory(last, at, subject.weightLb) : null;
  } catch {
    log('WARNING', 'history_not_read', { scanId });
    return null;
  }
}
