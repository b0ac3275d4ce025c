/** Measures every activity: how long it waited in its queue, and, for a step, how long the attempt took and how it ended. */

import { retryDelay, STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { ApplicationFailure, CancelledFailure, type Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Measure } from './meters.ts';
import type { StepOutcome } from './metrics.ts';

/** Must come before the interceptors that turn errors into failures, since it reads the failure that Temporal gets. */
export function measuredActivities(measure: Measure): ActivityInterceptorsFactory {
  return (context) => ({
    inbound: {
      async execute(input, next) {
        const { activityType, currentAttemptScheduledTimestampMs: scheduledAt, taskQueue } = context.info;
        measure('queueWait', (Date.now() - scheduledAt) / 1000, { task_queue: taskQueue });
        const step = STEP_NAMES.find((name) => name === activityType);
        if (!step) return next(input);

        const begun = performance.now();
        const ended = (outcome: StepOutcome) => {
          measure('stepDuration', (performance.now() - begun) / 1000, { step, outcome });
          measure('stepAttempts', 1, { step, outcome });
        };
        try {
          const result = await next(input);
          ended('completed');
          return result;
        } catch (failure) {
          ended(outcomeOf(failure, context, retryDelay(step, context.info.attempt) !== null));
          throw failure;
        }
      },
    },
  });
}

/**
 * The outcome of a failed attempt. An attempt that timed out, or whose worker shut down, is retried; one that was
 * canceled is not.
 */
function outcomeOf(failure: unknown, { cancellationDetails }: Context, attemptsLeft: boolean): StepOutcome {
  const cutOff = cancellationDetails?.timedOut === true || cancellationDetails?.workerShutdown === true;
  if (failure instanceof CancelledFailure && !cutOff) return 'canceled';
  if (failure instanceof ApplicationFailure && failure.nonRetryable) return 'failed';
  return attemptsLeft ? 'retried' : 'failed';
}
