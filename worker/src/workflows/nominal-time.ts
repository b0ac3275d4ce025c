/**
 * Workflow interceptors for the trials: a step takes its nominal seconds by a workflow timer after its activity has
 * answered, so that the server can skip the time. (It cannot skip while an activity runs.)
 */

import { NOMINAL_SECONDS } from '@reddyfit/shared/steps';
import { sleep, type WorkflowInterceptors } from '@temporalio/workflow';

const SECONDS: Record<string, number> = { ...NOMINAL_SECONDS, delta: 0 };

export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      async scheduleActivity(input, next) {
        const result = await next(input);
        const seconds = SECONDS[input.activityType];
        if (seconds) await sleep(seconds * 1000);
        return result;
      },
    },
  ],
});
