/** Daily water: the amount is computed, and the model writes the tips. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import { hydrationResult, type HydrationResult } from '@reddyfit/shared/scan/results';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { dailyWaterMl, mlToFlOz } from '../../body/equations/water.ts';
import type { Model } from '../../model/model.ts';
import { ask, type Prompt } from '../../model/ask.ts';
import type { Reader } from '@reddyfit/shared/words/reader';

/** Schema of the model's answer. */
export const hydrationAnswer = hydrationResult.pick({ tips: true });

/** The computed part of the result. */
export type HydrationTarget = Pick<HydrationResult, 'dailyWaterMl' | 'dailyWaterFlOz'>;

/** Computes the water of a day from weight, age and sex (see equations/water.ts). */
export function hydrationTarget(subject: ScanSubject): HydrationTarget {
  const ml = dailyWaterMl(lbToKg(subject.weightLb), subject.ageYears, subject.sex);
  return { dailyWaterMl: ml, dailyWaterFlOz: Math.round(mlToFlOz(ml)) };
}

/** The prompt, a pure function of the target. */
export function hydrationPrompt(target: HydrationTarget): Prompt {
  return {
    instructions: [
      'You help someone drink the amount of water in FACTS on an ordinary day.',
      'tips: three or four sentences, each one practical habit. Say that heat, training and thirst ask for more,',
      'and that a physician who limits their fluids comes first.',
    ].join('\n'),
    facts: { ...target },
  };
}

/** Computes the amount and asks the model for tips. Throws the errors of `ask`. */
export function createHydrationAgent(model: Model) {
  return async (
    { subject, reader }: { subject: ScanSubject; reader?: Reader | undefined },
    signal: AbortSignal,
  ): Promise<HydrationResult> => {
    const target = hydrationTarget(subject);
    const { answer, modelCall } = await ask(
      model,
      {
        step: 'hydration',
        promptName: 'hydration',
        prompt: hydrationPrompt(target),
        reader,
        answer: hydrationAnswer,
      },
      signal,
    );
    return { ...target, ...answer, modelCall };
  };
}
