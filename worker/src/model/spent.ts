/** Keeps, beside an error, what the failed attempt has asked of a model. */

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
