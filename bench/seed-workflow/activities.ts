/** The seed's seven activities. Each repeats what it wrote when it runs again. */

import type { StepName } from '@reddyfit/shared/scan/steps';
import { Context } from '@temporalio/activity';
import { runStep } from '../contenders/steps.ts';

/** Beats while the model thinks, where the workflow asks for it. */
const activity = (step: StepName) => async (scanId: string) => {
  const context = Context.current();
  const { heartbeatTimeoutMs } = context.info;
  const timer = heartbeatTimeoutMs && setInterval(() => context.heartbeat(), heartbeatTimeoutMs / 3);
  try {
    return await runStep(scanId, step);
  } finally {
    clearInterval(timer);
  }
};

export const qualityCheck = activity('qualityCheck');
export const estimation = activity('estimation');
export const delta = activity('delta');
export const insights = activity('insights');
export const nutrition = activity('nutrition');
export const workout = activity('workout');
export const hydration = activity('hydration');
