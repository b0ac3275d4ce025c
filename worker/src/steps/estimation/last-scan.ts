/** Estimates today's body fat from the user's scan before this one. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import { bodyMassIndex } from '../../body/equations/body-composition.ts';
import { equationSexes } from '../../body/equations/sex.ts';
import type { SourceEstimate } from '../../body/fusion/fuse.ts';
import { bodyFatByHistory, HISTORY_DAYS } from '../../body/fusion/history.ts';
import { shiftToHeightOf } from '../../body/fusion/height-change.ts';
import { sexOf } from '../../body/fusion/method-sex.ts';
import { log } from '../../platform/logs.ts';
import type { EarlierScan, ScanStore } from '../../scan/scan-store.ts';
import { DAY_MS } from '@reddyfit/shared/durations';
import type { StepInput } from '@reddyfit/shared/temporal/workflows';

/**
 * Null when there was no recent scan, when the profile has changed its sex since, or when it cannot be read, since an estimation
 * goes on without it.
 */
export async function lastScan(
  scans: Pick<ScanStore, 'earlier'>,
  { scanId, userId, subject, createdAt }: StepInput<'estimation'>,
): Promise<SourceEstimate | null> {
  const at = createdAt ? new Date(createdAt) : new Date();
  const since = new Date(at.getTime() - HISTORY_DAYS * DAY_MS);
  try {
    const [last] = await scans.earlier(userId, since, at);
    if (!last || !isOfSex(last, subject)) return null;
    return bodyFatByHistory(last, at, subject.weightLb, shiftToHeightOf(bodyOf(subject), last));
  } catch {
    log('WARNING', 'history_not_read', { scanId });
    return null;
  }
}

/** Weight and height of today, as a scan has them. */
function bodyOf({ weightLb, heightCm }: StepInput<'estimation'>['subject']) {
  const bmi = bodyMassIndex(lbToKg(weightLb), heightCm);
  return { weightLb, estimation: { bmi } };
}

/**
 * False when equations of another sex made the scan: those of men and of women differ by 11 or 12 points for one person, of which
 * the standard deviation of the scan knows nothing. A look, and a scan that does not tell, may be of any sex.
 */
function isOfSex({ estimation }: EarlierScan, { sex }: StepInput<'estimation'>['subject']): boolean {
  const madeFor = sexOf((estimation.sources ?? []).map(({ method = '' }) => method));
  return madeFor === '' || madeFor === equationSexes(sex).join(' ');
}
