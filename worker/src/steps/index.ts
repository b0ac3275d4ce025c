/** Step → function that makes its work from the ports. */

import type { StepName } from '@reddyfit/shared/scan/steps';
import { createDelta } from './delta/activity.ts';
import { createEstimation } from './estimation/activity.ts';
import { createHydrationAgent } from './hydration/agent.ts';
import { createInsightsAgent } from './insights/agent.ts';
import { createNutritionAgent } from './nutrition/agent.ts';
import { createQualityCheck } from './quality-check/activity.ts';
import type { StepPorts, StepWork } from './step.ts';
import { createWorkoutAgent } from './workout/agent.ts';

export const STEP_WORK: { readonly [Name in StepName]: (ports: StepPorts) => StepWork<Name> } = {
  qualityCheck: createQualityCheck,
  estimation: createEstimation,
  delta: createDelta,
  insights: ({ model }) => createInsightsAgent(model),
  nutrition: ({ model }) => createNutritionAgent(model),
  workout: ({ model }) => createWorkoutAgent(model),
  hydration: ({ model }) => createHydrationAgent(model),
};
