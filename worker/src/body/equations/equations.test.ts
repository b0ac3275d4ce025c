import { describe, expect, it } from 'vitest';
import { bodyMassIndex, isUnderweight, referenceMassKg, splitMass } from './body-composition.ts';
import { bodyFatByBmi } from './body-fat-by-bmi.ts';
import { basalMetabolicRate, calorieTarget, dailyEnergy } from './energy.ts';
import { bodyFatBand, goalFor } from './goal.ts';
import { KCAL_PER_G, macronutrients } from './macronutrients.ts';
import { dailyWaterMl, mlToFlOz } from './water.ts';

describe('body composition', () => {
  it('body mass index: 70 kg at 175 cm is 22.9', () => {
    expect(bodyMassIndex(70, 175)).toBeCloseTo(22.86, 2);
  });

  it('18.5 and 25 kg/m² are the ends of normal', () => {
    expect(isUnderweight(18.49)).toBe(true);
    expect(isUnderweight(18.5)).toBe(false);
    // 25 kg/m² at 200 cm is 100 kg; 300 lb is 136 kg, 200 lb is 90.7 kg.
    expect(referenceMassKg(300, 200)).toBe(100);
    expect(referenceMassKg(200, 200)).toBeCloseTo(90.72, 2);
  });

  it('fat and lean mass add up to the whole', () => {
    expect(splitMass(200, 25)).toEqual({ fat: 50, lean: 150 });
  });
});

describe('body fat by body mass index (Deurenberg 1991)', () => {
  it.each([
    // 1.20 × 25 + 0.23 × 40 − 10.8 − 5.4; for women without the 10.8.
    [25, 40, 'male', 23],
    [25, 40, 'female', 33.8],
    // Children: 1.51 × 18 − 0.70 × 10 − 3.6 + 1.4.
    [18, 10, 'male', 17.98],
    [18, 10, 'female', 21.58],
  ] as const)('BMI %f, %i years, %s: %f %', (bmi, age, sex, percent) => {
    expect(bodyFatByBmi(bmi, age, sex)).toBeCloseTo(percent, 6);
  });
});

describe('energy', () => {
  it('60 kg of lean mass burn 1666 kcal at rest (Cunningham 1991), 2332 on a quiet day', () => {
    expect(basalMetabolicRate(60)).toBeCloseTo(1666, 6);
    expect(dailyEnergy(1666)).toBeCloseTo(2332.4, 6);
  });

  it('losing fat leaves out a fifth', () => {
    expect(calorieTarget(2500, 'lose_fat', 'male')).toBe(2000);
  });

  it('but does not go below 1500 kcal for men and 1200 for women', () => {
    expect(calorieTarget(1700, 'lose_fat', 'male')).toBe(1500);
    expect(calorieTarget(1300, 'lose_fat', 'female')).toBe(1200);
  });

  it('whatever the goal, and by the higher floor where no sex is said', () => {
    for (const goal of ['lose_fat', 'maintain', 'gain_muscle'] as const) {
      expect(calorieTarget(740, goal, 'female')).toBe(1200);
      expect(calorieTarget(740, goal, 'unspecified')).toBe(1500);
    }
  });

  it('holding eats what is spent, building a tenth more', () => {
    expect(calorieTarget(2000, 'maintain', 'male')).toBe(2000);
    expect(calorieTarget(2000, 'gain_muscle', 'male')).toBeCloseTo(2200, 6);
  });
});

describe('macronutrients', () => {
  it('1.6 g of protein per kg, 30 % fat, the rest carbohydrate: 2000 kcal at 75 kg', () => {
    const { proteinG, fatG, carbsG } = macronutrients(2000, 75);
    expect(proteinG).toBeCloseTo(120, 6);
    expect(fatG).toBeCloseTo(66.67, 2);
    expect(carbsG).toBeCloseTo(230, 6);
  });

  it('protein stops at 35 % of the energy, so carbohydrate is never negative', () => {
    const { proteinG, fatG, carbsG } = macronutrients(1200, 110);
    expect(proteinG).toBeCloseTo(105, 6);
    expect(carbsG).toBeCloseTo(105, 6);
    const kcal = proteinG * KCAL_PER_G.protein + fatG * KCAL_PER_G.fat + carbsG * KCAL_PER_G.carbs;
    expect(kcal).toBeCloseTo(1200, 6);
  });
});

describe('water', () => {
  it.each([
    // 35 mL/kg, of which four fifths are drunk: 80 kg → 2240 mL.
    [80, 35, 'male', 2250],
    // 30 mL/kg above 60 years: 80 kg → 1920 mL, which is below four fifths of 2500 mL.
    [80, 70, 'male', 2000],
    [95, 70, 'male', 2300],
    // Light people get the adequate intake.
    [45, 30, 'female', 1600],
    [30, 9, 'male', 1700],
    [200, 30, 'male', 4000],
  ] as const)('%i kg, %i years, %s: %i mL', (kg, age, sex, ml) => {
    expect(dailyWaterMl(kg, age, sex)).toBe(ml);
  });

  it('2000 mL are 67.6 US fluid ounces', () => {
    expect(mlToFlOz(2000)).toBeCloseTo(67.628, 3);
  });
});

describe('goal', () => {
  const facts = { bodyFatPercent: 20, bmi: 24, sex: 'male', ageYears: 30 } as const;

  it.each([
    [5.9, 'male', 'essential'],
    [6, 'male', 'athletic'],
    [17.9, 'male', 'fit'],
    [24.9, 'male', 'average'],
    [25, 'male', 'high'],
    [20.9, 'female', 'athletic'],
    [32, 'female', 'high'],
  ] as const)('%f % of a %s is %s', (percent, sex, band) => {
    expect(bodyFatBand(percent, sex)).toBe(band);
  });

  it('follows the band', () => {
    expect(goalFor(facts)).toBe('maintain');
    expect(goalFor({ ...facts, bodyFatPercent: 28 })).toBe('lose_fat');
    expect(goalFor({ ...facts, bodyFatPercent: 10 })).toBe('gain_muscle');
  });

  it('never sends the underweight or minors on a diet', () => {
    expect(goalFor({ ...facts, sex: 'female', bodyFatPercent: 33, bmi: 18 })).toBe('gain_muscle');
    expect(goalFor({ ...facts, bodyFatPercent: 35, ageYears: 17 })).toBe('maintain');
  });
});
