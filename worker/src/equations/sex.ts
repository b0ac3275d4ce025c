/** Sex as the equations need it. */

import type { UserProfile } from '@reddyfit/shared/users';

export type Sex = UserProfile['sex'];
