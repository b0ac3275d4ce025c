import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { navyBodyFat, navyOfScaledBody } from './navy-body-fat.ts';

const INCH_CM = 2.54;

/**
 * The form of the equations that DoD Instruction 1308.3 (2002) prescribes to all services: in inches, and without the step
 * by way of density. It was fitted by other authors to the same data, so it agrees with the original within rounding.
 */
function byInches(sex: 'male' | 'female', height: number, neck: number, waist: number, hip: number): number {
  return sex === 'male'
    ? 86.01 * Math.log10(waist - neck) - 70.041 * Math.log10(height) + 36.76
    : 163.205 * Math.log10(waist + hip - neck) - 97.684 * Math.log10(height) - 78.387;
}

describe('US Navy body fat (Hodgdon & Beckett 1984)', () => {
  it('of a man of 70 in, abdomen 34 in, neck 15 in is 17.5 % by the form in inches, 17.4 % by the original', () => {
    expect(byInches('male', 70, 15, 34, 0)).toBeCloseTo(17.5, 1);
    const girths = { heightCm: 70 * INCH_CM, neckCm: 15 * INCH_CM, waistCm: 34 * INCH_CM, hipCm: 0 };
    expect(navyBodyFat({ sex: 'male', ...girths })).toBeCloseTo(17.43, 2);
  });

  it.each([
    // density = 1.0324 − 0.19077 log₁₀(50) + 0.15456 log₁₀(180) = 1.056863; 495 / density − 450
    ['male', 180, 38, 88, 100, 18.37],
    // density = 1.29579 − 0.35004 log₁₀(136) + 0.221 log₁₀(165) = 1.03903
    ['female', 165, 32, 70, 98, 26.41],
  ] as const)(
    '%s, %i cm, neck %i, abdomen %i, hip %i: %f %',
    (sex, heightCm, neckCm, waistCm, hipCm, percent) => {
      expect(navyBodyFat({ sex, heightCm, neckCm, waistCm, hipCm })).toBeCloseTo(percent, 2);
    },
  );

  it('is within 0.8 points of the form in inches from 10 to 40 %', () => {
    const inches = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom('male' as const, 'female' as const),
        inches(60, 78),
        inches(12, 18),
        inches(26, 48),
        inches(34, 52),
        (sex, height, neck, waist, hip) => {
          const expected = byInches(sex, height, neck, waist, hip);
          fc.pre(expected > 10 && expected < 40);
          const [heightCm, neckCm, waistCm, hipCm] = [height, neck, waist, hip].map((x) => x * INCH_CM) as [
            number,
            number,
            number,
            number,
          ];
          expect(Math.abs(navyBodyFat({ sex, heightCm, neckCm, waistCm, hipCm }) - expected)).toBeLessThan(
            0.8,
          );
        },
      ),
    );
  });

  it("counts a man's hip for nothing", () => {
    const man = { sex: 'male', heightCm: 180, neckCm: 38, waistCm: 88 } as const;
    expect(navyBodyFat({ ...man, hipCm: 90 })).toBe(navyBodyFat({ ...man, hipCm: 120 }));
  });

  it.each([
    ['a neck as wide as the abdomen', { neckCm: 88 }],
    ['a neck wider than the abdomen', { neckCm: 100 }],
    ['no height', { heightCm: 0 }],
    ['a girth that is not a number', { waistCm: Number.NaN }],
    ['an endless girth', { waistCm: Infinity }],
  ])('is refused for %s', (_, change) => {
    const man = { sex: 'male', heightCm: 180, neckCm: 38, waistCm: 88, hipCm: 100 } as const;
    expect(() => navyBodyFat({ ...man, ...change })).toThrow(RangeError);
  });
});

it.each([
  ['male', 180, 38, 88, 100],
  ['female', 165, 32, 70, 98],
] as const)(
  '%s: of a body scaled as a whole it is known without its girths',
  (sex, heightCm, neckCm, waistCm, hipCm) => {
    const of = (scale: number) =>
    navyBodyFat({ sex, heightCm: scale * heightCm, neckCm: scale * neckCm, waistCm: scale * waistCm, hipCm: scale * hipCm }); // prettier-ignore
    for (const scale of [0.9, 1, 1.06]) expect(navyOfScaledBody(of(1), sex, scale)).toBeCloseTo(of(scale), 9);
  },
);
