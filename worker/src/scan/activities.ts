/** The activities as the workflow calls them: names, inputs, results. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import type { PhotoUrls } from '@reddyfit/shared/scan/photos';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { EstimationResult } from '@reddyfit/shared/scan/results';
import type { ResultOf, StepName } from '@reddyfit/shared/scan/steps';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { ScanRef, ScanSubject, StepInput } from '@reddyfit/shared/temporal/workflows';
import type { ScanUpdate, ScanWritten, StepUpdate, StepWritten } from './scan-store.ts';

/** A body that was measured. */
export interface Composition {
  subject: ScanSubject;
  estimation: EstimationResult;
}

/** Each step. One that asks a model throws ConsentMissingError when the user withdrew consent: nothing more goes to a model then. */
export type StepActivities = {
  [Name in StepName]: (input: StepInput<Name>) => Promise<ResultOf<Name>>;
};

/** Each step, and what writes, tells and settles. */
export interface Activities extends StepActivities {
  /**
   * Writes status and results to the document, and with them, in one commit, the audit entries of what has ended and the credit:
   * spent with the first estimation that is shown and with `completed`, given back with any other end. Key: `rev`; again: nothing.
   * Once it is there, publishes the events that tell of it, which a repeat does again (key: each event's id). An event holds no write:
   * when the topic takes none within moments, the answer says that they are still to be published.
   */
  updateFirestore(
    input: ScanUpdate & { events?: ScanEvent[] },
  ): Promise<ScanWritten & { unpublished?: true }>;
  /**
   * Writes how far a step is that runs again. Key: the run's start, attempt and state; again: nothing. Resolves with `missing`
   * when the scan was deleted, with `unconsented` when a result came after its user had withdrawn consent.
   */
  updateStep(update: StepUpdate): Promise<StepWritten>;
  /** Remembers the result for the next scan. Key: scan id; again: overwrites with the same. */
  rememberScan(input: ScanRef & Composition & { createdAt: string }): Promise<void>;
  /**
   * Tells the user's devices how the scan ended. Key: scan, status and token; again: only to those that did not get it, and
   * what comes twice all the same replaces itself on the phone.
   */
  sendNotification(
    input: ScanRef & {
      status: TerminalStatus;
      bodyFatPercent?: number;
      /** Of a canceled scan: its body fat had been shown, so the credit is spent. */
      creditUsed?: boolean;
    },
  ): Promise<void>;
  /** Publishes a scan's events in order. Key: each event's id; again: published again, subscribers tell by the id. */
  publishEvent(input: { events: ScanEvent[] }): Promise<void>;
  /** Appends to the scan's audit chain. Key: `record.key`; again: nothing. */
  auditLog(input: { scanId: string; record: AuditRecord }): Promise<void>;
  /** Puts copies without faces in the place of a completed scan's photos, where that is set. Key: each object; again: nothing. */
  hideKeptFaces(input: ScanRef & { photoUrls: PhotoUrls }): Promise<void>;
  /** Deletes the scan's photos. Key: the folder; again: nothing left to delete. */
  deleteImages(input: ScanRef): Promise<void>;
  /** Gives the reserved credit back: of scans that began before the status brought it. Key: `<scanId>:refund`; again, or after a commit: nothing. */
  refundScanCredit(input: ScanRef): Promise<void>;
  /** Spends the reserved credit, likewise. Key: `<scanId>:commit`; again, or after a refund: nothing. */
  commitScanCredit(input: ScanRef): Promise<void>;
}
