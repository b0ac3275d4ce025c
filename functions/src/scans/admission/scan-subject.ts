/** The subject of a scan: the user as they were on the day of the scan, by their profile. */

import { birthDateFault } from '@reddyfit/shared/account/birth-date';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ageOn } from '@reddyfit/shared/scan/measures';
import { DEFAULT_LEAST_AGE, userProfile } from '@reddyfit/shared/account/users';
import { type ScanSubject, scanSubject } from '@reddyfit/shared/temporal/workflows';
import { canBelongTogether } from './plausible-measures.ts';
import { profileFaults } from './profile-faults.ts';

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

/** Calendar day of a moment in the time zone of the profile; in UTC when the profile has none that can be read. */
function dayOf(profile: unknown, moment: Date): string {
  const { timeZone } = (profile ?? {}) as { timeZone?: unknown };
  return calendarDayIn(moment, typeof timeZone === 'string' ? timeZone : undefined);
}

/**
 * Throws ScanPipelineError AgeNotAllowedError when the user of the profile is younger than `leastAge` (years) at this moment. A
 * profile without a readable birth date is let pass.
 */
export function refuseTooYoung(profile: unknown, moment: Date, leastAge: number): void {
  const { birthDate } = (profile ?? {}) as { birthDate?: unknown };
  const day = dayOf(profile, moment);
  if (birthDateFault(birthDate, day) !== null || ageOn(birthDate as string, day) >= leastAge) return;
  throw new ScanPipelineError('AgeNotAllowedError.age', { params: { leastAge } });
}

/**
 * Throws ScanPipelineError NoBodyFatError when the profile says that its user is pregnant: the equations were fitted to people
 * who were not, and a number about a body that grows for a child does harm.
 */
export function refusePregnant(profile: unknown): void {
  if ((profile as { pregnant?: unknown } | null | undefined)?.pregnant === true)
    throw new ScanPipelineError('NoBodyFatError.pregnancy');
}

/**
 * Subject of a scan made at `scannedAt` with a weight in lb. Throws ScanPipelineError: ProfileIncompleteError, whose message names the
 * fields of the profile (`users/<uid>`, undefined when missing) and what is wrong with each; AgeNotAllowedError; NoBodyFatError; and
 * MeasuresImplausibleError when nobody has this weight at this height.
 */
export function subjectOf(
  profile: unknown,
  weightLb: number,
  scannedAt: Date,
  leastAge: number = DEFAULT_LEAST_AGE,
): ScanSubject {
  const day = dayOf(profile, scannedAt);
  const faults = profileFaults(profile, day);
  const parsed = userProfile.safeParse(profile);
  if (faults.length > 0 || !parsed.success) {
    throw new ScanPipelineError('ProfileIncompleteError.faults', { params: { faults: faults.join(' ') } });
  }
  refuseTooYoung(profile, scannedAt, leastAge);
  refusePregnant(profile);
  const { sex, heightCm, birthDate } = parsed.data;
  if (!canBelongTogether(weightLb, heightCm)) throw new ScanPipelineError('MeasuresImplausibleError');
  return scanSubject.parse({ sex, heightCm, weightLb, ageYears: ageOn(birthDate, day) });
}
