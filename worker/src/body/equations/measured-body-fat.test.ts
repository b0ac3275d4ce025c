import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { girthsOf } from '../vision/body-measurement.fixture.ts';
import { measuredBodyFat } from './measured-body-fat.ts';

const man = { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 181 } as const;
const woman = { sex: 'female', ageYears: 41, heightCm: 165, weightLb: 138 } as const;
const herGirths = girthsOf({ neck: 32, chest: 88, waist: 70, navel: 76, hip: 98 });

const said = (result: ReturnType<typeof measuredBodyFat>) =>
  Object.fromEntries(
    result.equations.map(({ equation, percent }) => [equation, Math.round(percent * 10) / 10]),
  );

describe('body fat of a measured body', () => {
  it('is what the best equation says of it, and the others are told of', () => {
    const result = measuredBodyFat(girthsOf(), man);
    expect(said(result)).toEqual({ navy: 18.4, relative_fat_mass: 23.1, deurenberg: 22, cun_bae: 23.2 });
    expect(result.source).toBe('measurement');
    expect(result.percent).toBeCloseTo(18.4, 1);
    // The error on people to whom the equation was not fitted, and a little from the girths.
    expect(result.sd).toBeGreaterThan(5);
    expect(result.sd).toBeLessThan(5.2);
  });

  it('goes by the waist alone, taken at the navel, where the neck is unknown or a guess', () => {
    const { neck, ...rest } = girthsOf();
    const lead = (girths: Parameters<typeof measuredBodyFat>[0]) =>
      measuredBodyFat(girths, man).equations[0]!.equation;
    expect(lead(rest)).toBe('relative_fat_mass');
    expect(lead({ ...rest, neck: { ...neck, sdCm: 6 } })).toBe('relative_fat_mass');
    expect(lead({ ...rest, neck })).toBe('navy');
    expect(lead({ neck })).toBe('cun_bae');
  });

  it("takes a man's navel and a woman's waist for the Navy's abdomen", () => {
    const navy = (girths = girthsOf(), person: typeof man | typeof woman = man) =>
      said(measuredBodyFat(girths, person)).navy;
    expect(navy(girthsOf({ waist: 80 }))).toBe(navy());
    expect(navy(girthsOf({ navel: 92 }))).toBeGreaterThan(navy()!);
    expect(navy({ ...herGirths, navel: { cm: 90, sdCm: 1 } }, woman)).toBe(navy(herGirths, woman));
    expect(navy({ ...herGirths, waist: { cm: 74, sdCm: 1 } }, woman)).toBeGreaterThan(
      navy(herGirths, woman)!,
    );
  });

  it('is less certain when the girths are', () => {
    const at = (share: number) => measuredBodyFat(girthsOf({}, share), man);
    expect(at(0.04).sd).toBeGreaterThan(at(0.01).sd);
    const navy = (share: number) => at(share).equations.find(({ equation }) => equation === 'navy')!.sd;
    // Half a percent of 88 cm and of 38 cm, times the equation's derivative: 495 × 0.19077 / (ln 10 × density² × 50 cm)
    // points per cm.
    const derivative = (495 * 0.19077) / (Math.LN10 * 1.05686 ** 2 * 50);
    expect(navy(0.005)).toBeCloseTo(Math.hypot(5, derivative * 0.44, derivative * 0.19), 2);
    expect(navy(0)).toBe(5);
  });

  it('of one who was not measured is what weight, height, age and sex say', () => {
    const result = measuredBodyFat(null, man);
    expect(result.source).toBe('anthropometry');
    expect(Object.keys(said(result))).toEqual(['cun_bae', 'deurenberg']);
    expect(result.sd).toBeGreaterThan(measuredBodyFat(girthsOf(), man).sd);
  });

  it('of a minor is by the waist, and errs by as much as it does on young people', () => {
    const of = (ageYears: number, girths: Parameters<typeof measuredBodyFat>[0]) =>
      measuredBodyFat(girths, { ...man, ageYears });
    const { navel } = girthsOf({}, 0);
    for (const ageYears of [8, 12, 15, 17]) {
      const measured = of(ageYears, { ...girthsOf({}, 0), navel });
      expect(Object.keys(said(measured))).toEqual(['relative_fat_mass', 'deurenberg']);
      expect(measured).toMatchObject({ source: 'measurement', sd: 4.1 });
      expect(of(ageYears, null)).toMatchObject({ source: 'anthropometry', sd: 8.6 });
    }
    expect(of(18, girthsOf()).equations[0]!.equation).toBe('navy');
    expect(Object.keys(said(of(7, girthsOf())))).toEqual(['deurenberg']);
  });

  it('errs by what its equation does on people whom it was not made of, so that an interval holds 92 to 98 % of them', () => {
    const sds = (person: typeof man | typeof woman, { neck, ...rest } = girthsOf({}, 0)) =>
      [{ neck, ...rest }, rest].map((girths) => measuredBodyFat(girths, person).sd);
    // Larger ones held 98.2 % of 2,936 people (men 5.3, by the waist) and 91 of 91 women (5.5, by neck, waist and hip).
    expect(sds(man)).toEqual([5, 4]);
    expect(sds(woman)).toEqual([4.6, 4.5]);
  });

  it('says by which equation, and of which sex it was made', () => {
    const method = (girths: Parameters<typeof measuredBodyFat>[0], sex: 'male' | 'unspecified' = 'male') =>
      measuredBodyFat(girths, { ...man, sex }).method;
    expect(method(girthsOf())).toBe('navy.male');
    expect(method({ navel: girthsOf().navel })).toBe('relative_fat_mass.male');
    expect(method(null)).toBe('cun_bae.male');
    expect(method(girthsOf(), 'unspecified')).toBe('navy.female navy.male');
  });

  it('has another method on the birthday on which the numbers for children end, by which a boy would lose 5 points overnight', () => {
    const boy = (ageYears: number, girths: Parameters<typeof measuredBodyFat>[0]) =>
      measuredBodyFat(girths, { ...man, ageYears, heightCm: 170, weightLb: 128 });
    const waist = { navel: girthsOf({ navel: 72 }, 0).navel };
    expect(boy(14, waist).percent - boy(15, waist).percent).toBeCloseTo(5.3, 1);
    expect([14, 15].map((age) => boy(age, waist).method)).toEqual([
      'relative_fat_mass_children.male',
      'relative_fat_mass.male',
    ]);
    expect(boy(15, null).percent - boy(16, null).percent).toBeGreaterThan(5);
    expect([15, 16].map((age) => boy(age, null).method)).toEqual(['deurenberg_children.male', 'deurenberg.male']); // prettier-ignore
  });

  it('of somebody very thin or very heavy who was not measured is as uncertain as the equation is of them', () => {
    const sd = (bmi: number) => measuredBodyFat(null, { ...man, weightLb: (bmi * 3.24) / 0.453_592_37 }).sd;
    expect([15, 18.4, 18.6, 39.9, 40.1, 60].map(sd)).toEqual([8.4, 8.4, 5.9, 5.9, 8.1, 8.1]);
  });

  it('does without an equation that such girths are outside of', () => {
    expect(said(measuredBodyFat(girthsOf({ neck: 95 }), man)).navy).toBeUndefined();
  });

  it.each([
    ['very short', 125],
    ['of usual height', 170],
    ['very tall', 225],
  ])(
    'of somebody %s has a body that can be, with an honest error, from a body mass index of 15 to 60',
    (_, heightCm) => {
      for (const sex of ['male', 'female'] as const) {
        for (const bmi of [15, 20, 30, 40, 50, 60]) {
          const weightLb = (bmi * (heightCm / 100) ** 2) / 0.453_592_37;
          const subject = { sex, ageYears: 40, heightCm, weightLb };
          // Girths that fit the body mass index: the waist is 40 % of the height at 20 kg/m², 90 % at 60 kg/m².
          const waist = heightCm * (0.15 + 0.0125 * bmi);
          const girths = girthsOf({
            neck: heightCm * (0.17 + 0.0015 * bmi),
            waist,
            navel: waist * 1.02,
            hip: waist + 0.12 * heightCm,
          });
          for (const known of [girths, null]) {
            const { percent, sd } = measuredBodyFat(known, subject);
            expect(percent, `${sex}, ${bmi} kg/m²`).toBeGreaterThanOrEqual(sex === 'male' ? 3 : 10);
            expect(percent, `${sex}, ${bmi} kg/m²`).toBeLessThanOrEqual(65);
            expect(sd, `${sex}, ${bmi} kg/m²`).toBeGreaterThanOrEqual(
              known === null && (bmi >= 40 || bmi < 18.5) ? 8 : 4.5,
            );
          }
        }
      }
    },
  );

  it('is a number with an error whatever girths and profile are', () => {
    const girth = fc.double({ min: -50, max: 400, noNaN: false });
    const girths = fc.record({ neck: girth, chest: girth, waist: girth, navel: girth, hip: girth });
    const subject = fc.record({
      sex: fc.constantFrom('male' as const, 'female' as const),
      ageYears: fc.integer({ min: 0, max: 130 }),
      heightCm: fc.double({ min: 50, max: 260, noNaN: true }),
      weightLb: fc.double({ min: 20, max: 1000, noNaN: true }),
    });
    fc.assert(
      fc.property(girths, fc.double({ min: 0, max: 0.3, noNaN: true }), subject, (cm, share, person) => {
        const { percent, sd, equations } = measuredBodyFat(girthsOf(cm, share), person);
        const floor = person.sex === 'male' ? 3 : 10;
        for (const each of [percent, ...equations.map((one) => one.percent)]) {
          expect(each).toBeGreaterThanOrEqual(floor - 1e-9);
          expect(each).toBeLessThanOrEqual(65 + 1e-9);
        }
        expect(sd).toBeGreaterThan(0);
        expect(sd).toBeLessThanOrEqual(8.6);
      }),
    );
  });
});
