import { describe, expect, it } from 'vitest';
import { cunBaeBodyFat } from './cun-bae-body-fat.ts';
import { waistToHeight, waistToHip } from './girth-ratios.ts';
import { relativeFatMass } from './relative-fat-mass.ts';

/**
 * ECORE-BF (Molina-Luque et al. 2019, IJERPH 16:4529), an equation of another form that was made to agree with CUN-BAE:
 * in 196 844 people 95 % of the differences lay between −0.97 and 0.96 points (Molina-Luque et al. 2020, IJERPH 17:7940).
 */
function ecoreBodyFat(bmi: number, ageYears: number, sex: 'male' | 'female'): number {
  return -97.102 + 0.123 * ageYears + 11.9 * (sex === 'female' ? 1 : 0) + 35.959 * Math.log(bmi);
}

describe('CUN-BAE (Gómez-Ambrosi 2012)', () => {
  it.each([
    // −44.988 + 20.12 + 79.3 − 16.25 − 20 + 5.25
    [25, 40, 'male', 23.432],
    // The sum above + 10.689 + 4.525 − 3.125.
    [25, 40, 'female', 35.521],
    // −44.988 + 15.09 + 95.16 − 23.4 − 18 + 5.67
    [30, 30, 'male', 29.532],
  ] as const)('BMI %f, %i years, %s: %f %', (bmi, age, sex, percent) => {
    expect(cunBaeBodyFat(bmi, age, sex)).toBeCloseTo(percent, 6);
  });

  it('agrees with the equation that was made after it', () => {
    for (const sex of ['male', 'female'] as const) {
      for (const bmi of [20, 24, 28, 32]) {
        for (const age of [30, 40, 50]) {
          const difference = cunBaeBodyFat(bmi, age, sex) - ecoreBodyFat(bmi, age, sex);
          expect(Math.abs(difference), `${sex}, BMI ${bmi}, ${age} years`).toBeLessThan(1.2);
        }
      }
    }
  });
});

describe('relative fat mass (Woolcott & Bergman 2018)', () => {
  it.each([
    // 64 − 20 × 2; 12 more for a woman.
    [180, 90, 'male', 24],
    [180, 90, 'female', 36],
    // The paper's limits of obesity, 22.8 % and 33.9 %: a man's waist is 48.5 % of his height there, a woman's 47.5 %.
    [100, 48.54, 'male', 22.8],
    [100, 47.51, 'female', 33.9],
  ] as const)('height %i cm, waist %f cm, %s: %f %', (height, waist, sex, percent) => {
    expect(relativeFatMass(height, waist, sex, 40)).toBeCloseTo(percent, 1);
  });

  it.each([
    // 74 − 22 × 2.4; 5 more for a girl. From 15 years on as adults: 64 − 20 × 2.4; 12 more.
    [14, 'male', 21.2],
    [14, 'female', 26.2],
    [15, 'male', 16],
    [17, 'female', 28],
  ] as const)('at %i years, %s, of a waist in 2.4 of the height: %f %', (ageYears, sex, percent) => {
    expect(relativeFatMass(168, 70, sex, ageYears)).toBeCloseTo(percent, 10);
  });

  it('is refused without a waist', () => {
    expect(() => relativeFatMass(180, 0, 'male', 40)).toThrow(RangeError);
    expect(() => relativeFatMass(180, Number.NaN, 'male', 40)).toThrow(RangeError);
  });
});

describe('ratios of girths', () => {
  it('waist to hip: 81 cm over 90 cm is where the risk of men begins', () => {
    expect(waistToHip(81, 90)).toBeCloseTo(0.9, 10);
  });

  it('waist to height: 90 cm at 180 cm is the half', () => {
    expect(waistToHeight(90, 180)).toBe(0.5);
  });
});
