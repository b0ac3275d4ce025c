/**
 * The only writer of a running scan's document. It runs beside the steps and sends what is known of the scan, one write at a time,
 * with a growing `rev`. What changes while a write is under way, or within a second of the last one, goes with the next write, so
 * no step ever waits for a write.
 */

import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import { type ScanError, scanError } from '@reddyfit/shared/errors';
import { progressOf } from '@reddyfit/shared/scan/progress';
import type { ScanResults } from '@reddyfit/shared/scan/results';
import { isTerminal, type ScanStatus, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { speakerFor, type Told } from '@reddyfit/shared/words/speaker';
import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import type { Follows } from './course.ts';
import type { ScanUpdate, StepChange } from './scan-store.ts';
import type { Activities, Afterwards, AfterWrite } from './activities.ts';
import { updateFirestore } from './activity-proxies.ts';
import type { ScanEvents } from './scan-events.ts';

/** Least time between two writes of a running scan (ms). Firestore sustains one write per second to a document. */
const WRITE_SPACING_MS = 1000;

/** Longest time that a body fat waits for the change since the last scan (ms), which takes a tenth of it: one write brings both. */
const COMPARING_MS = 1000;

const now = () => new Date(Date.now()).toISOString();

/** What the workflow knows of a running scan. Steps change it at once. */
export interface ScanState {
  readonly steps: Record<StepName, StepChange>;
  status: ScanStatus;
  error: ScanError | undefined;
  readonly warnings: Told[];
  /** Whether a stand-in model has answered. */
  simulated: boolean;
  /** Results that no write has brought yet. */
  unwritten: Partial<ScanResults>;
  /** Whether there is anything that no write has brought yet. */
  changed: boolean;
  /** Whether the estimation has been written to the document. */
  shown: boolean;
  /** Whether consent was withdrawn. */
  withdrawn: boolean;
  /** Whether the document says that the scan waits for others. */
  isWaiting: boolean;
  /** Whether the change since the last scan takes longer than a moment. */
  changeTakesLong: boolean;
  /** What follows the scan's end; present once its workflow has ended it. */
  followedBy: FollowedBy | undefined;
}

/** What follows the end of a scan that its workflow ends with `status`; `shown` says whether its body fat was shown. */
export type FollowedBy = (end: { status: TerminalStatus; shown: boolean }) => Afterwards;

/** What is known once the last write has been made. */
export interface LastWrite {
  /**
   * The status with which someone else has ended the scan, `canceled` when the scan was deleted; null while this
   * workflow is in charge.
   */
  endedAs: TerminalStatus | null;
  /** Whether a write has recorded the workflow's start in the audit chain. */
  startRecorded: boolean;
  /** What of the aftermath the last write has done, and how long other parts are to be left alone (ms). */
  after: AfterWrite;
}

/**
 * Writes `state` until the scan has ended, and resolves then. `giveUp` is called when the remaining work has no purpose: someone
 * else has ended or deleted the scan, or consent was withdrawn.
 */
export function writeScan(
  input: DailyScanInput,
  state: ScanState,
  events: ScanEvents,
  follows: Follows,
  giveUp: () => void,
): Promise<LastWrite> {
  const bringsAll = follows('writes-bring-all');
  const fewerActions = follows('fewer-actions');
  const fewestActions = follows('in-fewest-actions');
  const { workflowId, runId } = workflowInfo();
  const speaker = speakerFor(input.reader);
  const startedAt = now();
  const last: LastWrite = { endedAs: null, startRecorded: false, after: {} };
  let rev = input.rev;

  /**
   * The content of the next write. When a scan ends otherwise than completed before its estimation was shown, only the
   * quality check's result remains.
   */
  function nextWrite(results: Partial<ScanResults>): ScanUpdate {
    const { status, error, steps, shown, simulated, warnings, isWaiting } = state;
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
      ...(bringsAll && !last.startRecorded && { startedAt, ...(fewestActions && { startMayWait: true }) }),
      ...(input.busy && (!isWaiting || isTerminal(status)) && { waitIsOver: true }),
    };
  }

  /** Called when consent was withdrawn before these results were written. They are never written, and the scan is canceled. */
  function withdraw(): void {
    state.withdrawn = true;
    state.changed = true;
    if (isTerminal(state.status)) {
      state.status = 'canceled';
      state.error = scanError({ messageCode: 'ConsentMissingError' }, speaker);
    }
    giveUp();
  }

  let writtenAt = Number.NEGATIVE_INFINITY;
  /** How long the next write must wait (ms): until a second after the last write; not at all when the scan has ended. */
  const spacing = () => (isTerminal(state.status) ? 0 : WRITE_SPACING_MS - (Date.now() - writtenAt));

  /**
   * Whether a body fat is to be written and the change since the last scan will be there in a moment. An attempt that takes
   * longer says so itself, and so does the next one when the worker of the first has died.
   */
  const isComparing = () =>
    follows('in-few-actions') &&
    state.unwritten.estimation !== undefined &&
    state.steps.delta.state === 'running' &&
    !(fewerActions && (state.changeTakesLong || state.steps.delta.attempt > 1)) &&
    !isTerminal(state.status);

  /**
   * Whether there is a result that needs no timer before it is written. Until the body fat is shown these are three at most,
   * which a document takes in one second; what comes after ends mostly with the scan itself.
   */
  const isAwaited = () => fewerActions && !state.shown && Object.keys(state.unwritten).length > 0;

  async function writeUntilTheEnd(): Promise<LastWrite> {
    while (!isTerminal(state.status) || state.changed) {
      await condition(() => state.changed);
      // A timer is a billed action of Temporal, so none is set before there is something to write.
      const early = bringsAll ? spacing() : 0;
      const waits = early > 0 && !isAwaited();
      if (waits) await condition(() => isTerminal(state.status) || isAwaited(), early);
      if (fewerActions) await condition(() => !isComparing());
      else if (!waits && isComparing()) await condition(() => !isComparing(), COMPARING_MS);
      state.changed = false;
      const results = state.unwritten;
      state.unwritten = {};
      writtenAt = Date.now();
      rev += 1;
      const write = nextWrite(results);
      const told = events.ofWrite(write.status as Exclude<ScanStatus, 'submitted' | 'queued'>);
      // Undefined in a workflow that began before the activity returned an answer.
      const answer = (await updateFirestore({
        ...write,
        ...(told.length > 0 && { events: told }),
        ...(fewerActions &&
          state.followedBy &&
          isTerminal(state.status) && {
            afterwards: state.followedBy({ status: state.status, shown: state.shown }),
          }),
      })) as Awaited<ReturnType<Activities['updateFirestore']>> | undefined;
      if (answer?.outcome === 'missing' || answer?.outcome === 'ended') {
        last.endedAs = answer.outcome === 'ended' ? answer.status : 'canceled';
        giveUp();
        return last;
      }
      if (answer?.outcome === 'unconsented') {
        withdraw();
        continue;
      }
      // A stale write, which a later write of the same workflow has overtaken, published nothing, so the publisher
      // publishes its events.
      events.applied(!answer?.unpublished && answer?.outcome !== 'stale');
      if (answer?.outcome === 'applied')
        last.startRecorded ||= bringsAll && (!fewestActions || recordsSteps(write));
      if (answer && isTerminal(write.status))
        last.after = { done: answer.done ?? [], waitMs: answer.waitMs ?? {} };
      if (write.results.estimation) state.shown = true;
      // A canceled step may still change after the end. A further write would find the scan ended by this very
      // workflow.
      if (follows('ends-once') && isTerminal(write.status)) return last;
      if (follows('ends-in-time') && write.status === 'processing') events.status('processing');
      // Scans that began earlier wait even when there is nothing to write.
      const wait = bringsAll ? 0 : spacing();
      if (wait > 0) await condition(() => isTerminal(state.status), wait);
    }
    return last;
  }

  if (!follows('ends-in-time')) events.status('processing');
  // A canceled scan must still write its last status.
  return CancellationScope.nonCancellable(writeUntilTheEnd);
}

/** Whether a write brings the audit entries of what has ended: the one that shows the body fat, and the end. */
const recordsSteps = ({ status, results }: ScanUpdate) =>
  isTerminal(status) || results.estimation !== undefined;

function copyOf(steps: Record<StepName, StepChange>): Record<StepName, StepChange> {
  return Object.fromEntries(STEP_NAMES.map((name) => [name, { ...steps[name] }])) as typeof steps;
}
