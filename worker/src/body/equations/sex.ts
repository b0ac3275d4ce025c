/** Sex as the equations need it. */

import type { UserProfile } from '@reddyfit/shared/account/users';

export type Sex = UserProfile['sex'];
