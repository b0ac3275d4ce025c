/** An estimation for tests that start from one. */

import type { EstimationResult } from '@reddyfit/shared/scan/results';

/** A plausible estimation of a person of 200 lb, changed by `change`. */
export function estimationOf(change: Partial<EstimationResult> = {}): EstimationResult {
  return {
    bodyFatPercent: 28,
    bodyFatRange: { low: 26, high: 30 },
    leanMassLb: 144,
    fatMassLb: 56,
    bmi: 28,
    confidence: 0.8,
    observations: [],
    modelCall: {
      model: 'gpt-test',
      promptVersion: 'test-1',
      inputTokens: 1,
      outputTokens: 1,
      latencyMs: 1,
      asks: 1,
      simulated: false,
    },
    ...change,
  };
}
