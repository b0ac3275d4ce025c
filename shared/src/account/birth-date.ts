/** Says which birth dates are possible. firestore.rules checks them by the same pattern and the same greatest age. */

import { ageOn } from '../scan/measures.ts';

/**
 * A day of the calendar from 1900 to 2099 as YYYY-MM-DD, with 29 February in leap years alone. firestore.rules has this pattern
 * word for word (RE2 and JavaScript read it alike), and a test compares the two.
 */
export const BIRTH_DATE_PATTERN =
  /^(19|20)([0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|(0[48]|[2468][048]|[13579][26])-02-29)$|^2000-02-29$/;

/** The greatest age that is accepted (years): the oldest person on record reached 122. */
export const MAX_AGE_YEARS = 122;

/** What is wrong with a birth date on the day (YYYY-MM-DD) of a scan. */
export type BirthDateFault = 'missing' | 'no_such_day' | 'in_the_future' | 'too_long_ago';

/** Says what is wrong with a birth date on the calendar day `day` (YYYY-MM-DD); null when nothing is wrong. */
export function birthDateFault(birthDate: unknown, day: string): BirthDateFault | null {
  if (birthDate === undefined || birthDate === null || birthDate === '') return 'missing';
  if (typeof birthDate !== 'string' || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(birthDate)) return 'no_such_day';
  if (birthDate > day) return 'in_the_future';
  if (ageOn(birthDate, day) > MAX_AGE_YEARS) return 'too_long_ago';
  return BIRTH_DATE_PATTERN.test(birthDate) ? null : 'no_such_day';
}
