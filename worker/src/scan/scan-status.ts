/**
 * The running scan's status, and the one writer that brings it to the document.
 *
 * Steps change this state at once; a writer beside them sends it, one write at a time, with a growing `rev`. What changes
 * while a write is under way, or within a second of the last one, goes with the next: no step ever waits for a write.
 */

import type { DailyScanInput, StepInput } from '@reddyfit/shared/temporal/workflows';
import { type ScanError, scanError } from '@reddyfit/shared/errors';
import { progressOf } from '@reddyfit/shared/scan/progress';
import type { ModelCall, QualityCheckResult, ScanResults } from '@reddyfit/shared/scan/results';
import { isTerminal, type ScanStatus, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { type OptionalStepName, type ResultOf, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
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
import type { ScanUpdate, StepChange } from './scan-store.ts';
import { errorOf } from './failures.ts';
import type { Activities } from './activities.ts';
import { runStep, updateFirestore } from './activity-proxies.ts';
import type { ScanEvents } from './scan-events.ts';

/** Least time between two writes of a running scan (ms): Firestore sustains one write a second to a document. */
const WRITE_SPACING_MS = 1000;

/** Longest that a body fat waits for the change since the last scan (ms), so that one write brings both: that takes a tenth of it. */
const COMPARING_MS = 1000;

/** Sent by an activity's worker when an attempt failed and will be made again, when a later attempt begins, and while one waits for photos. */
export interface StepAttempt {
  step: StepName;
  attempt: number;
  /** Absent when the attempt begins, set when it failed and this is when the next one comes. ISO 8601. */
  nextRetryAt?: string;
  /** Set while the attempt waits for photos that are still on their way, and false once it does not any more. */
  awaitsPhotos?: boolean;
}
export const stepAttemptSignal = defineSignal<[StepAttempt]>('stepAttempt');

/** What became of a scan that its workflow wanted to end. */
export interface Ended {
  /** How it has ended: as asked, as canceled since consent was withdrawn meanwhile, or as someone else has ended it. */
  status: TerminalStatus;
  /** Whether this workflow has ended it. What it did not write it tells nobody. */
  written: boolean;
  /** Whether the body fat was shown, so that the credit is spent. */
  shown: boolean;
  /** Whether a write has brought the workflow's start into the audit chain. */
  startRecorded: boolean;
}

export interface ScanStatusOptions {
  /** False for a workflow that began before first words waited for the first write. */
  afterWrite: boolean;
  /**
   * False for a workflow that began before its last write was the last, whatever a canceled step still says, and before an estimation which
   * failed of refused photos counted as skipped.
   */
  endsOnce: boolean;
  /** False for a workflow that began before its writes brought its start into the audit chain, and its events to the topic. */
  bringsAll: boolean;
  /** False for a workflow that began before a body fat waited for the change since the last scan. */
  withChange: boolean;
  /** True once the scan's time is over: an optional step that ends then leaves a warning. */
  timeIsOver(): boolean;
  /** Called when there is nothing left to work for: someone else has ended or deleted the scan, or consent was withdrawn. */
  giveUp(): void;
}

const now = () => new Date(Date.now()).toISOString();

/** Keeps a scan's steps, results and warnings, writes them to its document and tells `events`. One per workflow. */
export function scanStatus(
  input: DailyScanInput,
  events: ScanEvents,
  { afterWrite, endsOnce, bringsAll, withChange, timeIsOver, giveUp }: ScanStatusOptions,
) {
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
  /** What was estimated from photos that may yet be refused: shown once they are accepted. */
  let held: Partial<ScanResults> = {};
  /** How the estimation failed of photos that may yet be refused: a refused scan has skipped it. */
  let heldFailure: Partial<StepChange> | undefined;
  let accepted = false;
  let rev = input.rev;
  let changed = true;
  /** Whether the document shows the estimation. */
  let shown = false;
  let withdrawn = false;
  const startedAt = now();
  let startRecorded = false;
  /** How someone else has ended the scan, `canceled` when they deleted it; null as long as it is this workflow's. */
  let endedAs: TerminalStatus | null = null;

  const update = (name: StepName, change: Partial<StepChange>) => {
    Object.assign(steps[name], change);
    changed = true;
  };

  setHandler(stepAttemptSignal, ({ step: name, attempt, nextRetryAt, awaitsPhotos }) => {
    const current = steps[name];
    const active = current.state === 'running' || current.state === 'retrying';
    if (!active || attempt < current.attempt || isTerminal(status)) return;
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

  /** What the next write says. Of a scan that ends without having shown its result, the result is not shown any more. */
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
      // Copies: the steps go on changing while the write is under way.
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
      ...(bringsAll && !startRecorded && { startedAt }),
    };
  }

  /** Consent was withdrawn before these results could be written: they never will be, and the scan is canceled. */
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
  /** How long the next write has to wait (ms): until a second after the last one, or not at all when the scan has ended. */
  const spacing = () => (isTerminal(status) ? 0 : WRITE_SPACING_MS - (Date.now() - writtenAt));

  /** Whether a body fat is to be written and the change since the last scan will be there in a moment. */
  const isComparing = () =>
    withChange &&
    unwritten.estimation !== undefined &&
    steps.delta.state === 'running' &&
    !isTerminal(status);

  async function writeUntilTheEnd(): Promise<void> {
    while (!isTerminal(status) || changed) {
      await condition(() => changed);
      // A timer is an action of Temporal's: none is set before there is something to write.
      const early = bringsAll ? spacing() : 0;
      if (early > 0) await condition(() => isTerminal(status), early);
      else if (isComparing()) await condition(() => !isComparing(), COMPARING_MS);
      changed = false;
      const results = unwritten;
      unwritten = {};
      writtenAt = Date.now();
      rev += 1;
      const write = nextWrite(results);
      const told = events.ofWrite(write.status as Exclude<ScanStatus, 'submitted' | 'queued'>);
      // Of a workflow that began before the activity answered, nothing.
      const answer = (await updateFirestore({
        ...write,
        ...(told.length > 0 && { events: told }),
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
      // Late as it was, a write that another of the same workflow has overtaken is no word against it.
      events.applied(!answer?.unpublished && answer?.outcome !== 'stale');
      if (answer?.outcome === 'applied') startRecorded = bringsAll;
      if (write.results.estimation) shown = true;
      // A step that was canceled may speak after the end; a second write would find the scan ended, by this very workflow.
      if (endsOnce && isTerminal(write.status)) return;
      if (afterWrite && write.status === 'processing') tellOnce();
      // Scans that began earlier wait also where nothing is to be written.
      const wait = bringsAll ? 0 : spacing();
      if (wait > 0) await condition(() => isTerminal(status), wait);
    }
  }
  const tellOnce = () => events.status('processing');
  if (!afterWrite) tellOnce();
  // A canceled scan still has a last status to write.
  const writer = CancellationScope.nonCancellable(writeUntilTheEnd);
  // Awaited in `end`; until then its failure must not fail the workflow task.
  writer.catch(() => undefined);

  /** Runs an essential step with what it takes of `given`: its state, result and failure are on the document as they happen. */
  async function step<Name extends StepName>(name: Name, given: StepInput<Name>): Promise<ResultOf<Name>> {
    update(name, { state: 'running', attempt: 1, startedAt: now() });
    try {
      const result = await runStep(name, given);
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
      update(name, { state: 'completed', completedAt: now() });
      events.stepCompleted(name);
      return result;
    } catch (failure) {
      delete steps[name].nextRetryAt;
      if (isCancellation(failure)) {
        update(name, { state: 'skipped' });
      } else {
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

  /** Runs a step whose failure leaves a warning: resolves with null then. A cancellation and withdrawn consent still throw. */
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
      // Withdrawn consent is no fault of one step: it ends the scan.
      if (code === 'ConsentMissingError') throw failure;
      log.warn('optional_step_failed', { scanId: input.scanId, step: name, code });
      warnings.push(speaker.retell('warnings', name, {}));
      changed = true;
      return null;
    }
  }

  /** Leaves the warning that the estimation had to do without the model. */
  function warnOfRefusal(): void {
    warnings.push(speaker.retell('warnings', 'estimation', {}));
    changed = true;
  }

  /**
   * Ends the scan: what has not run is skipped, and the last write is made, at once. Resolves with how the scan has ended, which is
   * not as asked for when someone else was first, or when consent was withdrawn.
   */
  async function end(outcome: TerminalStatus, outcomeError?: ScanError): Promise<Ended> {
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
    return { status: endedAs ?? status, written: endedAs === null, shown, startRecorded };
  }

  /** Whether a stand-in model has answered. */
  const isSimulated = () => simulated;

  return { step, optionalStep, warnOfRefusal, end, isSimulated };
}

/** A step that goes on, or has ended well, says no more that it is tried again. */
function forgetRetry(step: StepChange): void {
  delete step.nextRetryAt;
  delete step.message;
  delete step.messageCode;
  delete step.params;
}

function copyOf(steps: Record<StepName, StepChange>): Record<StepName, StepChange> {
  return Object.fromEntries(STEP_NAMES.map((name) => [name, { ...steps[name] }])) as typeof steps;
}
