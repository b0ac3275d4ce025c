/** What a user reads of a result without one of its parts. */

import type { OptionalStepName } from '../scan/steps.ts';

/** The sentence a user reads when an optional step failed, or when the estimation had to do without the model. */
export const WARNINGS: Record<OptionalStepName | 'estimation', string> = {
  estimation: 'Body fat was measured in the photos alone this time, without a second opinion.',
  delta: 'The change since your last scan could not be computed this time.',
  insights: 'Insights could not be written this time.',
  nutrition: 'The nutrition plan could not be made this time.',
  workout: 'The workout plan could not be made this time.',
  hydration: 'The hydration plan could not be made this time.',
};
