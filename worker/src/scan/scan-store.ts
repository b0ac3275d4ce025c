/** Scan documents, as activities read and write them. */

import type { ScanError } from '@reddyfit/shared/errors';
import type { EstimationResult, ScanResults } from '@reddyfit/shared/scan/results';
import type { ScanStatus, TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { OptionalStepName, StepName } from '@reddyfit/shared/scan/steps';
import type { Params, Told } from '@reddyfit/shared/words/speaker';

/** A change of a step as the workflow states it. Times are ISO 8601. */
export interface StepChange {
  state: 'pending' | 'running' | 'retrying' | 'completed' | 'failed' | 'skipped';
  attempt: number;
  startedAt?: string;
  /** Of the attempt under way, from the second on. */
  attemptStartedAt?: string;
  completedAt?: string;
  nextRetryAt?: string;
  message?: string;
  messageCode?: string;
  params?: Params;
}

/** One write to a scan document: the whole of its steps, and what is new of its results. */
export interface ScanUpdate {
  scanId: string;
  /** Applied only when greater than the document's; so a repeated or late write changes nothing. */
  rev: number;
  status: ScanStatus;
  progress: number;
  steps: Record<StepName, StepChange>;
  results: Partial<ScanResults>;
  warnings: string[];
  /** Which sentences they are, in the same order. */
  warningCodes: Omit<Told, 'message'>[];
  error?: ScanError;
  workflow: { id: string; runId: string };
  simulated?: boolean;
  updatedAt: string;
  completedAt?: string;
  /** When the workflow started, until a write has been applied: it goes into the audit chain before all that the write itself brings. */
  startedAt?: string;
}

/**
 * What became of a write to a scan: `applied`, now or by the same write before; `stale`, a later one of the same workflow is there;
 * `ended`, someone else has ended the scan, as `status`; `missing`, the document is gone; `unconsented`, it brought results, and
 * their user has withdrawn consent. Only the first has changed anything.
 */
export type ScanWritten =
  | { outcome: 'applied' | 'stale' | 'missing' | 'unconsented' }
  | { outcome: 'ended'; status: TerminalStatus };

/** The same of a write about one step. */
export type StepWritten = 'applied' | 'stale' | 'missing' | 'unconsented';

/** One write about a step that runs again after its scan has completed. Times are ISO 8601. */
export interface StepUpdate {
  scanId: string;
  step: OptionalStepName;
  /** `startedAt` tells this run from others; with state and attempt it says which of two writes is the later. */
  change: StepChange & { startedAt: string };
  /** The step's part of the results, once it has completed; the warning that it failed goes then. */
  result?: ScanResults[OptionalStepName];
  /** By its code; by its sentence on documents that have no codes. */
  warning: Pick<Told, 'messageCode' | 'message'>;
  simulated?: boolean;
  updatedAt: string;
}

/** An earlier, completed scan of the same user. */
export interface EarlierScan {
  scanId: string;
  createdAt: Date;
  weightLb: number;
  estimation: Pick<EstimationResult, 'bodyFatPercent' | 'leanMassLb' | 'fatMassLb' | 'repeatSd'>;
}

/** Scan documents. */
export interface ScanStore {
  /**
   * Writes an update with all that becomes true with it, in one commit: audit entries and the movement of the credit. Key: `rev`;
   * again: nothing, and `applied`.
   */
  apply(update: ScanUpdate): Promise<ScanWritten>;
  /**
   * Writes how far a step of a completed scan is, that step alone, under the next `rev`. Key: the step's `startedAt`, attempt
   * and state; late, or over a step that another run has completed: `stale`.
   */
  applyStep(update: StepUpdate): Promise<StepWritten>;
  /** Completed scans created before `before` and at or after `since`, which is a year ago at most, newest first; none of a doubtful weight. */
  earlier(uid: string, since: Date, before: Date): Promise<EarlierScan[]>;
}
