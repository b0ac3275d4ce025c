/** Daily energy and macronutrients: the targets are computed, and the model writes meals and advice. */

import { lbToKg } from '@reddyfit/shared/scan/measures';
import { nutritionResult, type EstimationResult, type NutritionResult } from '@reddyfit/shared/scan/results';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { referenceMassKg } from '../../body/equations/body-composition.ts';
import { basalMetabolicRate, calorieTarget, dailyEnergy } from '../../body/equations/energy.ts';
import { goalFor } from '../../body/equations/goal.ts';
import { macronutrients } from '../../body/equations/macronutrients.ts';
import type { Model } from '../../model/model.ts';
import { ask, type Prompt } from '../../model/ask.ts';
import type { Reader } from '@reddyfit/shared/words/reader';

export interface NutritionInput {
  readonly subject: ScanSubject;
  readonly reader?: Reader | undefined;
  readonly estimation: EstimationResult;
}

/** Schema of the model's answer. */
export const nutritionAnswer = nutritionResult.pick({ meals: true, advice: true });

/** The computed part of the result: whole kcal/day and g/day. */
export type NutritionTargets = Omit<NutritionResult, 'meals' | 'advice' | 'modelCall'>;

/** Computes the targets of a day from published equations (see equations/). */
export function nutritionTargets({ subject, estimation }: NutritionInput): NutritionTargets {
  const goal = goalFor({ ...subject, ...estimation });
  const bmr = basalMetabolicRate(lbToKg(estimation.leanMassLb));
  const tdee = dailyEnergy(bmr);
  const target = calorieTarget(tdee, goal, subject.sex);
  const macros = macronutrients(target, referenceMassKg(subject.weightLb, subject.heightCm));
  return {
    goal,
    bmrKcal: Math.round(bmr),
    tdeeKcal: Math.round(tdee),
    calorieTargetKcal: Math.round(target),
    proteinG: Math.round(macros.proteinG),
    fatG: Math.round(macros.fatG),
    carbsG: Math.round(macros.carbsG),
  };
}

/** The prompt, a pure function of the targets. */
export function nutritionPrompt(targets: NutritionTargets): Prompt {
  return {
    instructions: [
      'You turn daily energy and macronutrient targets into food.',
      'meals: three to five meals of one ordinary day that together come close to calorieTargetKcal and proteinG;',
      'each with its ingredients, rough amounts, and protein. Everyday food, no brands.',
      'advice: two or three sentences on how to keep to the targets given the goal.',
      'Mention common allergens by name where a meal has them. No fasting, no purging, no detox.',
    ].join('\n'),
    facts: { ...targets },
  };
}

/** Computes the targets and asks the model for meals. Throws the errors of `ask`. */
export function createNutritionAgent(model: Model) {
  return async (input: NutritionInput, signal: AbortSignal): Promise<NutritionResult> => {
    const targets = nutritionTargets(input);
    const { answer, modelCall } = await ask(
      model,
      {
        step: 'nutrition',
        promptName: 'nutrition',
        prompt: nutritionPrompt(targets),
        reader: input.reader,
        answer: nutritionAnswer,
      },
      signal,
    );
    return { ...targets, ...answer, modelCall };
  };
}
