/**
 * What the report reads of a scan: times, states, attempts and tokens. It reads nothing about the user, the body or the
 * photos.
 */

import {
  type TerminalStatus,
  type ScanStatus,
  SCAN_STATUSES,
  TERMINAL_STATUSES,
} from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, type StepName, STEPS } from '@reddyfit/shared/scan/steps';
import { millisOf } from '@reddyfit/shared/timestamps';
import type { DocumentData } from 'firebase-admin/firestore';

export interface StepFacts {
  readonly state: string;
  readonly attempt: number;
  /** ms since 1970. */
  readonly startedAt?: number;
  /** From the step's start to its end, retries and their waits included (ms); absent for a step that did not end. */
  readonly durationMs?: number;
}

export interface CallFacts {
  readonly step: StepName;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Over all asks (ms), and how often it was asked; absent where the document does not say. */
  readonly ms?: number;
  readonly asks?: number;
  /** True when the model declined and the step completed without it. */
  readonly refused?: true;
}

export interface ScanFacts {
  readonly scanId: string;
  readonly status: ScanStatus;
  /** ms since 1970. */
  readonly createdAt: number;
  /** From the client's request to the final status (ms); absent while it runs. */
  readonly durationMs?: number;
  /** The run of the scan's workflow; absent when no workflow has written to the scan. */
  readonly runId?: string;
  readonly simulated: boolean;
  /** Build of the functions that admitted or refused the scan; absent in scans from before it was recorded. */
  readonly build?: string;
  /** How many writes the server made to the document. */
  readonly writes: number;
  readonly errorCode?: string;
  readonly steps: Readonly<Partial<Record<StepName, StepFacts>>>;
  readonly calls: readonly CallFacts[];
}

/** What a scan asked of models: the calls whose answers its results hold, and those of models that declined. */
export const CALL_FIELDS = STEPS.filter(({ asksModel }) => asksModel).flatMap(({ name }) =>
  ['modelCall', 'refusedCall'].map((call) => `results.${name}.${call}`),
);

/** The fields of a scan document from which the facts are made: the only ones that leave the database. */
export const FACT_FIELDS = [
  'status',
  'createdAt',
  'completedAt',
  'workflow.runId',
  'simulated',
  'build',
  'rev',
  'error.code',
  ...STEP_NAMES.flatMap((step) =>
    ['state', 'attempt', 'startedAt', 'completedAt'].map((field) => `steps.${step}.${field}`),
  ),
  ...CALL_FIELDS,
];

/**
 * Facts of a document that holds these fields; null when its status or its time of creation is none: it counts nowhere. What else somebody has
 * broken is as if it were not there.
 */
export function factsOf(scanId: string, document: DocumentData): ScanFacts | null {
  const { status, createdAt, completedAt, workflow, simulated, build, rev, error, steps, results } = document;
  const created = millisOf(createdAt);
  const ended = millisOf(completedAt);
  if (created === undefined || !SCAN_STATUSES.some((known) => known === status)) return null;
  return {
    scanId,
    status,
    createdAt: created,
    ...(isEnd(status) && ended !== undefined && { durationMs: ended - created }),
    ...(isText(workflow?.runId) && { runId: workflow.runId }),
    simulated: simulated === true,
    ...(isText(build) && { build }),
    writes: isNumber(rev) ? rev : 0,
    ...(isText(error?.code) && { errorCode: error.code }),
    steps: Object.fromEntries(
      STEP_NAMES.flatMap((name) => (steps?.[name] ? [[name, stepFacts(steps[name])]] : [])),
    ),
    calls: STEP_NAMES.flatMap((step) => [
      ...callFacts(step, results?.[step]?.modelCall),
      ...callFacts(step, results?.[step]?.refusedCall).map((call) => ({ ...call, refused: true as const })),
    ]),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** The facts of one call; none when it cannot be read. */
function callFacts(step: StepName, call: DocumentData | undefined): CallFacts[] {
  const { model, inputTokens, outputTokens, latencyMs, asks } = call ?? {};
  if (!isText(model) || !isNumber(inputTokens) || !isNumber(outputTokens)) return [];
  const said = { ...(isNumber(latencyMs) && { ms: latencyMs }), ...(isNumber(asks) && { asks }) };
  return [{ step, model, inputTokens, outputTokens, ...said }];
}

function stepFacts({ state, attempt, startedAt, completedAt }: DocumentData): StepFacts {
  const [started, ended] = [millisOf(startedAt), millisOf(completedAt)];
  return {
    state,
    attempt: isNumber(attempt) ? attempt : 0,
    ...(started !== undefined && { startedAt: started }),
    ...(started !== undefined && ended !== undefined && { durationMs: ended - started }),
  };
}

/** True for a status that ends a scan. */
export function isEnd(status: string): status is TerminalStatus {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}
