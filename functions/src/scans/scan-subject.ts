/** The person of a scan, from their profile, as they were on the day of the scan. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ageOn } from '@reddyfit/shared/scan/measures';
import { userProfile } from '@reddyfit/shared/account/users';
import { type ScanSubject, scanSubject } from '@reddyfit/shared/temporal/workflows';

/** Calendar day (YYYY-MM-DD) of a moment in an IANA time zone; in UTC when there is no such zone. */
export function calendarDayIn(moment: Date, timeZone: string | undefined): string {
  const day = (zone: string) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(moment);
  try {
    return day(timeZone ?? 'UTC');
  } catch {
    return day('UTC');
  }
}

/**
 * Subject of a scan made at `scannedAt` with a weight in lb. Throws ScanPipelineError ProfileIncompleteError when the
 * profile (`users/<uid>`, undefined when missing) lacks a field or holds an impossible one.
 */
export function subjectOf(profile: unknown, weightLb: number, scannedAt: Date): ScanSubject {
  const parsed = userProfile.safeParse(profile);
  if (!parsed.success) throw new ScanPipelineError('ProfileIncompleteError');
  const { sex, heightCm, birthDate, timeZone } = parsed.data;
  const subject = scanSubject.safeParse({
    sex,
    heightCm,
    weightLb,
    ageYears: ageOn(birthDate, calendarDayIn(scannedAt, timeZone)),
  });
  if (!subject.success) throw new ScanPipelineError('ProfileIncompleteError');
  return subject.data;
}
