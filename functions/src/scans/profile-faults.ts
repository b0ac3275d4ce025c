/** What keeps a profile from a scan, field by field. */

import { birthDateFault } from '@reddyfit/shared/account/birth-date';
import { userProfile } from '@reddyfit/shared/account/users';

/**
 * Faults of the fields that a scan needs on the day (YYYY-MM-DD) of the scan, as `<field>.<fault>`; none when it is complete. The words
 * for each stand under ProfileIncompleteError. Quotes no value.
 */
export function profileFaults(profile: unknown, day: string): string[] {
  const { sex, birthDate, heightCm } = (profile ?? {}) as Record<string, unknown>;
  const fields = userProfile.shape;
  const faults: string[] = [];
  if (sex === undefined) faults.push('sex.missing');
  else if (!fields.sex.safeParse(sex).success) faults.push('sex.unknown');
  const born = birthDateFault(birthDate, day);
  if (born) faults.push(`birthDate.${born}`);
  if (heightCm === undefined) faults.push('heightCm.missing');
  else if (!fields.heightCm.safeParse(heightCm).success) faults.push('heightCm.out_of_range');
  return faults;
}
