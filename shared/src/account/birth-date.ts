/** Birth dates: which are possible. The rules of the database hold them to the same, by the same pattern and the same ages. */

import { ageOn } from '../scan/measures.ts';

/**
 * YYYY-MM-DD, a day that the calendar has, 29 February in leap years alone, from 1900 on. firestore.rules has this pattern word for word
 * (RE2 and JavaScript read it alike), and a test compares the two.
 */
export const BIRTH_DATE_PATTERN =
  /^(19|20)([0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|(0[48]|[2468][048]|[13579][26])-02-29)$|^2000-02-29$/;

/** Nobody is older (years); the oldest person on record became 122. */
export const MAX_AGE_YEARS = 122;

/** What is wrong with a birth date on the day (YYYY-MM-DD) of a scan. */
export type BirthDateFault = 'missing' | 'no_such_day' | 'in_the_future' | 'too_long_ago';

/** Null when nothing is. */
export function birthDateFault(birthDate: unknown, day: string): BirthDateFault | null {
  if (birthDate === undefined || birthDate === null || birthDate === '') return 'missing';
  if (typeof birthDate !== 'string' || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(birthDate)) return 'no_such_day';
  if (birthDate > day) return 'in_the_future';
  if (ageOn(birthDate, day) > MAX_AGE_YEARS) return 'too_long_ago';
  return BIRTH_DATE_PATTERN.test(birthDate) ? null : 'no_such_day';
}
