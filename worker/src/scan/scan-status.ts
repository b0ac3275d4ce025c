/**
 * The status of the running scan, and its only writer to the document.
 *
 * Steps change this state at once. The writer runs beside them and sends the state, one write at a time, with a growing
 * `rev`. What changes while a write is under way, or within a second of the last one, goes with the next write, so no
 * step ever waits for a write.
 */

import type { STEP_ATTEMPT_SIGNAL, StepAttempt } from '@reddyfit/shared/temporal/step-attempts';
import type { DailyScanInput, StepInput } from '@reddyfit/shared/temporal/workflows';
import { type ScanError, scanError } from '@reddyfit/shared/errors';
import { progressOf } from '@reddyfit/shared/scan/progress';
import type { DeltaResult, ModelCall, QualityCheckResult, ScanResults } from '@reddyfit/shared/scan/results';
import { isTerminal, type ScanStatus, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import {
  type OptionalStepName,
  type ResultOf,
  STEP,
  STEP_NAMES,
  type StepName,
} from '@reddyfit/shared/scan/steps';
import { speakerFor, type Told } from '@reddyfit/shared/words/speaker';
import {
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Follows } from './course.ts';
import type { ScanUpdate, StepChange } from './scan-store.ts';
import { errorOf } from './failures.ts';
import type { Activities, Afterwards, AfterWrite, AnswerOf } from './activities.ts';
import { runStep, updateFirestore } from './activity-proxies.ts';
import type { ScanEvents } from './scan-events.ts';

/** Least time between two writes of a running scan (ms). Firestore sustains one write per second to a document. */
const WRITE_SPACING_MS = 1000;

/** Longest time that a body fat waits for the change since the last scan (ms), which takes a tenth of it: one write brings both. */
const COMPARING_MS = 1000;

/**
 * Signal from an activity's worker: an attempt failed and will be retried, a later attempt has begun, or an attempt
 * waits for photos.
 */
export const stepAttemptSignal = defineSignal<[StepAttempt]>(
  'stepAttempt' satisfies typeof STEP_ATTEMPT_SIGNAL,
);

/** How a scan ended that its workflow wanted to end. */
export interface Ended {
  /**
   * The status with which the scan ended: the one asked for, `canceled` when consent was withdrawn meanwhile, or the
   * one that someone else set.
   */
  status: TerminalStatus;
  /** Whether this workflow wrote the end. When it did not, it tells nobody of the end. */
  written: boolean;
  /** Whether the body fat was shown, so that the credit is spent. */
  shown: boolean;
  /** Whether a write has recorded the workflow's start in the audit chain. */
  startRecorded: boolean;
  /** What of the aftermath the last write has done, and how long other parts are to be left alone (ms). */
  after: AfterWrite;
}

/** What follows the end of a scan that its workflow ends with `status`; `shown` says whether its body fat was shown. */
export type FollowedBy = (end: { status: TerminalStatus; shown: boolean }) => Afterwards;

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
  const bringsAll = follows('writes-bring-all');
  const fewerActions = follows('fewer-actions');
  const fewestActions = follows('in-fewest-actions');
  const { workflowId, runId } = workflowInfo();
  const steps = Object.fromEntries(
    STEP_NAMES.map((name) => [name, { state: 'pending', attempt: 0 }]),
  ) as Record<StepName, StepChange>;
  const speaker = speakerFor(input.reader);
  const warnings: Told[] = [];
  let status: ScanStatus = 'processing';
  let error: ScanError | undefined;
  let simulated = false;
  let unwritten: Partial<ScanResults> = {};
  /** The estimation's result while its photos may still be refused. It is shown once the photos are accepted. */
  let held: Partial<ScanResults> = {};
  /**
   * How the estimation failed while its photos may still be refused. When they are refused, the estimation counts as
   * skipped.
   */
  let heldFailure: Partial<StepChange> | undefined;
  let accepted = false;
  /** Whether the change since the last scan takes longer than a moment. */
  let changeTakesLong = false;
  /** The change since the last scan, where the estimation has brought it. */
  let brought: DeltaResult | undefined;
  let followedBy: FollowedBy | undefined;
  let after: AfterWrite = {};
  let rev = input.rev;
  let changed = true;
  /** Whether the estimation has been written to the document. */
  let shown = false;
  let withdrawn = false;
  const startedAt = now();
  let startRecorded = false;
  /** Whether the document says that the scan waits for others. */
  let isWaiting = input.busy === true && follows('says-when-it-begins');
  /** The steps of such a scan whose workers have not said yet that they have begun, and when each was asked for. */
  const inQueue = new Map<StepName, string>();
  /**
   * The status with which someone else has ended the scan, `canceled` when the scan was deleted; null while this
   * workflow is in charge.
   */
  let endedAs: TerminalStatus | null = null;

  const update = (name: StepName, change: Partial<StepChange>) => {
    Object.assign(steps[name], change);
    changed = true;
  };

  /** Shows that a step has begun. The last one without which a scan has not begun ends the scan's waiting. */
  const begin = (name: StepName, at: string) => {
    if (inQueue.delete(name) && ![...inQueue.keys()].some((each) => STEP[each].essential)) isWaiting = false;
    update(name, { state: 'running', attempt: 1, startedAt: at });
  };

  setHandler(stepAttemptSignal, ({ step: name, attempt, nextRetryAt, awaitsPhotos, takesLong, begun }) => {
    const current = steps[name];
    if (inQueue.has(name) && !isTerminal(status)) begin(name, now());
    if (begun) return;
    const active = current.state === 'running' || current.state === 'retrying';
    if (!active || attempt < current.attempt || isTerminal(status)) return;
    if (takesLong) {
      changeTakesLong ||= name === 'delta';
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

  /**
   * The content of the next write. When a scan ends otherwise than completed before its estimation was shown, only the
   * quality check's result remains.
   */
  function nextWrite(results: Partial<ScanResults>): ScanUpdate {
    const at = now();
    const unpaid = isTerminal(status) && status !== 'completed' && !shown;
    const { qualityCheck } = results;
    const spent = shown && error?.code === 'ScanCanceledError';
    return {
      scanId: input.scanId,
      rev,
      status,
      progress: status === 'completed' ? 100 : progressOf(steps),
      // Copied, because the steps go on changing while the write is under way.
      steps: copyOf(steps),
      results: unpaid ? { ...(qualityCheck && { qualityCheck }) } : results,
      warnings: warnings.map(({ message }) => message),
      warningCodes: warnings.map(({ messageCode, params }) => ({ messageCode, params })),
      workflow: { id: workflowId, runId },
      updatedAt: at,
      ...(simulated && { simulated }),
      ...(error && {
        error: spent ? scanError({ messageCode: 'ScanCanceledError.after_result' }, speaker) : error,
      }),
      ...(isTerminal(status) && { completedAt: at }),
      ...(bringsAll && !startRecorded && { startedAt, ...(fewestActions && { startMayWait: true }) }),
      ...(input.busy && (!isWaiting || isTerminal(status)) && { waitIsOver: true }),
    };
  }

  /** Called when consent was withdrawn before these results were written. They are never written, and the scan is canceled. */
  function withdraw(): void {
    withdrawn = true;
    changed = true;
    if (isTerminal(status)) {
      status = 'canceled';
      error = scanError({ messageCode: 'ConsentMissingError' }, speaker);
    }
    giveUp();
  }

  let writtenAt = Number.NEGATIVE_INFINITY;
  /** How long the next write must wait (ms): until a second after the last write; not at all when the scan has ended. */
  const spacing = () => (isTerminal(status) ? 0 : WRITE_SPACING_MS - (Date.now() - writtenAt));

  /**
   * Whether a body fat is to be written and the change since the last scan will be there in a moment. An attempt that takes
   * longer says so itself, and so does the next one when the worker of the first has died.
   */
  const isComparing = () =>
    follows('in-few-actions') &&
    unwritten.estimation !== undefined &&
    steps.delta.state === 'running' &&
    !(fewerActions && (changeTakesLong || steps.delta.attempt > 1)) &&
    !isTerminal(status);

  /**
   * Whether there is a result that needs no timer before it is written. Until the body fat is shown these are three at most,
   * which a document takes in one second; what comes after ends mostly with the scan itself.
   */
  const isAwaited = () => fewerActions && !shown && Object.keys(unwritten).length > 0;

  async function writeUntilTheEnd(): Promise<void> {
    while (!isTerminal(status) || changed) {
      await condition(() => changed);
      // A timer is a billed action of Temporal, so none is set before there is something to write.
      const early = bringsAll ? spacing() : 0;
      const waits = early > 0 && !isAwaited();
      if (waits) await condition(() => isTerminal(status) || isAwaited(), early);
      if (fewerActions) await condition(() => !isComparing());
      else if (!waits && isComparing()) await condition(() => !isComparing(), COMPARING_MS);
      changed = false;
      const results = unwritten;
      unwritten = {};
      writtenAt = Date.now();
      rev += 1;
      const write = nextWrite(results);
      const told = events.ofWrite(write.status as Exclude<ScanStatus, 'submitted' | 'queued'>);
      // Undefined in a workflow that began before the activity returned an answer.
      const answer = (await updateFirestore({
        ...write,
        ...(told.length > 0 && { events: told }),
        ...(fewerActions &&
          followedBy &&
          isTerminal(status) && { afterwards: followedBy({ status, shown }) }),
      })) as Awaited<ReturnType<Activities['updateFirestore']>> | undefined;
      if (answer?.outcome === 'missing' || answer?.outcome === 'ended') {
        endedAs = answer.outcome === 'ended' ? answer.status : 'canceled';
        giveUp();
        return;
      }
      if (answer?.outcome === 'unconsented') {
        withdraw();
        continue;
      }
      // A stale write, which a later write of the same workflow has overtaken, published nothing, so the publisher
      // publishes its events.
      events.applied(!answer?.unpublished && answer?.outcome !== 'stale');
      if (answer?.outcome === 'applied')
        startRecorded ||= bringsAll && (!fewestActions || recordsSteps(write));
      if (answer && isTerminal(write.status))
        after = { done: answer.done ?? [], waitMs: answer.waitMs ?? {} };
      if (write.results.estimation) shown = true;
      // A canceled step may still change after the end. A further write would find the scan ended by this very
      // workflow.
      if (endsOnce && isTerminal(write.status)) return;
      if (follows('ends-in-time') && write.status === 'processing') tellOnce();
      // Scans that began earlier wait even when there is nothing to write.
      const wait = bringsAll ? 0 : spacing();
      if (wait > 0) await condition(() => isTerminal(status), wait);
    }
  }
  const tellOnce = () => events.status('processing');
  if (!follows('ends-in-time')) tellOnce();
  // A canceled scan must still write its last status.
  const writer = CancellationScope.nonCancellable(writeUntilTheEnd);
  // `end` awaits the writer; until then its failure must not fail the workflow task.
  writer.catch(() => undefined);

  /** Runs an essential step with what it takes of `given`. The document shows its state, result and failure as they happen. */
  async function step<Name extends StepName>(name: Name, given: StepInput<Name>): Promise<ResultOf<Name>> {
    if (isWaiting && tellsOfItsBeginning(name)) inQueue.set(name, now());
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
      Object.assign(waits ? held : unwritten, { [name]: result });
      if (name === 'qualityCheck' && (result as QualityCheckResult).accepted) {
        accepted = true;
        Object.assign(unwritten, held);
        held = {};
        if (heldFailure) update('estimation', heldFailure);
      }
      if ((result as { modelCall?: ModelCall }).modelCall?.simulated) simulated = true;
      forgetRetry(steps[name]);
      const wasChanged = changed;
      update(name, { state: 'completed', completedAt: now() });
      // What cannot be shown yet is no reason to write. The verdict comes by itself; when it takes another attempt, that is.
      if (fewerActions && waits && steps.qualityCheck.state === 'running') changed = wasChanged;
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
      warnings.push(speaker.retell('warnings', name, {}));
      changed = true;
      return null;
    }
  }

  /** Leaves the warning that the estimation was made without the model. */
  function warnOfRefusal(): void {
    warnings.push(speaker.retell('warnings', 'estimation', {}));
    changed = true;
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
    followedBy = afterwards;
    for (const name of STEP_NAMES) {
      const { state } = steps[name];
      if (state === 'completed' || state === 'failed') continue;
      delete steps[name].nextRetryAt;
      update(name, { state: 'skipped' });
    }
    status = withdrawn ? 'canceled' : outcome;
    error = withdrawn ? scanError({ messageCode: 'ConsentMissingError' }, speaker) : outcomeError;
    changed = true;
    await writer;
    if (endedAs === null) events.status(status);
    return { status: endedAs ?? status, written: endedAs === null, shown, startRecorded, after };
  }

  /** Whether a stand-in model has answered. */
  const isSimulated = () => simulated;

  return { step, optionalStep, warnOfRefusal, end, isSimulated };
}

/** Whether a write brings the audit entries of what has ended: the one that shows the body fat, and the end. */
const recordsSteps = ({ status, results }: ScanUpdate) =>
  isTerminal(status) || results.estimation !== undefined;

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

function copyOf(steps: Record<StepName, StepChange>): Record<StepName, StepChange> {
  return Object.fromEntries(STEP_NAMES.map((name) => [name, { ...steps[name] }])) as typeof steps;
}
