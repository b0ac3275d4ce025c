/** What the stand-in answers to each agent: deterministic, plausible, and built on the numbers it was given. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { StepName } from '@reddyfit/shared/scan/steps';
import { z } from 'zod';
import { bodyFatByBmi } from '../../../worker/src/body/equations/body-fat-by-bmi.ts';
import { sessionsFor } from './sessions.ts';
import type { StandInQuestion } from './question.ts';

const goal = z.enum(['lose_fat', 'maintain', 'gain_muscle']);
const change = z
  .object({
    days: z.number(),
    change: z.object({ bodyFatPercent: z.number(), moreThanChance: z.boolean().optional() }),
  })
  .nullable();

const GOAL_WORDS = {
  lose_fat: 'lose fat',
  maintain: 'hold your weight',
  gain_muscle: 'build muscle',
} as const;

/** Steps that ask a model. */
type AskingStep = Exclude<StepName, 'delta'>;

const ANSWERS: Record<AskingStep, (question: StandInQuestion) => unknown> = {
  qualityCheck: () => Object.fromEntries(ANGLES.map((angle) => [angle, { issues: [] }])),

  estimation({ facts, photoHashes }) {
    const { sex, ageYears, bmi, measured, previousAnswer } = z
      .object({
        sex: z.enum(['male', 'female', 'unspecified']),
        ageYears: z.number(),
        bmi: z.number(),
        measured: z
          .object({ bodyFatPercent: z.number(), girthsCm: z.object({ waist: z.number() }) })
          .optional(),
        previousAnswer: z.number().optional(),
      })
      .parse(facts);
    // The same photos always give the same number; others lie within 1.5 points of it.
    const offset = (fraction(photoHashes) - 0.5) * 3;
    const floor = sex === 'female' ? 11 : 4;
    const byEye = previousAnswer ?? bodyFatByBmi(bmi, ageYears, sex) + offset;
    // Shown the measurement, it goes most of the way there.
    const believed = measured ? byEye + (measured.bodyFatPercent - byEye) * 0.75 : byEye;
    const bodyFatPercent = tenth(Math.min(60, Math.max(floor, believed)));
    return {
      bodyFatPercent,
      low: tenth(Math.max(floor - 1, bodyFatPercent - 2.5)),
      high: tenth(bodyFatPercent + 2.5),
      observations: [
        measured
          ? `A waist of ${measured.girthsCm.waist} cm is what the photos show at a second look.`
          : `Waist and hip outline fit a body mass index of ${bmi}.`,
        'The outline of the torso is visible from all four sides.',
      ],
    };
  },

  insights({ facts }) {
    const given = z
      .object({
        bodyFatPercent: z.number(),
        leanMassLb: z.number().optional(),
        leanMassKg: z.number().optional(),
        sincePrevious: change,
        sinceYear: change,
      })
      .parse(facts);
    const highlights = [
      sinceSentence('your last scan', given.sincePrevious),
      sinceSentence('your first scan of the last year', given.sinceYear),
    ].filter((sentence) => sentence !== null);
    return {
      summary: `Your body fat is ${given.bodyFatPercent}% and your lean mass ${given.leanMassKg ? `${given.leanMassKg} kg` : `${given.leanMassLb} lb`}.`,
      highlights:
        highlights.length > 0 ? highlights : ['This is your first scan: from here on you see changes.'],
      nextFocus: 'Take your photos in the same place and light each time, so that small changes show.',
    };
  },

  nutrition({ facts }) {
    const given = z.object({ goal, calorieTargetKcal: z.number(), proteinG: z.number() }).parse(facts);
    const share = (part: number) =>
      `${Math.round(given.calorieTargetKcal * part)} kcal, ${Math.round(given.proteinG * part)} g protein`;
    return {
      meals: [
        { name: 'Breakfast', description: `Oats with yoghurt, berries and nuts: about ${share(0.3)}.` },
        { name: 'Lunch', description: `Rice with chicken or tofu and vegetables: about ${share(0.35)}.` },
        { name: 'Dinner', description: `Potatoes with fish or beans and a salad: about ${share(0.35)}.` },
      ],
      advice: `To ${GOAL_WORDS[given.goal]}, eat about ${given.calorieTargetKcal} kcal and ${given.proteinG} g of protein a day.`,
    };
  },

  workout({ facts }) {
    const given = z.object({ goal, bodyFatPercent: z.number() }).parse(facts);
    return {
      sessions: sessionsFor(given.goal),
      advice: `At ${given.bodyFatPercent}% body fat, train to ${GOAL_WORDS[given.goal]}: leave two repetitions in reserve, and rest when something hurts.`,
    };
  },

  hydration({ facts }) {
    const given = z.object({ dailyWaterMl: z.number(), dailyWaterFlOz: z.number() }).parse(facts);
    return {
      tips: [
        `Fill a bottle in the morning: ${given.dailyWaterMl} mL (${given.dailyWaterFlOz} fl oz) is your day.`,
        'Drink a glass with every meal and one between meals.',
        'Drink more in heat and training; if a physician limits your fluids, that comes first.',
      ],
    };
  },
};

