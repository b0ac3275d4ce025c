import { expect, it } from 'vitest';
import { factsInUnits } from './facts-in-units.ts';

const facts = {
  bmi: 24.1,
  leanMassLb: 146.5,
  sincePrevious: { days: 10, change: { weightLb: -1.2, bodyFatPercent: -0.4 } },
  trend: { scans: 3, weightLbPerWeek: -0.5 },
  sinceYear: null,
  observations: ['A waist.'],
};

it('are kilograms, however deep, for who thinks in kilograms', () => {
  expect(factsInUnits(facts, 'metric')).toEqual({
    bmi: 24.1,
    leanMassKg: 66.5,
    sincePrevious: { days: 10, change: { weightKg: -0.5, bodyFatPercent: -0.4 } },
    trend: { scans: 3, weightKgPerWeek: -0.23 },
    sinceYear: null,
    observations: ['A waist.'],
  });
});

it.each(['imperial', undefined] as const)('stay as they are for %s', (units) => {
  expect(factsInUnits(facts, units)).toBe(facts);
});
