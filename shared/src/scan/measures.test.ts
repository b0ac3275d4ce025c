import { describe, expect, it } from 'vitest';
import { ageOn, kgToLb, lbToKg, round } from './measures.ts';

describe('measures', () => {
  it('converts pounds exactly and back', () => {
    expect(lbToKg(1)).toBe(0.45359237);
    expect(round(kgToLb(lbToKg(183.2)), 6)).toBe(183.2);
  });

  it.each([
    ['1990-05-14', '2026-05-13', 35],
    ['1990-05-14', '2026-05-14', 36],
    ['2000-02-29', '2026-02-28', 25],
    ['2000-02-29', '2026-03-01', 26],
  ])('someone born on %s is on %s %i years old', (born, day, age) => {
    expect(ageOn(born, day)).toBe(age);
  });
});
