/** Inputs and results of the workflows. */

import { z } from 'zod';
import { SCAN_ID_PATTERN } from '../names/ids.ts';
import { WAIVABLE_ISSUES } from '../scan/results.ts';
import { cameraElevationAngles, photoUrls } from '../scan/document.ts';
import { TERMINAL_STATUSES, type TerminalStatus } from '../scan/statuses.ts';
import { type OptionalStepName, type ResultOf, STEP, type StepName, type StepOf } from '../scan/steps.ts';
import { isoTime } from '../timestamps.ts';
import { userProfile } from '../account/users.ts';
import { type Reader, reader } from '../words/reader.ts';

/** The user as they were on the day of the scan. */
export const scanSubject = userProfile
  .pick({ sex: true, heightCm: true })
  .strict()
  .extend({
    ageYears: z.number().int().min(0).max(130),
    /** Body weight (lb). */
    weightLb: z.number().positive(),
  });
export type ScanSubject = z.infer<typeof scanSubject>;

/**
 * The course that scans take which this build begins: raised with each change of the workflow's code for which older scans need a
 * marker (`worker/src/scan/course.ts`).
 */
export const SCAN_COURSE = 1;

/** What admission hands to the workflow: references and the subject, never images. */
export const dailyScanInput = z.strictObject({
  scanId: z.string().regex(SCAN_ID_PATTERN),
  userId: z.string().min(1),
  /** gs:// URLs. */
  photoUrls,
  subject: scanSubject,
  /** True when the user was asked to check this weight, or this height, and sent it again. */
  weightConfirmed: z.boolean().optional(),
  /** Reasons for a rejection that the quality gate lets pass. The body is then not measured. */
  without: z.array(z.enum(WAIVABLE_ISSUES)).optional(),
  /** How far above the horizon the camera looked at each photo (degrees), as the scan's document has it. */
  cameraElevationAngles: cameraElevationAngles.optional(),
  /** Reasons for which the user's scan before was rejected. */
  rejectedBefore: z.array(z.enum(WAIVABLE_ISSUES)).optional(),
  /** When the client created the scan. */
  createdAt: isoTime,
  /** The document's `rev` after admission. The workflow counts on from it. */
  rev: z.number().int().positive(),
  /** SCAN_COURSE of the function that starts the workflow. */
  course: z.number().int().positive().optional(),
  /** The language and units of the sentences for the user; English and pounds when absent. */
  reader: reader.optional(),
  /** Start estimation beside the quality check (default true). */
  speculativeEstimation: z.boolean().optional(),
  /** Time (s) within which the scan ends, whatever happens (default 1800): see SCAN_TIME_LIMIT_SECONDS. */
  timeLimitSeconds: z.number().int().positive().optional(),
  /** True when the document says that the scan waits for others (`busy`): then the first step that begins says so. */
  busy: z.boolean().optional(),
  /** True when the function that queued the scan has published `scan.queued`; otherwise the workflow publishes it. */
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

/** A scan and its user. */
export interface ScanRef {
  scanId: string;
  userId: string;
  /** The language and units of a step's sentences; English and pounds when absent. */
  reader?: Reader;
}

/**
 * What steps may be given, by name: facts of the request, and results of earlier steps. The result of an optional step that
 * failed is null.
 */
type Facts = Pick<DailyScanInput, 'photoUrls' | 'subject' | 'createdAt'> & {
  [Name in StepName]: StepOf<Name>['essential'] extends true ? ResultOf<Name> : ResultOf<Name> | null;
};

/** Facts that a request may have. */
type OptionalFacts = Pick<
  DailyScanInput,
  'without' | 'cameraElevationAngles' | 'rejectedBefore' | 'weightConfirmed' | 'busy'
> & {
  /** True when the estimation is to bring the change since the last scan, too. */
  withChange?: boolean;
};

type MayTake<Name extends StepName> =
  StepOf<Name> extends { mayTake: readonly (infer Fact)[] } ? Fact : never;

/** What the activity of a step is given. */
export type StepInput<Name extends StepName> = ScanRef &
  Pick<Facts, Extract<StepOf<Name>['takes'][number], keyof Facts>> &
  Pick<OptionalFacts, Extract<MayTake<Name>, keyof OptionalFacts>>;

/**
 * Picks what the activity of `step` takes from `given`. A fact in its `takes` that is not given is null; one in its `mayTake`
 * is left out.
 */
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

/** retryStepWorkflow: which step, and the input of its activity. */
export type RetryStepInput = { step: OptionalStepName } & ScanRef & Partial<Facts>;

export interface RetryStepResult {
  scanId: string;
  step: OptionalStepName;
  /** `gone` when the scan was deleted meanwhile. */
  state: 'completed' | 'failed' | 'gone';
}

/** announceScanWorkflow: which scan ended without its own workflow, and how. */
export interface AnnounceScanInput {
  scanId: string;
  userId: string;
  status: TerminalStatus;
}

/** deleteScanWorkflow: which scan, its user, and how far an earlier run came. */
export interface DeleteScanInput {
  scanId: string;
  userId: string;
  /**
   * Set when an earlier run of this workflow has deleted the scan: how often it has checked since whether other workflows about
   * the scan are still open.
   */
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
