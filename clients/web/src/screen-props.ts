/** The props of every screen of a signed-in user. */

import type { AppWords } from '@reddyfit/shared/words/app/en';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import type { Services } from './services.ts';

export interface ScreenProps {
  readonly services: Services;
  readonly words: AppWords;
  readonly speaker: Speaker;
}
