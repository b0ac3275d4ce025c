/** The port to scan documents, which activities read and write. */

import type { ScanError } from '@reddyfit/shared/errors';
import type { ScanSummary } from '@reddyfit/shared/scan/history';
import type { ScanResults } from '@reddyfit/shared/scan/results';
import type { ScanStatus, TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { OptionalStepName, StepName } from '@reddyfit/shared/scan/steps';
import type { Params, Told } from '@reddyfit/shared/words/speaker';

/** The state of a step as the workflow reports it. Times are ISO 8601. */
export interface StepChange {
  state: 'pending' | 'running' | 'retrying' | 'completed' | 'failed' | 'skipped';
  attempt: number;
  startedAt?: string;
  /** Start of the current attempt, from the second attempt on. */
  attemptStartedAt?: string;
  completedAt?: string;
  nextRetryAt?: string;
  message?: string;
  messageCode?: string;
  params?: Params;
}

/** One write to a scan document: the state of all its steps, and its new results. */
export interface ScanUpdate {
  scanId: string;
  /** The write is applied only when `rev` is greater than the document's, so a repeated or late write changes nothing. */
  rev: number;
  status: ScanStatus;
  progress: number;
  steps: Record<StepName, StepChange>;
  results: Partial<ScanResults>;
  warnings: string[];
  /** The codes and parameters of `warnings`, in the same order. */
  warningCodes: Omit<Told, 'message'>[];
  error?: ScanError;
  workflow: { id: string; runId: string };
  simulated?: boolean;
  updatedAt: string;
  completedAt?: string;
  /** True once a scan that waited for others has begun or ended: the document no longer says that it is busy. */
  waitIsOver?: boolean;
  /**
   * When the workflow started. Present until a write has recorded that: the audit entry of the start comes before all others of
   * that write.
   */
  startedAt?: string;
  /**
   * True when the start may be recorded by a later write, which will bring `startedAt` again; absent in the writes of a workflow
   * that brings it only until a write was applied.
   */
  startMayWait?: true;
}

/**
 * Result of a write to a scan. Only an applied write has changed anything.
 * - `applied`: the document was changed, now or by the same write before.
 * - `stale`: a later write of the same workflow came first.
 * - `ended`: someone else has ended the scan, with `status`.
 * - `missing`: the document is gone.
 * - `unconsented`: the write brought results, and their user has withdrawn consent.
 */
export type ScanWritten =
  | { outcome: 'applied' | 'stale' | 'missing' | 'unconsented' }
  | { outcome: 'ended'; status: TerminalStatus };

/** Result of a write about one step; the values mean the same. */
export type StepWritten = 'applied' | 'stale' | 'missing' | 'unconsented';

/** One write about a step that is retried after its scan has completed. Times are ISO 8601. */
export interface StepUpdate {
  scanId: string;
  step: OptionalStepName;
  /** `startedAt` tells this run from other runs. With state and attempt it decides which of two writes is the later. */
  change: StepChange & { startedAt: string };
  /** The step's result, once it has completed. The write also removes the warning that the step had failed. */
  result?: ScanResults[OptionalStepName];
  /** The step's warning, found by its code, or by its sentence on documents without codes. */
  warning: Pick<Told, 'messageCode' | 'message'>;
  simulated?: boolean;
  updatedAt: string;
}

/** An earlier, completed scan of the same user. */
export interface EarlierScan {
  scanId: string;
  createdAt: Date;
  weightLb: number;
  estimation: ScanSummary['estimation'];
}

/** Reads and writes scan documents. */
export interface ScanStore {
  /**
   * Writes an update together with its audit entries and the movement of the credit, in one commit. Key: `rev`; a
   * second call writes nothing and resolves with `applied`.
   */
  apply(update: ScanUpdate): Promise<ScanWritten>;
  /**
   * Writes how far one step of a completed scan is, under the next `rev`, and nothing else. Key: the step's
   * `startedAt`, attempt and state. Resolves with `stale` for a late write, or when another run has completed the step.
   */
  applyStep(update: StepUpdate): Promise<StepWritten>;
  /**
   * The user's completed scans created before `before` and at or after `since`, newest first. Scans with a doubtful weight are
   * left out. Of a very long history the newest are known, at least 1,000.
   */
  earlier(uid: string, since: Date, before: Date): Promise<EarlierScan[]>;
}
