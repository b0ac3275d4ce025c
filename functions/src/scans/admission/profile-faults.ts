/** Finds what is wrong with a profile for a scan, field by field. */

import { birthDateFault } from '@reddyfit/shared/account/birth-date';
import { userProfile } from '@reddyfit/shared/account/users';

/**
 * Faults of the fields that decide about a scan on its day (YYYY-MM-DD), as `<field>.<fault>`; none when the profile is complete. The
 * sentence for each fault is under ProfileIncompleteError in words/. No value is quoted.
 */
export function profileFaults(profile: unknown, day: string): string[] {
  const { sex, birthDate, heightCm, pregnant } = (profile ?? {}) as Record<string, unknown>;
  const fields = userProfile.shape;
  const faults: string[] = [];
  if (sex === undefined) faults.push('sex.missing');
  else if (!fields.sex.safeParse(sex).success) faults.push('sex.unknown');
  const born = birthDateFault(birthDate, day);
  if (born) faults.push(`birthDate.${born}`);
  if (heightCm === undefined) faults.push('heightCm.missing');
  else if (!fields.heightCm.safeParse(heightCm).success) faults.push('heightCm.out_of_range');
  if (!fields.pregnant.safeParse(pregnant).success) faults.push('pregnant.unknown');
  return faults;
}