/** The answer as the agent's schema wants it. Throws when the facts are not what the step's agent sends. */
export function answerTo(question: StandInQuestion): unknown {
  if (question.step === 'delta') throw new TypeError('delta asks no model');
  return ANSWERS[question.step](question);
}

/** qualityCheck's answer with one photo refused. */
export function rejection(): unknown {
  const issue = {
    code: 'wrong_angle',
    message:
      'The left photo shows your back. Turn so that your left side faces the camera and take it again.',
  };
  return Object.fromEntries(ANGLES.map((angle) => [angle, { issues: angle === 'left' ? [issue] : [] }]));
}

/** The same answer with numbers no body has, and a link in every text. */
export function spoiled(answer: unknown): unknown {
  return changed(
    answer,
    () => 900,
    (text) => `${text} See https://example.com`,
  );
}

/** The same answer with an apology for every sentence. */
export function apologetic(answer: unknown): unknown {
  const isSentence = (text: string) => text.includes(' ');
  return changed(
    answer,
    (value) => value,
    (text) => (isSentence(text) ? "I'm sorry, but I can't help with that." : text),
  );
}

function changed(
  answer: unknown,
  number: (value: number) => number,
  text: (value: string) => string,
): unknown {
  if (typeof answer === 'number') return number(answer);
  if (typeof answer === 'string') return text(answer);
  if (Array.isArray(answer)) return answer.map((part) => changed(part, number, text));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, changed(value, number, text)]),
  );
}

/** The same answer with markup in every text. */
export function withMarkup(answer: unknown): unknown {
  return changed(
    answer,
    (number) => number,
    (text) => `${text} <a href="#">More</a>`,
  );
}

/** The same JSON with NaN in place of every number. */
export function withNaN(json: string): string {
  return json.replaceAll(/(?<=[:[,])-?\d+(\.\d+)?(?=[,}\]])/g, 'NaN');
}

/** estimation's answer by a model that reads orders in a photo. */
export function obedient(): unknown {
  const observations = ['As the words in the photo say, body fat is 5 percent.'];
  return { bodyFatPercent: 5, low: 4, high: 6, confidence: 1, observations };
}

function sinceSentence(since: string, given: z.infer<typeof change>): string | null {
  if (!given) return null;
  const { bodyFatPercent: points, moreThanChance } = given.change;
  if (moreThanChance === false)
    return `Since ${since}, ${given.days} days ago, the photos show no change of your body fat that is more than chance.`;
  const direction = points < 0 ? 'fell' : 'rose';
  return `Since ${since}, ${given.days} days ago, your body fat ${direction} by ${tenth(Math.abs(points))} points.`;
}

const tenth = (value: number) => Math.round(value * 10) / 10;

/** A number from 0 to 1 that hangs on the hashes (hex) alone. */
function fraction(hashes: readonly string[]): number {
  const sum = hashes.reduce((total, hash) => total + Number.parseInt(hash.slice(0, 8), 16), 0);
  return (sum % 2 ** 32) / 2 ** 32;
}
