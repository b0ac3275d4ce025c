import { describe, expect, it } from 'vitest';
import { depthBeside } from './odd-depth.ts';

const WIDTH = { value: 0.18, sd: 0.001 };
const deep = (ratio: number) => ({ value: ratio * WIDTH.value, sd: 0.002 });
const [WAIST, SEAT] = [0.64, 0.5] as const;

describe('a depth beside a width', () => {
  it('counts as it is up to what the deepest of bodies have', () => {
    for (const [level, most] of [
      [WAIST, 1.1],
      [SEAT, 0.98],
    ] as const) {
      for (const ratio of [0.5, 0.74, most])
        expect(depthBeside(WIDTH, deep(ratio), level)).toEqual(deep(ratio));
    }
  });

  it.each([
    [WAIST, 1.3],
    [WAIST, 1.8],
    [SEAT, 1.05],
    [SEAT, 1.5],
  ])('at %d is not known where it is %d of it: what people have lies in its interval', (level, ratio) => {
    const known = depthBeside(WIDTH, deep(ratio), level);
    const usual = level === SEAT ? [0.55, 0.68, 0.9] : [0.58, 0.74, 1.06];
    for (const each of usual)
      expect(Math.abs(known.value - each * WIDTH.value), `${each}`).toBeLessThan(1.96 * known.sd);
    expect(known.value / WIDTH.value).toBeLessThan(0.95);
  });
});
