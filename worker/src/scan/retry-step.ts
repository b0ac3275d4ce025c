/** Runs one failed optional step of a completed scan again, without touching the others. */

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
 * The step runs as it did in the scan, with the same retries, and is on the document as it goes: running, retrying, then
 * completed with its result and without its warning, or failed once more. The scan stays completed; no credit, no push. Each
 * write carries the run's start, so that none that comes late undoes a later one. When canceled, since consent was withdrawn or the
 * scan is being deleted, the step is left as failed; a result that comes after consent was withdrawn is not written.
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
    if (news.step !== step || news.attempt < attempt) return;
    attempt = news.attempt;
    const { nextRetryAt } = news;
    const told = nextRetryAt
      ? write({ state: 'retrying', nextRetryAt, ...speaker.tell('steps', 'retrying') })
      : write({ state: 'running' });
    // News only: the end of the step does not wait for it.
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
    // Another run was first: what this one did not write it tells nobody.
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
