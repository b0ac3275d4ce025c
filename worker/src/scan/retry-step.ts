/** Retries one failed optional step of a completed scan, without touching the other steps. */

import { scanError } from '@reddyfit/shared/errors';
import type { ModelCall } from '@reddyfit/shared/scan/results';
import type { OptionalStepName } from '@reddyfit/shared/scan/steps';
import type { RetryStepInput, RetryStepResult, StepInput } from '@reddyfit/shared/temporal/workflows';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { ApplicationFailure, CancellationScope, isCancellation, log, setHandler } from '@temporalio/workflow';
import type { StepUpdate } from './scan-store.ts';
import { errorOf } from './failures.ts';
import * as activities from './activity-proxies.ts';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import { stepAttemptSignal } from './scan-status.ts';

const now = () => new Date(Date.now()).toISOString();

/**
 * Runs the step as the scan did, with the same retries. The document shows its progress: running, retrying, then
 * completed with its result and without its warning, or failed once more. The scan stays completed; no credit is moved
 * and no push is sent. Each write carries the run's start, so that a late write does not undo a later one. When the
 * workflow is canceled, because consent was withdrawn or the scan is being deleted, the step is left as failed. A
 * result that comes after consent was withdrawn is not written.
 */
export async function retryStepWorkflow(input: RetryStepInput): Promise<RetryStepResult> {
  const { scanId, step } = input;
  const speaker = speakerFor(input.reader);
  const startedAt = now();
  let attempt = 1;

  const write = (
    change: Omit<StepUpdate['change'], 'startedAt' | 'attempt'>,
    ended: Pick<StepUpdate, 'result' | 'simulated'> = {},
  ) =>
    activities.updateStep({
      scanId,
      step,
      change: { attempt, startedAt, ...change },
      warning: { messageCode: step, message: speaker.say('warnings', step) },
      updatedAt: now(),
      ...ended,
    });

  setHandler(stepAttemptSignal, (news) => {
    if (news.step !== step || news.attempt < attempt || news.takesLong) return;
    attempt = news.attempt;
    const { nextRetryAt } = news;
    const told = nextRetryAt
      ? write({ state: 'retrying', nextRetryAt, ...speaker.tell('steps', 'retrying') })
      : write({ state: 'running' });
    // Only news for the user: the end of the step does not wait for this write.
    told.catch(() => undefined);
  });

  if ((await write({ state: 'running' })) === 'missing') return { scanId, step, state: 'gone' };
  try {
    const result = await activities.runStep<OptionalStepName>(step, input as StepInput<OptionalStepName>);
    const simulated = (result as { modelCall?: ModelCall }).modelCall?.simulated === true;
    const written = await CancellationScope.nonCancellable(() =>
      write({ state: 'completed', completedAt: now() }, { result, ...(simulated && { simulated }) }),
    );
    if (written === 'missing') return { scanId, step, state: 'gone' };
    if (written === 'unconsented')
      throw ApplicationFailure.nonRetryable('consent was withdrawn', 'ConsentMissingError');
    // Another run completed the step first. This run has written nothing, so it publishes nothing.
    if (written === 'stale') return { scanId, step, state: 'completed' };
  } catch (failure) {
    const { code, message, messageCode, params } = isCancellation(failure)
      ? scanError({ messageCode: 'StepStoppedError' }, speaker)
      : errorOf(failure, speaker);
    log.warn('optional_step_failed', { scanId, step, code });
    await CancellationScope.nonCancellable(() =>
      write({ state: 'failed', completedAt: now(), message, messageCode, params }),
    );
    return { scanId, step, state: 'failed' };
  }
  const event = eventOf(input, 'scan.step.completed', 'completed', Date.now(), step);
  await activities
    .publishEvent({ events: [event] })
    .catch(() => log.error('events_not_published', { scanId }));
  return { scanId, step, state: 'completed' };
}
