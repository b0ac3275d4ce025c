/**
 * The running scan's status, and the one writer that brings it to the document.
 *
 * Steps change this state at once; a writer beside them sends it, one write at a time, with a growing `rev`. What changes
 * while a write is under way, or within a second of the last one, goes with the next: no step ever waits for a write.
 */

import type { DailyScanInput } from '@reddyfit/shared/temporal/workflows';
import type { ScanError } from '@reddyfit/shared/errors';
import { progressOf } from '@reddyfit/shared/scan/progress';
import type { ModelCall, QualityCheckResult, ScanResults } from '@reddyfit/shared/scan/results';
import { isTerminal, type ScanStatus, type TerminalStatus } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, type OptionalStepName, type StepName } from '@reddyfit/shared/scan/steps';
import {
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { StepChange } from '../ports.ts';
import { errorOf } from './failures.ts';
import { updateFirestore } from './activity-proxies.ts';
import type { ScanEvents } from './scan-events.ts';
import { WARNINGS } from './warnings.ts';

/** Least time between two writes of a running scan (ms): Firestore sustains one write a second to a document. */
const WRITE_SPACING_MS = 1000;

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

const now = () => new Date(Date.now()).toISOString();

/** Keeps a scan's steps, results and warnings, writes them to its document and tells `events`. One per workflow. */
export function scanStatus(input: DailyScanInput, events: ScanEvents) {
  const { workflowId, runId } = workflowInfo();
  const steps = Object.fromEntries(
    STEP_NAMES.map((name) => [name, { state: 'pending', attempt: 0 }]),
  ) as Record<StepName, StepChange>;
  const warnings: string[] = [];
  let status: ScanStatus = 'processing';
  let error: ScanError | undefined;
  let simulated = false;
  let unwritten: Partial<ScanResults> = {};
  /** What was estimated from photos that may yet be refused: shown once they are accepted. */
  let held: Partial<ScanResults> = {};
  let rev = input.rev;
  let changed = true;

  const update = (name: StepName, change: Partial<StepChange>) => {
    Object.assign(steps[name], change);
    changed = true;
  };

  setHandler(stepAttemptSignal, ({ step: name, attempt, nextRetryAt, awaitsPhotos }) => {
    const current = steps[name];
    const active = current.state === 'running' || current.state === 'retrying';
    if (!active || attempt < current.attempt || isTerminal(status)) return;
    if (nextRetryAt) {
      update(name, { state: 'retrying', attempt, nextRetryAt, message: 'Trying again.' });
    } else {
      delete current.nextRetryAt;
      delete current.message;
      const message = awaitsPhotos && 'Waiting for your photos to arrive.';
      update(name, { state: 'running', attempt, ...(message && { message }) });
    }
  });

  async function writeUntilTheEnd(): Promise<void> {
    while (!isTerminal(status) || changed) {
      await condition(() => changed);
      changed = false;
      const results = unwritten;
      unwritten = {};
      const at = now();
      const written = Date.now();
      rev += 1;
      await updateFirestore({
        scanId: input.scanId,
        rev,
        status,
        progress: status === 'completed' ? 100 : progressOf(steps),
        // Copies: the steps go on changing while the write is under way.
        steps: copyOf(steps),
        results,
        warnings: [...warnings],
        workflow: { id: workflowId, runId },
        updatedAt: at,
        ...(simulated && { simulated }),
        ...(error && { error }),
        ...(isTerminal(status) && { completedAt: at }),
      });
      const wait = WRITE_SPACING_MS - (Date.now() - written);
      if (wait > 0 && !isTerminal(status)) await condition(() => isTerminal(status), wait);
    }
  }
  events.status('processing');
  // A canceled scan still has a last status to write.
  const writer = CancellationScope.nonCancellable(writeUntilTheEnd);
  // Awaited in `end`; until then its failure must not fail the workflow task.
  writer.catch(() => undefined);

  /** Runs an essential step: its state, result and failure are on the document as they happen. */
  async function step<Name extends StepName>(
    name: Name,
    run: () => Promise<NonNullable<ScanResults[Name]>>,
  ): Promise<NonNullable<ScanResults[Name]>> {
    update(name, { state: 'running', attempt: 1, startedAt: now() });
    try {
      const result = await run();
      const waits = name === 'estimation' && steps.qualityCheck.state !== 'completed';
      Object.assign(waits ? held : unwritten, { [name]: result });
      if (name === 'qualityCheck' && (result as QualityCheckResult).accepted) {
        Object.assign(unwritten, held);
        held = {};
      }
      if ((result as { modelCall?: ModelCall }).modelCall?.simulated) simulated = true;
      delete steps[name].nextRetryAt;
      delete steps[name].message;
      update(name, { state: 'completed', completedAt: now() });
      events.stepCompleted(name);
      return result;
    } catch (failure) {
      delete steps[name].nextRetryAt;
      if (isCancellation(failure)) {
        update(name, { state: 'skipped' });
      } else {
        update(name, { state: 'failed', completedAt: now(), message: errorOf(failure).message });
      }
      throw failure;
    }
  }

  /** Runs a step whose failure leaves a warning: resolves with null then. A cancellation and withdrawn consent still throw. */
  async function optionalStep<Name extends OptionalStepName>(
    name: Name,
    run: () => Promise<NonNullable<ScanResults[Name]>>,
  ): Promise<NonNullable<ScanResults[Name]> | null> {
    try {
      return await step(name, run);
    } catch (failure) {
      if (isCancellation(failure)) throw failure;
      const { code } = errorOf(failure);
      // Withdrawn consent is no fault of one step: it ends the scan.
      if (code === 'ConsentMissingError') throw failure;
      log.warn('optional_step_failed', { scanId: input.scanId, step: name, code });
      warnings.push(WARNINGS[name]);
      changed = true;
      return null;
    }
  }

  /** Leaves the warning that the estimation had to do without the model. */
  function warnOfRefusal(): void {
    warnings.push(WARNINGS.estimation);
    changed = true;
  }

  /** Ends the scan: what has not run is skipped, and the last write is made, at once. */
  async function end(outcome: TerminalStatus, outcomeError?: ScanError): Promise<void> {
    for (const name of STEP_NAMES) {
      const { state } = steps[name];
      if (state === 'completed' || state === 'failed') continue;
      delete steps[name].nextRetryAt;
      update(name, { state: 'skipped' });
    }
    status = outcome;
    error = outcomeError;
    changed = true;
    await writer;
    events.status(outcome);
  }

  /** Whether a stand-in model has answered. */
  const isSimulated = () => simulated;

  return { step, optionalStep, warnOfRefusal, end, isSimulated };
}

function copyOf(steps: Record<StepName, StepChange>): Record<StepName, StepChange> {
  return Object.fromEntries(STEP_NAMES.map((name) => [name, { ...steps[name] }])) as typeof steps;
}
