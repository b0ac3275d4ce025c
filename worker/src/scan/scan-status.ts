/** The status of the running scan: runs its steps and keeps their states, results and failures, which scan-writer.ts writes. */

import type { STEP_ATTEMPT_SIGNAL, StepAttempt } from '@reddyfit/shared/temporal/step-attempts';
import type { DailyScanInput, StepInput } from '@reddyfit/shared/temporal/workflows';
import { type ScanError, scanError } from '@reddyfit/shared/errors';
import type { DeltaResult, ModelCall, QualityCheckResult, ScanResults } from '@reddyfit/shared/scan/results';
import { isTerminal, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import {
  type OptionalStepName,
  type ResultOf,
  STEP,
  STEP_NAMES,
  type StepName,
} from '@reddyfit/shared/scan/steps';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { defineSignal, isCancellation, log, setHandler } from '@temporalio/workflow';
import type { Follows } from './course.ts';
import type { StepChange } from './scan-store.ts';
import { errorOf } from './failures.ts';
import type { AnswerOf } from './activities.ts';
import { runStep } from './activity-proxies.ts';
import type { ScanEvents } from './scan-events.ts';
import { type FollowedBy, type LastWrite, type ScanState, writeScan } from './scan-writer.ts';

/**
 * Signal from an activity's worker: an attempt failed and will be retried, a later attempt has begun, or an attempt
 * waits for photos.
 */
export const stepAttemptSignal = defineSignal<[StepAttempt]>(
  'stepAttempt' satisfies typeof STEP_ATTEMPT_SIGNAL,
);

/** How a scan ended that its workflow wanted to end. */
export interface Ended extends Omit<LastWrite, 'endedAs'> {
  /**
   * The status with which the scan ended: the one asked for, `canceled` when consent was withdrawn meanwhile, or the
   * one that someone else set.
   */
  status: TerminalStatus;
  /** Whether this workflow wrote the end. When it did not, it tells nobody of the end. */
  written: boolean;
  /** Whether the body fat was shown, so that the credit is spent. */
  shown: boolean;
}

/** What the status asks of the scan's workflow. */
export interface ScanWork {
  /** The time that is left of the scan (ms). */
  timeLeftMs(): number;
  /** True once the scan's time limit has passed; an optional step that is canceled then leaves a warning. */
  timeIsOver(): boolean;
  /** Called when the remaining work has no purpose: someone else has ended or deleted the scan, or consent was withdrawn. */
  giveUp(): void;
}

const now = () => new Date(Date.now()).toISOString();

/**
 * Keeps a scan's steps, results and warnings, writes them to its document and passes events to `events`, by the course that the
 * scan `follows`. One per workflow.
 */
export function scanStatus(
  input: DailyScanInput,
  events: ScanEvents,
  follows: Follows,
  { timeLeftMs, timeIsOver, giveUp }: ScanWork,
) {
  const endsOnce = follows('ends-once');
  const speaker = speakerFor(input.reader);
  const steps = Object.fromEntries(
    STEP_NAMES.map((name) => [name, { state: 'pending', attempt: 0 }]),
  ) as Record<StepName, StepChange>;
  const state: ScanState = {
    steps,
    status: 'processing',
    error: undefined,
    warnings: [],
    simulated: false,
    unwritten: {},
    changed: true,
    shown: false,
    withdrawn: false,
    isWaiting: input.busy === true && follows('says-when-it-begins'),
    changeTakesLong: false,
    followedBy: undefined,
  };
  /** The estimation's result while its photos may still be refused. It is shown once the photos are accepted. */
  let held: Partial<ScanResults> = {};
  /**
   * How the estimation failed while its photos may still be refused. When they are refused, the estimation counts as
   * skipped.
   */
  let heldFailure: Partial<StepChange> | undefined;
  let accepted = false;
  /** The change since the last scan, where the estimation has brought it. */
  let brought: DeltaResult | undefined;
  /** The steps of a scan that waits whose workers have not said yet that they have begun, and when each was asked for. */
  const inQueue = new Map<StepName, string>();

  const update = (name: StepName, change: Partial<StepChange>) => {
    Object.assign(steps[name], change);
    state.changed = true;
  };

  /** Shows that a step has begun. The last one without which a scan has not begun ends the scan's waiting. */
  const begin = (name: StepName, at: string) => {
    if (inQueue.delete(name) && ![...inQueue.keys()].some((each) => STEP[each].essential))
      state.isWaiting = false;
    update(name, { state: 'running', attempt: 1, startedAt: at });
  };

  setHandler(stepAttemptSignal, ({ step: name, attempt, nextRetryAt, awaitsPhotos, takesLong, begun }) => {
    const current = steps[name];
    if (inQueue.has(name) && !isTerminal(state.status)) begin(name, now());
    if (begun) return;
    const active = current.state === 'running' || current.state === 'retrying';
    if (!active || attempt < current.attempt || isTerminal(state.status)) return;
    if (takesLong) {
      state.changeTakesLong ||= name === 'delta';
      return;
    }
    if (nextRetryAt) {
      update(name, { state: 'retrying', attempt, nextRetryAt, ...speaker.tell('steps', 'retrying') });
    } else {
      forgetRetry(current);
      update(name, {
        state: 'running',
        attempt,
        attemptStartedAt: now(),
        ...(awaitsPhotos && speaker.tell('steps', 'awaiting_photos')),
      });
    }
  });

  const written = writeScan(input, state, events, follows, giveUp);
  // `end` awaits the writer; until then its failure must not fail the workflow task.
  written.catch(() => undefined);

  /** Runs an essential step with what it takes of `given`. The document shows its state, result and failure as they happen. */
  async function step<Name extends StepName>(name: Name, given: StepInput<Name>): Promise<ResultOf<Name>> {
    if (state.isWaiting && tellsOfItsBeginning(name)) inQueue.set(name, now());
    else begin(name, now());
    /** Makes up for the news that the step has begun, which may be lost. */
    const beginUnheard = () => inQueue.has(name) && begin(name, inQueue.get(name)!);
    try {
      const isBrought = name === 'delta' && brought !== undefined;
      const result = withoutChange(
        name,
        isBrought ? (brought as AnswerOf<Name>) : await runStep(name, given, timeLeftMs()),
      );
      beginUnheard();
      const waits = name === 'estimation' && steps.qualityCheck.state !== 'completed';
      Object.assign(waits ? held : state.unwritten, { [name]: result });
      if (name === 'qualityCheck' && (result as QualityCheckResult).accepted) {
        accepted = true;
        Object.assign(state.unwritten, held);
        held = {};
        if (heldFailure) update('estimation', heldFailure);
      }
      if ((result as { modelCall?: ModelCall }).modelCall?.simulated) state.simulated = true;
      forgetRetry(steps[name]);
      const wasChanged = state.changed;
      update(name, { state: 'completed', completedAt: now() });
      // What cannot be shown yet is no reason to write. The verdict comes by itself; when it takes another attempt, that is.
      if (follows('fewer-actions') && waits && steps.qualityCheck.state === 'running')
        state.changed = wasChanged;
      events.stepCompleted(name);
      return result;
    } catch (failure) {
      delete steps[name].nextRetryAt;
      if (isCancellation(failure)) {
        inQueue.delete(name);
        update(name, { state: 'skipped' });
      } else {
        beginUnheard();
        const { message, messageCode, params } = errorOf(failure, speaker);
        const failed: Partial<StepChange> = {
          state: 'failed',
          completedAt: now(),
          message,
          messageCode,
          params,
        };
        if (endsOnce && name === 'estimation' && !accepted) heldFailure = failed;
        else update(name, failed);
      }
      throw failure;
    }
  }

  /** The result in the answer of a step's activity. Keeps the change since the last scan that an estimation brings. */
  function withoutChange<Name extends StepName>(name: Name, answer: AnswerOf<Name>): ResultOf<Name> {
    if (name !== 'estimation') return answer;
    const { change, ...result } = answer as AnswerOf<'estimation'>;
    brought = change;
    return result as ResultOf<Name>;
  }

  /**
   * Runs an optional step. When it fails, leaves a warning and resolves with null. A cancellation and withdrawn consent
   * still throw.
   */
  async function optionalStep<Name extends OptionalStepName>(
    name: Name,
    given: StepInput<Name>,
  ): Promise<ResultOf<Name> | null> {
    try {
      return await step(name, given);
    } catch (failure) {
      if (isCancellation(failure) && !timeIsOver()) throw failure;
      const { code, message, messageCode, params } = isCancellation(failure)
        ? scanError({ messageCode: 'StepTimedOutError' }, speaker)
        : errorOf(failure, speaker);
      update(name, { state: 'failed', completedAt: now(), message, messageCode, params });
      // Withdrawn consent is not a failure of one step: it ends the scan.
      if (code === 'ConsentMissingError') throw failure;
      log.warn('optional_step_failed', { scanId: input.scanId, step: name, code });
      state.warnings.push(speaker.retell('warnings', name, {}));
      state.changed = true;
      return null;
    }
  }

  /** Leaves the warning that the estimation was made without the model. */
  function warnOfRefusal(): void {
    state.warnings.push(speaker.retell('warnings', 'estimation', {}));
    state.changed = true;
  }

  /**
   * Ends the scan: marks steps that have not run as skipped and makes the last write at once, which carries its
   * `afterwards`. Resolves with how the scan ended, which is not `outcome` when someone else ended it first, or when consent was withdrawn.
   */
  async function end(
    outcome: TerminalStatus,
    outcomeError?: ScanError,
    afterwards?: FollowedBy,
  ): Promise<Ended> {
    state.followedBy = afterwards;
    for (const name of STEP_NAMES) {
      const each = steps[name];
      if (each.state === 'completed' || each.state === 'failed') continue;
      delete each.nextRetryAt;
      update(name, { state: 'skipped' });
    }
    state.status = state.withdrawn ? 'canceled' : outcome;
    state.error = state.withdrawn ? scanError({ messageCode: 'ConsentMissingError' }, speaker) : outcomeError;
    state.changed = true;
    const { endedAs, startRecorded, after } = await written;
    // Not what was asked for above, where the last write has found consent withdrawn.
    const { status, shown } = state;
    if (endedAs === null) events.status(status);
    return { status: endedAs ?? status, written: endedAs === null, shown, startRecorded, after };
  }

  /** Whether a stand-in model has answered. */
  const isSimulated = () => state.simulated;

  return { step, optionalStep, warnOfRefusal, end, isSimulated };
}

/** Whether the worker of this step says when it begins: it is then told that the scan waits for others. */
function tellsOfItsBeginning(name: StepName): boolean {
  const { mayTake = [] }: { name: StepName; mayTake?: readonly string[] } = STEP[name];
  return mayTake.includes('busy');
}

/** Removes the announcement of a retry from a step that runs again or has completed. */
function forgetRetry(step: StepChange): void {
  delete step.nextRetryAt;
  delete step.message;
  delete step.messageCode;
  delete step.params;
}
