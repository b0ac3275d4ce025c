/**
 * Builds the audit records that a write to a scan's document brings: the outcome of each step that ended with that
 * write.
 */

import type { AuditAction, AuditRecord } from './chain.ts';
import type { StepState } from '../scan/statuses.ts';
import { STEP_NAMES, type StepName } from '../scan/steps.ts';
import { millisOf } from '../timestamps.ts';

const OUTCOMES: Partial<Record<StepState, AuditAction>> = {
  completed: 'step_completed',
  failed: 'step_failed',
  skipped: 'step_skipped',
};

/** The part of a step that is recorded. `completedAt` is ISO 8601 in a workflow, and Firestore's own type on a document. */
export interface AuditedStep {
  state: StepState;
  attempt: number;
  completedAt?: string | { toMillis(): number } | undefined;
}

type Steps = Partial<Record<StepName, AuditedStep>>;

/**
 * The records, in the steps' order, of the steps that have ended in `after`, unless they had ended in the same
 * state in `before`. Each has the time at which its step ended, which may be long before the write that brings it; a step that
 * did not run has `who.at`. Key `step:<name>:<state>`: a repeated write adds nothing.
 */
export function stepRecords(
  before: Steps | undefined,
  after: Steps,
  who: Pick<AuditRecord, 'at' | 'actor'>,
): AuditRecord[] {
  return STEP_NAMES.flatMap((step) => {
    // In the console somebody can take the number away; a record without one could not be written.
    const { state, attempt = 0, completedAt }: Partial<AuditedStep> = after[step] ?? {};
    const action = state && OUTCOMES[state];
    if (!action || before?.[step]?.state === state) return [];
    // Not a number also where a document that somebody has spoiled has something else: its scan must end all the same.
    const ms = typeof completedAt === 'string' ? Date.parse(completedAt) : (millisOf(completedAt) ?? NaN);
    const at = Number.isNaN(ms) ? who.at : new Date(ms).toISOString();
    return { ...who, at, key: `step:${step}:${state}`, action, detail: { step, attempt } };
  });
}
