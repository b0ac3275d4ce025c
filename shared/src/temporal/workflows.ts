/** Inputs and results of the workflows. */

import { z } from 'zod';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { type DeltaResult, type EstimationResult, WAIVABLE_ISSUES } from '../scan/results.ts';
import { photoUrls } from '../scan/document.ts';
import { TERMINAL_STATUSES, type TerminalStatus } from '../scan/statuses.ts';
import type { OptionalStepName } from '../scan/steps.ts';
import { isoTime } from '../timestamps.ts';
import { userProfile } from '../account/users.ts';
import { type Reader, reader } from '../words/reader.ts';

/** The person as they were on the day of the scan. */
export const scanSubject = userProfile
  .pick({ sex: true, heightCm: true })
  .strict()
  .extend({
    ageYears: z.number().int().min(0).max(130),
    /** Body weight (lb). */
    weightLb: z.number().positive(),
  });
export type ScanSubject = z.infer<typeof scanSubject>;

/** What admission hands to the workflow: references and the subject, never images. */
export const dailyScanInput = z.strictObject({
  scanId: z.string().regex(SCAN_ID_PATTERN),
  userId: z.string().min(1),
  /** gs:// URLs. */
  photoUrls,
  subject: scanSubject,
  /** True when the user was asked about this weight, or this height, and sent it again. */
  weightConfirmed: z.boolean().optional(),
  /** Reasons that the gate is to let pass; the body is not measured then. */
  without: z.array(z.enum(WAIVABLE_ISSUES)).optional(),
  /** Reasons that the user's scan before was rejected for. */
  rejectedBefore: z.array(z.enum(WAIVABLE_ISSUES)).optional(),
  /** When the client created the scan. */
  createdAt: isoTime,
  /** `rev` that admission left on the document; the workflow counts on from it. */
  rev: z.number().int().positive(),
  /** Whom the sentences are for; English and pounds when absent. */
  reader: reader.optional(),
  /** Start estimation beside the quality check (default true). */
  speculativeEstimation: z.boolean().optional(),
  /** Time (s) within which the scan ends, whatever happens (default 1800): see SCAN_TIME_LIMIT_SECONDS. */
  timeLimitSeconds: z.number().int().positive().optional(),
  /** True when `scan.queued` was published by who queued it. */
  queuedPublished: z.boolean().optional(),
});
export type DailyScanInput = z.infer<typeof dailyScanInput>;

/** Time (s) within which a scan ends where nothing else is configured. */
export const DEFAULT_TIME_LIMIT_SECONDS = 1800;

export const dailyScanResult = z.strictObject({
  scanId: z.string(),
  status: z.enum(TERMINAL_STATUSES),
});
export type DailyScanResult = z.infer<typeof dailyScanResult>;

/** retryStepWorkflow: which step, and what it starts from. */
export interface RetryStepInput {
  scanId: string;
  userId: string;
  step: OptionalStepName;
  /** When the client created the scan. ISO 8601. */
  createdAt: string;
  subject: ScanSubject;
  estimation: EstimationResult;
  /** The change that insights are to speak of; null when there is none. */
  delta: DeltaResult | null;
  /** Whom the sentences are for; English and pounds when absent. */
  reader?: Reader;
}

export interface RetryStepResult {
  scanId: string;
  step: OptionalStepName;
  /** `gone` when the scan was deleted meanwhile. */
  state: 'completed' | 'failed' | 'gone';
}

/** announceScanWorkflow: a scan that ended without its own workflow. */
export interface AnnounceScanInput {
  scanId: string;
  userId: string;
  status: TerminalStatus;
}

/** deleteScanWorkflow: whose scan, and how far it is. */
export interface DeleteScanInput {
  scanId: string;
  userId: string;
  /** Set when an earlier run has deleted the scan: how often it looked since whether workflows about it go on. */
  looks?: number;
}

/** exportDataWorkflow and deleteAccountWorkflow: whose data. */
export interface UserInput {
  userId: string;
}

/** What exportDataWorkflow made: one object in the photo bucket. */
export interface ExportedData {
  object: string;
  bytes: number;
}
