/** Sex as the equations need it. */

import type { UserProfile } from '@reddyfit/shared/account/users';

/** The sex that a user states. */
export type Sex = UserProfile['sex'];

/** The sexes for which equations exist. */
export type EquationSex = Exclude<Sex, 'unspecified'>;

/** The sexes whose equations are used for a person: both for an unspecified sex. */
export function equationSexes(sex: Sex): readonly EquationSex[] {
  return sex === 'unspecified' ? ['female', 'male'] : [sex];
}
