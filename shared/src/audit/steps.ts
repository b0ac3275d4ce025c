/**
 * Builds the audit records that a write to a scan's document brings: the outcome of each step that ended with that
 * write.
 */

import type { AuditAction, AuditRecord } from './chain.ts';
import type { StepState } from '../scan/statuses.ts';
import { STEP_NAMES, type StepName } from '../scan/steps.ts';

const OUTCOMES: Partial<Record<StepState, AuditAction>> = {
  completed: 'step_completed',
  failed: 'step_failed',
  skipped: 'step_skipped',
};

/** The part of a step that is recorded. */
export interface AuditedStep {
  state: StepState;
  attempt: number;
}

type Steps = Partial<Record<StepName, AuditedStep>>;

/**
 * The records, in the steps' order, of the steps that have ended in `after`, unless they had ended in the same
 * state in `before`. Key `step:<name>:<state>`: a repeated write adds nothing.
 */
export function stepRecords(
  before: Steps | undefined,
  after: Steps,
  who: Pick<AuditRecord, 'at' | 'actor'>,
): AuditRecord[] {
  return STEP_NAMES.flatMap((step) => {
    // In the console somebody can take the number away; a record without one could not be written.
    const { state, attempt = 0 } = after[step] ?? { state: 'pending' };
    const action = OUTCOMES[state];
    if (!action || before?.[step]?.state === state) return [];
    return { ...who, key: `step:${step}:${state}`, action, detail: { step, attempt } };
  });
}
