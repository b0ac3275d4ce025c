import { expect, it } from 'vitest';
import { estimationOf } from './estimation/agent.fixture.ts';
import { hydrationTarget } from './hydration/agent.ts';
import { insightsPrompt } from './insights/agent.ts';
import { nutritionTargets } from './nutrition/agent.ts';
import { verdict } from './quality-check/agent.ts';

const subject = { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 200 } as const;
const estimation = estimationOf();

it('nutrition targets are computed from lean mass, goal and height', () => {
  // 65.3 kg lean: 370 + 21.6 × 65.3 = 1781; × 1.4 = 2493; − 20 %; protein for 81 kg (BMI 25), not for 90.7.
  expect(nutritionTargets({ subject, estimation })).toEqual({
    goal: 'lose_fat',
    bmrKcal: 1781,
    tdeeKcal: 2493,
    calorieTargetKcal: 1995,
    proteinG: 130,
    fatG: 66,
    carbsG: 219,
  });
});

it('water is computed from weight', () => {
  // 90.7 kg × 35 mL × 0.8 = 2540 mL.
  expect(hydrationTarget(subject)).toEqual({ dailyWaterMl: 2550, dailyWaterFlOz: 86 });
});

it('insights see changes without ids of scans', () => {
  const change = { bodyFatPercent: -1, weightLb: -2, leanMassLb: 0.5, fatMassLb: -2.5 };
  const previous = { scanId: 'scan-secret', days: 30.4, change };
  const { facts } = insightsPrompt({ subject, estimation, delta: { previous, year: null, trend: null } });
  expect(facts).toMatchObject({ sincePrevious: { days: 30, change }, sinceYear: null, trend: null });
  expect(JSON.stringify(facts)).not.toContain('secret');
});

it('insights are not told of masses and rates that may be chance, so that none is called progress', () => {
  const change = { bodyFatPercent: -1, weightLb: -2, leanMassLb: 0.5, fatMassLb: -2.5 };
  const rates = { bodyFatPercentPerWeek: -0.3, bodyFatPercentPerWeekError: 0.4, weightLbPerWeek: -1 };
  const told = (moreThanChance: boolean) => {
    const previous = { scanId: 's', days: 30, change: { ...change, moreThanChance } };
    const trend = { scans: 4, ...rates, moreThanChance };
    return insightsPrompt({ subject, estimation, delta: { previous, year: previous, trend } }).facts;
  };
  const doubtful = { bodyFatPercent: -1, weightLb: -2, moreThanChance: false };
  expect(told(false)).toMatchObject({ trend: { scans: 4, weightLbPerWeek: -1, moreThanChance: false } });
  for (const since of ['sincePrevious', 'sinceYear'])
    expect(told(false)[since]).toEqual({ days: 30, change: doubtful });
  expect(JSON.stringify(told(false)['trend'])).not.toContain('bodyFat');
  expect(told(true)).toMatchObject({ sincePrevious: { change }, sinceYear: { change }, trend: rates });
});

it('insights are told that a change rests on a doubtful weight, and not by how much that weight differs', () => {
  const change = { bodyFatPercent: 9, weightLb: 200, leanMassLb: 90, fatMassLb: 110, moreThanChance: false };
  const previous = { scanId: 's', days: 30, change: { ...change, weightDoubtful: true as const } };
  const { facts } = insightsPrompt({ subject, estimation, delta: { previous, year: null, trend: null } });
  const doubtful = { bodyFatPercent: 9, moreThanChance: false, weightDoubtful: true };
  expect(facts['sincePrevious']).toEqual({ days: 30, change: doubtful });
});

it('one issue rejects the scan and names its photo', () => {
  const issue = { code: 'blurred', message: 'The left photo is blurred.' } as const;
  expect(verdict({ front: [], back: [], left: [issue], right: [] })).toEqual({
    accepted: false,
    photos: {
      front: { accepted: true, issues: [] },
      back: { accepted: true, issues: [] },
      left: { accepted: false, issues: [issue] },
      right: { accepted: true, issues: [] },
    },
  });
});
