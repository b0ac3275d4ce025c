/** What keeps a profile from a scan, field by field, in words that name the field and its fault. */

import { type BirthDateFault, birthDateFault, MAX_AGE_YEARS } from '@reddyfit/shared/account/birth-date';
import { HEIGHT_CM, userProfile } from '@reddyfit/shared/account/users';

const BIRTH_DATE_WORDS: Record<BirthDateFault, string> = {
  missing: 'birthDate is missing',
  no_such_day: 'birthDate is no day of the calendar (YYYY-MM-DD)',
  in_the_future: 'birthDate lies in the future',
  too_long_ago: `birthDate is more than ${MAX_AGE_YEARS} years ago`,
};

/** Faults of the fields that a scan needs, as clauses, on the day (YYYY-MM-DD) of the scan; none when it is complete. Quotes no value. */
export function profileFaults(profile: unknown, day: string): string[] {
  const { sex, birthDate, heightCm } = (profile ?? {}) as Record<string, unknown>;
  const fields = userProfile.shape;
  const faults: string[] = [];
  if (sex === undefined) faults.push('sex is missing');
  else if (!fields.sex.safeParse(sex).success) faults.push(`sex must be ${fields.sex.options.join(' or ')}`);
  const born = birthDateFault(birthDate, day);
  if (born) faults.push(BIRTH_DATE_WORDS[born]);
  if (heightCm === undefined) faults.push('heightCm is missing');
  else if (!fields.heightCm.safeParse(heightCm).success)
    faults.push(`heightCm must be a number from ${HEIGHT_CM.min} to ${HEIGHT_CM.max} (cm)`);
  return faults;
}
