/**
 * Workflow interceptors for the trials. After a step's activity has answered, a workflow timer waits for the step's
 * nominal seconds, so that the server can skip the time. (It cannot skip time while an activity runs.)
 *
 * The time-skipping server, unlike a real one, refuses a workflow task that cancels a timer at the very moment at which
 * the timer fires. Therefore no two of these timers end at the same time, and a failure is shown a second after it
 * happened.
 */

import { NOMINAL_SECONDS } from '@reddyfit/shared/scan/steps';
import {
  getExternalWorkflowHandle,
  isCancellation,
  sleep,
  workflowInfo,
  type WorkflowInterceptors,
} from '@temporalio/workflow';
import { stepAttemptSignal } from '../scan/scan-status.ts';

const SECONDS: Record<string, number> = { ...NOMINAL_SECONDS, hydration: 33 };

export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      async scheduleActivity(input, next) {
        const seconds = SECONDS[input.activityType];
        if (seconds === undefined) return next(input);
        try {
          const result = await next(input);
          if (input.activityType === 'delta') await tellOfDelay();
          if (seconds > 0) await sleep(seconds * 1000);
          return result;
        } catch (failure) {
          if (!isCancellation(failure)) await sleep(1000);
          throw failure;
        }
      },
    },
  ],
});

/** Tells the workflow that its comparison takes longer than a moment, as the worker of the activity does after one. */
async function tellOfDelay(): Promise<void> {
  const { workflowId } = workflowInfo();
  await getExternalWorkflowHandle(workflowId).signal(stepAttemptSignal, {
    step: 'delta',
    attempt: 1,
    takesLong: true,
  });
}
