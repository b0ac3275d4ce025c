/** The activities as the workflow calls them: names, inputs, results. Each is implemented in the file of its name. */

import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { PhotoUrls } from '@reddyfit/shared/scan/photos';
import type {
  DeltaResult,
  EstimationResult,
  HydrationResult,
  InsightsResult,
  NutritionResult,
  QualityCheckResult,
  WaivableIssue,
  WorkoutResult,
} from '@reddyfit/shared/scan/results';
import type { TerminalStatus } from '@reddyfit/shared/scan/statuses';
import type { Reader } from '@reddyfit/shared/words/reader';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { ScanUpdate, ScanWritten, StepUpdate, StepWritten } from '../ports.ts';

/** Which scan, whose. */
export interface ScanRef {
  scanId: string;
  userId: string;
  /** Whom the sentences of a step are for; English and pounds when absent. */
  reader?: Reader;
}

/** Bodies that were measured: what the steps after estimation start from. */
export interface Composition {
  subject: ScanSubject;
  estimation: EstimationResult;
}

/** The steps throw ConsentMissingError when the user withdrew consent: nothing more goes to a model then. */
export interface Activities {
  /**
   * Judges the four photos, pixels first. Resolves with the verdict; a bad photo is a verdict, not an error. Reasons in `without` are let pass;
   * one that is in `rejectedBefore`, too, brings the offer to let it pass the next time.
   */
  qualityCheck(
    input: ScanRef & {
      photoUrls: PhotoUrls;
      without?: readonly WaivableIssue[];
      rejectedBefore?: readonly WaivableIssue[];
    },
  ): Promise<QualityCheckResult>;
  /**
   * Estimates body composition from what is measured, seen and known of the scan before. InvalidImageError when a photo
   * cannot be read, WeightDoubtfulError when the weight cannot belong to the measured body and was not confirmed. With anything in `without` the body is not measured. `createdAt` is absent for scans that began before it was sent.
   */
  estimation(
    input: ScanRef & {
      photoUrls: PhotoUrls;
      subject: ScanSubject;
      createdAt?: string;
      weightConfirmed?: boolean;
      without?: readonly WaivableIssue[];
    },
  ): Promise<EstimationResult>;
  /** Compares with earlier scans; arithmetic only. */
  delta(input: ScanRef & Composition & { createdAt: string }): Promise<DeltaResult>;
  insights(input: ScanRef & Composition & { delta: DeltaResult | null }): Promise<InsightsResult>;
  nutrition(input: ScanRef & Composition): Promise<NutritionResult>;
  workout(input: ScanRef & Composition): Promise<WorkoutResult>;
  hydration(input: ScanRef & { subject: ScanSubject }): Promise<HydrationResult>;

  /**
   * Writes status and results to the document, and with them, in one commit, the audit entries of what has ended and the credit:
   * spent with the first estimation that is shown and with `completed`, given back with any other end. Key: `rev`; again: nothing.
   */
  updateFirestore(update: ScanUpdate): Promise<ScanWritten>;
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
