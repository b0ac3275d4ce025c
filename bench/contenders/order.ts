/** The seed's seven steps, in the order in which its workflow runs them, one after another. */

import type { StepName } from '@reddyfit/shared/scan/steps';

export const ORDER = [
  'qualityCheck',
  'estimation',
  'delta',
  'insights',
  'nutrition',
  'workout',
  'hydration',
] as const satisfies readonly StepName[];
