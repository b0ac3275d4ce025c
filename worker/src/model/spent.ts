/** Keeps, beside an error, what the failed attempt has asked of a model. */

import type { RefusedCall } from '@reddyfit/shared/scan/results';
import type { ModelSpent } from '@reddyfit/shared/temporal/step-attempts';

const spentBy = new WeakMap<object, ModelSpent>();

/** Notes what was asked before `error` was thrown; returns the error. */
export function withSpent<Thrown>(error: Thrown, spent: ModelSpent): Thrown {
  if (typeof error === 'object' && error !== null) spentBy.set(error, spent);
  return error;
}

/** What was asked of a model before `error` was thrown; undefined when no model was asked. */
export function spentOf(error: unknown): ModelSpent | undefined {
  return typeof error === 'object' && error !== null ? spentBy.get(error) : undefined;
}

/** The part of a step's result that says what `refusal` has cost, for a step that goes on without the model; empty when nothing was answered. */
export function costOfRefusal(refusal: unknown): { refusedCall?: RefusedCall } {
  const spent = spentOf(refusal);
  if (!spent || spent.model === null) return {};
  const { model, inputTokens, outputTokens, ms, asks } = spent;
  return { refusedCall: { model, inputTokens, outputTokens, latencyMs: ms, asks } };
}
