/**
 * Asks a model to estimate body fat from four photos, and asks once more with the measurements when its answer is far
 * from them.
 */

import { lbToKg, round } from '@reddyfit/shared/scan/measures';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import { estimationResult, type ModelCall } from '@reddyfit/shared/scan/results';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { Reader } from '@reddyfit/shared/words/reader';
import { z } from 'zod';
import { ADULT_AGE } from '../../body/equations/adult-age.ts';
import { bodyMassIndex } from '../../body/equations/body-composition.ts';
import { bodyFatByBmi } from '../../body/equations/body-fat-by-bmi.ts';
import { ESSENTIAL_FAT, MAX_BODY_FAT } from '../../body/equations/body-fat-bounds.ts';
import type { Model } from '../../model/model.ts';
import type { GirthName } from '../../body/vision/body-measurement.ts';
import { ask, type PhotoDataUrls, type Prompt, together } from '../../model/ask.ts';

/** What the model's estimate starts from. */
export interface EstimationInput {
  readonly subject: ScanSubject;
  readonly reader?: Reader | undefined;
  /** Texts remembered of earlier scans, nearest first, without the results of those scans. */
  readonly memories: readonly string[];
  readonly photos: PhotoDataUrls;
}

/** Body fat computed from the girths of the same body. */
export interface Measured {
  /** Body fat (%) by published equations, and its 95 % interval. */
  readonly bodyFatPercent: number;
  readonly low: number;
  readonly high: number;
  readonly girthsCm: Readonly<Record<GirthName, number>>;
}

/** What the model saw, and the cost of the call. */
export interface VisualEstimate {
  readonly bodyFatPercent: number;
  /** Ends of the range that the model is 80 % sure of (%). */
  readonly low: number;
  readonly high: number;
  readonly observations: readonly string[];
  readonly modelCall: ModelCall;
}

/**
 * How far an estimate may be from what body mass index, age and sex predict (percentage points). There is more room
 * below, since the prediction takes a trained person's muscle for fat. Of 11,707 adults by DXA (NHANES 2011–2018, public domain)
 * 0.3 % have more than 15 points above; of 1,047 people of 16 and 17 years, whom the prediction tells 6 points too little,
 * 2.2 % have, and none has more than 22.3.
 */
const PLAUSIBLE = { below: 20, above: 15, aboveOfMinors: 22.5 } as const;

/** The prediction is a straight line, but real body fat levels off, so the prediction is capped here (%). */
const PREDICTED_MAX = 50;

/** Schema of the model's answer. Numbers are percent of body mass. */
export const estimationAnswer = z.strictObject({
  bodyFatPercent: z.number().min(ESSENTIAL_FAT.male).max(MAX_BODY_FAT).describe('Best estimate, one decimal'),
  low: z.number().min(0).max(MAX_BODY_FAT).describe('Low end of the range you are 80 % sure of'),
  high: z.number().min(0).max(70).describe('High end of that range'),
  observations: estimationResult.shape.observations.describe(
    'What in the photos led to the estimate, one sentence each',
  ),
});
type EstimationAnswer = z.infer<typeof estimationAnswer>;

const bmiOf = (subject: ScanSubject) => bodyMassIndex(lbToKg(subject.weightLb), subject.heightCm);

/** The prompt, a pure function of subject, memories and photos. */
export function estimationPrompt({ subject, memories, photos }: EstimationInput): Prompt {
  return {
    instructions: [
      'You estimate the body fat of one person, in percent of body mass, from four photos (front, back, left, right)',
      'and the measures in FACTS. Judge visible adiposity: waist and hip outline, abdomen, flanks, limbs, muscle definition.',
      'Use sex, age, height, weight and body mass index to calibrate; heavy and muscular is not the same as heavy and fat.',
      '"memories" are notes of the weight on earlier days; the photos decide.',
      'Give a range that is wide when clothing, light or pose hide the body, and what you saw.',
      ...(ANGLES.some((angle) => photos[angle] === undefined)
        ? ['Photos in which nobody was found are left out. Judge by the others, with a wider range.']
        : []),
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

/** The prompt of the second look: the first prompt, and the measurement and first answer that make a second look necessary. */
export function secondLookPrompt(input: EstimationInput, first: VisualEstimate, measured: Measured): Prompt {
  const { instructions, facts, photos } = estimationPrompt(input);
  return {
    instructions: [
      instructions,
      '"measured" holds the girths of this body as measured in the same photos, and the body fat that published equations make of them.',
      '"previousAnswer" is what you said before you were shown them, and the two are far apart.',
      'Look again for what you missed. Girths tell no muscle from fat and may be measured wrongly; the eye misjudges size and light.',
      'Answer what you now believe most: either of them, something between, or neither.',
    ].join('\n'),
    facts: { ...facts, measured, previousAnswer: first.bodyFatPercent },
    ...(photos && { photos }),
  };
}

/** Null when the estimate is possible for this person, else what is wrong, in words for the model. */
export function estimationProblem(answer: EstimationAnswer, subject: ScanSubject): string | null {
  const { bodyFatPercent, low, high } = answer;
  const floor = ESSENTIAL_FAT[subject.sex];
  if (bodyFatPercent < floor) return `bodyFatPercent is below essential fat (${floor})`;
  if (low > bodyFatPercent || high < bodyFatPercent) return 'bodyFatPercent is not between low and high';
  const predicted = bodyFatByBmi(bmiOf(subject), subject.ageYears, subject.sex);
  const expected = Math.min(PREDICTED_MAX, Math.max(floor, predicted));
  const above = subject.ageYears < ADULT_AGE ? PLAUSIBLE.aboveOfMinors : PLAUSIBLE.above;
  const [least, most] = [expected - PLAUSIBLE.below, expected + above];
  if (bodyFatPercent < least || bodyFatPercent > most) {
    return `bodyFatPercent is out of reach for this body mass index, age and sex (${round(least, 0)} to ${round(most, 0)}); look again`;
  }
  return null;
}

/** The two questions to the model. Both throw the errors of `ask`. */
export function createEstimationAgent(model: Model) {
  async function look(
    input: EstimationInput,
    prompt: Prompt,
    promptName: string,
    signal: AbortSignal,
  ): Promise<VisualEstimate> {
    const { answer, modelCall } = await ask(
      model,
      {
        step: 'estimation',
        promptName,
        prompt,
        reader: input.reader,
        answer: estimationAnswer,
        guard: (given: EstimationAnswer) => estimationProblem(given, input.subject),
      },
      signal,
    );
    return { ...answer, modelCall };
  }

  return {
    /** Asks the model without telling it what was measured. */
    look: (input: EstimationInput, signal: AbortSignal): Promise<VisualEstimate> =>
      look(input, estimationPrompt(input), 'estimation', signal),

    /** Asks the model again with the measurement. `modelCall` of the result sums both calls. */
    async lookAgain(
      input: EstimationInput,
      first: VisualEstimate,
      measured: Measured,
      signal: AbortSignal,
    ): Promise<VisualEstimate> {
      const prompt = secondLookPrompt(input, first, measured);
      const second = await look(input, prompt, 'estimation-second-look', signal);
      return { ...second, modelCall: together(first.modelCall, second.modelCall) };
    },
  };
}
