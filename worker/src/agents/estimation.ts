/** Estimates body fat from four photos; everything that follows from it is computed. */

import { lbToKg, round } from '@reddyfit/shared/measures';
import { estimationResult, type EstimationResult } from '@reddyfit/shared/results';
import type { ScanSubject } from '@reddyfit/shared/workflow';
import { z } from 'zod';
import { bodyMassIndex, splitMass } from '../equations/body-composition.ts';
import { bodyFatByBmi } from '../equations/body-fat-by-bmi.ts';
import type { Sex } from '../equations/sex.ts';
import type { Model } from '../ports.ts';
import { ask, type PhotoDataUrls, type Prompt } from './ask.ts';

export const PROMPT_VERSION = 'estimation-2026-11-23';

/** What the estimation starts from. */
export interface EstimationInput {
  readonly subject: ScanSubject;
  /** Texts remembered of earlier scans, nearest first. */
  readonly memories: readonly string[];
  readonly photos: PhotoDataUrls;
}

/** Least body fat compatible with life (%): essential fat, rounded (Lohman 1992, Advances in Body Composition Assessment). */
const ESSENTIAL_FAT: Record<Sex, number> = { male: 3, female: 10 };

/** Beyond it a number is a mistake rather than a body (%). */
const MAX_BODY_FAT = 65;

/**
 * How far an estimate may lie from what body mass index, age and sex predict (points). More room below, since the
 * prediction reads a trained person's muscle as fat; the other way it errs by about 4 points (Deurenberg 1991).
 */
const PLAUSIBLE = { below: 20, above: 15 } as const;

/** The prediction is a straight line; bodies level off, so it counts up to here only (%). */
const PREDICTED_MAX = 50;

/** What the model must answer. Percent of body mass. */
export const estimationAnswer = z.strictObject({
  bodyFatPercent: z.number().min(ESSENTIAL_FAT.male).max(MAX_BODY_FAT).describe('Best estimate, one decimal'),
  low: z.number().min(0).max(MAX_BODY_FAT).describe('Low end of the range you are 80 % sure of'),
  high: z.number().min(0).max(70).describe('High end of that range'),
  confidence: estimationResult.shape.confidence.describe('How sure you are, 0 to 1'),
  observations: estimationResult.shape.observations.describe(
    'What in the photos led to the estimate, one sentence each',
  ),
});
type EstimationAnswer = z.infer<typeof estimationAnswer>;

const bmiOf = (subject: ScanSubject) => bodyMassIndex(lbToKg(subject.weightLb), subject.heightCm);

/** The prompt: pure, from subject, memories and photos. */
export function estimationPrompt({ subject, memories, photos }: EstimationInput): Prompt {
  return {
    instructions: [
      'You estimate the body fat of one person, in percent of body mass, from four photos (front, back, left, right)',
      'and the measures in FACTS. Judge visible adiposity: waist and hip outline, abdomen, flanks, limbs, muscle definition.',
      'Use sex, age, height, weight and body mass index to calibrate; heavy and muscular is not the same as heavy and fat.',
      '"memories" are notes on earlier scans: use them as a weak prior, the photos decide.',
      'Give a range, a confidence that is low when clothing, light or pose hide the body, and what you saw.',
    ].join('\n'),
    facts: {
      sex: subject.sex,
      ageYears: subject.ageYears,
      heightCm: subject.heightCm,
      weightLb: round(subject.weightLb, 1),
      weightKg: round(lbToKg(subject.weightLb), 1),
      bmi: round(bmiOf(subject), 1),
      memories,
    },
    photos,
  };
}

/** Null when the estimate can belong to this person, else what is wrong, in words for the model. */
export function estimationProblem(answer: EstimationAnswer, subject: ScanSubject): string | null {
  const { bodyFatPercent, low, high } = answer;
  const floor = ESSENTIAL_FAT[subject.sex];
  if (bodyFatPercent < floor) return `bodyFatPercent is below essential fat (${floor})`;
  if (low > bodyFatPercent || high < bodyFatPercent) return 'bodyFatPercent is not between low and high';
  const predicted = bodyFatByBmi(bmiOf(subject), subject.ageYears, subject.sex);
  const expected = Math.min(PREDICTED_MAX, Math.max(floor, predicted));
  const [least, most] = [expected - PLAUSIBLE.below, expected + PLAUSIBLE.above];
  if (bodyFatPercent < least || bodyFatPercent > most) {
    return `bodyFatPercent is out of reach for this body mass index, age and sex (${round(least, 0)} to ${round(most, 0)}); look again`;
  }
  return null;
}

/** Asks the model and computes masses and body mass index. Errors: those of `ask`. */
export function createEstimationAgent(model: Model) {
  return async (input: EstimationInput, signal: AbortSignal): Promise<EstimationResult> => {
    const { answer, modelCall } = await ask(
      model,
      {
        step: 'estimation',
        promptVersion: PROMPT_VERSION,
        prompt: estimationPrompt(input),
        answer: estimationAnswer,
        guard: (given: EstimationAnswer) => estimationProblem(given, input.subject),
      },
      signal,
    );
    // Rounded first, so that the masses follow from the number that is shown.
    const bodyFatPercent = round(answer.bodyFatPercent, 1);
    const { fat, lean } = splitMass(input.subject.weightLb, bodyFatPercent);
    return {
      bodyFatPercent,
      bodyFatRange: { low: round(answer.low, 1), high: round(answer.high, 1) },
      leanMassLb: round(lean, 1),
      fatMassLb: round(fat, 1),
      bmi: round(bmiOf(input.subject), 1),
      confidence: answer.confidence,
      observations: answer.observations,
      modelCall,
    };
  };
}
