/** The stand-in's texts stand beside numbers of our own, so both are written one way. */

import { expect, it } from 'vitest';
import { answer as estimation } from '../steps/estimation/stand-in.ts';
import { answer as hydration } from '../steps/hydration/stand-in.ts';
import { answer as insights } from '../steps/insights/stand-in.ts';
import { answer as nutrition } from '../steps/nutrition/stand-in.ts';
import { answer as workout } from '../steps/workout/stand-in.ts';

const ANSWERS = {
  estimation: { of: estimation, facts: { sex: 'male', ageYears: 36, bmi: 25, measured: undefined } },
  hydration: { of: hydration, facts: { dailyWaterMl: 2400, dailyWaterFlOz: 81 } },
  insights: {
    of: insights,
    facts: {
      bodyFatPercent: 18,
      leanMassLb: 150,
      sincePrevious: { days: 1200, change: { bodyFatPercent: -1, moreThanChance: true } },
      sinceYear: null,
    },
  },
  nutrition: { of: nutrition, facts: { goal: 'maintain', calorieTargetKcal: 2571, proteinG: 130 } },
  workout: { of: workout, facts: { goal: 'maintain', bodyFatPercent: 18 } },
};

it.each(Object.entries(ANSWERS))('%s', (_, { of, facts }) => {
  const text = JSON.stringify(of({ facts, photoHashes: ['00'] } as never));
  const written = text.replaceAll(/"\w+":-?[\d.]+/g, '');
  expect(written, 'thousands have a separator').not.toMatch(/\d{4}/);
  expect(written, 'a percentage has one decimal').not.toMatch(/(?<!\.)\b\d+%/);
});

it('the energy of a day is what the page says beside it', () => {
  const { of, facts } = ANSWERS.nutrition;
  expect(of({ facts, photoHashes: [] })).toMatchObject({
    meals: [{ description: expect.stringContaining('about 771 kcal, 39 g protein') }, {}, {}],
    advice: 'To hold your weight, eat about 2,571 kcal and 130 g of protein a day.',
  });
});
