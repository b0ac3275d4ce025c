/** What every screen of a signed-in user is given. */

import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { Services } from './services.ts';

export interface Shared {
  readonly services: Services;
  readonly words: AppWords;
}
