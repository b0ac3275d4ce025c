/** Sex as the equations need it. */

import type { UserProfile } from '@reddyfit/shared/account/users';

/** What a user says. */
export type Sex = UserProfile['sex'];

/** What an equation was made of. */
export type EquationSex = Exclude<Sex, 'unspecified'>;

/** Those whose equations are asked: both of somebody who does not say. */
export function equationSexes(sex: Sex): readonly EquationSex[] {
  return sex === 'unspecified' ? ['female', 'male'] : [sex];
}
