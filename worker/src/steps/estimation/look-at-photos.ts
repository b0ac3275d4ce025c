/** A model's look at a scan's photos, and a second look when the first is far from what was measured. */

import type { EstimationFlag } from '@reddyfit/shared/scan/results';
import { createEstimationAgent, type EstimationInput, type Measured, type VisualEstimate } from './agent.ts';
import type { Estimate } from '../../body/equations/combine-estimates.ts';
import { disagrees, visualEstimate } from '../../body/fusion/visual.ts';
import { log } from '../../platform/logs.ts';
import type { Memory } from '../../store/ports.ts';
import type { Model } from '../../model/model.ts';
import { type PhotoDataUrls, withFailed } from '../../model/ask.ts';
import { spentOf } from '../../model/spent.ts';
import type { StepInput } from '@reddyfit/shared/temporal/workflows';
import { withoutResults } from '../../scan/scan-memory.ts';

/** How many memories the model is shown: enough to show a development, few enough to stay a small part of the prompt. */
const MEMORIES = 5;

const QUERY = 'body composition: body fat, lean mass, weight';

/** The question to the model, the answer that was taken, the estimate made from that answer, and the flags to set on the result. */
export interface VisualAssessment {
  readonly question: EstimationInput;
  readonly seen: VisualEstimate;
  readonly estimate: Estimate;
  readonly flags: readonly EstimationFlag[];
}

/** Looks at photos with `model`. Throws the errors of the model. */
export function createLook(model: Model, memory: Memory) {
  const agent = createEstimationAgent(model);

  /** The user's memories; none when the memory does not answer. */
  function recall(userId: string, scanId: string, signal: AbortSignal): Promise<string[]> {
    return memory.recall(userId, QUERY, MEMORIES, signal).catch(() => {
      log('WARNING', 'memory_not_recalled', { scanId });
      return [];
    });
  }

  return {
    /** The first look. The model is not told what was measured, now or before, so that it judges for itself. */
    async look(
      { scanId, userId, subject, reader }: StepInput<'estimation'>,
      photos: PhotoDataUrls,
      signal: AbortSignal,
    ): Promise<VisualAssessment> {
      const memories = await recall(userId, scanId, signal);
      const question = { subject, reader, memories: withoutResults(memories), photos };
      const seen = await agent.look(question, signal);
      return { question, seen, estimate: visualEstimate(seen), flags: [] };
    },

    /**
     * The second look, made once, with the measurement shown. Its estimate counts for less even when it is near the
     * measurement, because it is no longer the model's independent judgement. When the second answer fails, the first
     * one is used, with what both have cost.
     */
    async lookAgain(
      { question, seen: first }: VisualAssessment,
      shown: Measured,
      measured: Estimate,
      signal: AbortSignal,
    ): Promise<VisualAssessment> {
      const seen = await agent.lookAgain(question, first, shown, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        const spent = spentOf(error);
        return spent ? { ...first, modelCall: withFailed(first.modelCall, spent) } : first;
      });
      const flag = disagrees(seen, measured) ? 'model_disagrees' : 'model_asked_again';
      return { question, seen, estimate: visualEstimate(seen, true), flags: [flag] };
    },
  };
}
