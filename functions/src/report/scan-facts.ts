/**
 * What the report reads of a scan: times, states, attempts and tokens. It reads nothing about the user, the body or the
 * photos.
 */

import { type TerminalStatus, type ScanStatus, TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES, type StepName, STEPS } from '@reddyfit/shared/scan/steps';
import type { DocumentData } from 'firebase-admin/firestore';

export interface StepFacts {
  readonly state: string;
  readonly attempt: number;
  /** From the step's start to its end, retries and their waits included (ms); absent for a step that did not end. */
  readonly durationMs?: number;
}

export interface CallFacts {
  readonly step: StepName;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
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
  ...STEPS.filter(({ asksModel }) => asksModel).map(({ name }) => `results.${name}.modelCall`),
];

/** Facts of a document that holds these fields. */
export function factsOf(scanId: string, document: DocumentData): ScanFacts {
  const {
    status,
    createdAt,
    completedAt,
    workflow,
    simulated,
    build,
    rev,
    error,
    steps = {},
    results = {},
  } = document;
  return {
    scanId,
    status,
    createdAt: createdAt.toMillis(),
    ...(isEnd(status) && completedAt && { durationMs: completedAt.toMillis() - createdAt.toMillis() }),
    ...(workflow?.runId && { runId: workflow.runId }),
    simulated: simulated === true,
    ...(build && { build }),
    writes: rev ?? 0,
    ...(error?.code && { errorCode: error.code }),
    steps: Object.fromEntries(
      STEP_NAMES.filter((name) => steps[name]).map((name) => [name, stepFacts(steps[name])]),
    ),
    calls: STEP_NAMES.flatMap((step) => {
      const call = results[step]?.modelCall;
      if (!call) return [];
      const { model, inputTokens, outputTokens } = call;
      return [{ step, model, inputTokens, outputTokens }];
    }),
  };
}

function stepFacts({ state, attempt, startedAt, completedAt }: DocumentData): StepFacts {
  const ended = startedAt && completedAt;
  return { state, attempt, ...(ended && { durationMs: completedAt.toMillis() - startedAt.toMillis() }) };
}

/** True for a status that ends a scan. */
export function isEnd(status: string): status is TerminalStatus {
  return TERMINAL_STATUSES.some((terminal) => terminal === status);
}
