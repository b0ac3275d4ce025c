/** Inputs and results of the workflows. */

import { z } from 'zod';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { WAIVABLE_ISSUES } from '../scan/results.ts';
import { photoUrls } from '../scan/document.ts';
import { TERMINAL_STATUSES, type TerminalStatus } from '../scan/statuses.ts';
import { type OptionalStepName, type ResultOf, STEP, type StepName, type StepOf } from '../scan/steps.ts';
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

/** Which scan, whose. */
export interface ScanRef {
  scanId: string;
  userId: string;
  /** Whom the sentences of a step are for; English and pounds when absent. */
  reader?: Reader;
}

/** What steps may be given, by name: facts of the request, and what earlier steps found. An optional one that failed has found null. */
type Facts = Pick<DailyScanInput, 'photoUrls' | 'subject' | 'createdAt'> & {
  [Name in StepName]: StepOf<Name>['essential'] extends true ? ResultOf<Name> : ResultOf<Name> | null;
};

/** What the request may say besides. */
type OptionalFacts = Pick<DailyScanInput, 'without' | 'rejectedBefore' | 'weightConfirmed'>;

type MayTake<Name extends StepName> =
  StepOf<Name> extends { mayTake: readonly (infer Fact)[] } ? Fact : never;

/** What the activity of a step is given. */
export type StepInput<Name extends StepName> = ScanRef &
  Pick<Facts, Extract<StepOf<Name>['takes'][number], keyof Facts>> &
  Pick<OptionalFacts, Extract<MayTake<Name>, keyof OptionalFacts>>;

/** Of `given`, what the activity of a step takes. A fact that is not there is null. */
export function inputOf<Name extends StepName>(
  step: Name,
  given: ScanRef & OptionalFacts & { readonly [Fact in keyof Facts]?: Facts[Fact] | undefined },
): StepInput<Name> {
  const { scanId, userId, reader: readBy } = given;
  const {
    takes,
    mayTake = [],
  }: { takes: readonly (keyof Facts)[]; mayTake?: readonly (keyof OptionalFacts)[] } = STEP[step];
  const taken = [
    ...takes.map((fact) => [fact, given[fact] ?? null] as const),
    ...mayTake.flatMap((fact) => (given[fact] === undefined ? [] : [[fact, given[fact]] as const])),
  ];
  return {
    scanId,
    userId,
    ...(readBy && { reader: readBy }),
    ...Object.fromEntries(taken),
  } as StepInput<Name>;
}

/** retryStepWorkflow: which step, and what its activity is given. */
export type RetryStepInput = { step: OptionalStepName } & ScanRef & Partial<Facts>;

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
