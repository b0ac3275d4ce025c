/** The seed's workflow on Restate: a service that the server calls, and calls again with its journal when it breaks off. */

import type { StepName } from '@reddyfit/shared/scan/steps';
import * as restate from '@restatedev/restate-sdk';
import { runStep } from '../contenders/steps.ts';

const { PORT, LONGEST_WAIT_MS } = process.env;
if (!PORT) throw new Error('PORT must be set');

/** For how long a service that does not answer is called again: the server's own policy gives up after about as long (ms). */
const HOUR = 3_600_000;

/**
 * The longest time between two calls of a service that does not answer. By the server's own policy it grows to a minute, and
 * after 70 calls the workflow is paused until somebody resumes it: shorter waits need more calls.
 */
const longestMs = Number(LONGEST_WAIT_MS);
const retryPolicy = longestMs && {
  retryPolicy: { initialInterval: 50, maxInterval: longestMs, maxAttempts: HOUR / longestMs },
};

const durably = (context: restate.WorkflowContext, step: StepName) =>
  context.run(step, () => runStep(context.key, step), {
    initialRetryInterval: 1000,
    retryIntervalFactor: 2,
    maxRetryInterval: 30_000,
    maxRetryAttempts: 3,
  });

const dailyScanWorkflow = restate.workflow({
  name: 'dailyScanWorkflow',
  handlers: {
    async run(context: restate.WorkflowContext): Promise<void> {
      await durably(context, 'qualityCheck');
      await durably(context, 'estimation');
      await durably(context, 'delta');
      await durably(context, 'insights');
      await durably(context, 'nutrition');
      await durably(context, 'workout');
      await durably(context, 'hydration');
    },
  },
  options: retryPolicy || {},
});

await restate.serve({ services: [dailyScanWorkflow], port: Number(PORT) });
console.log('ready');
