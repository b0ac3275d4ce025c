import { describe, expect, it } from 'vitest';
import { hollowLevel } from './lumbar-hollow.ts';
import type { Outline } from './outline.ts';

/** A profile whose back stands `back(level)` behind the column 0; null where it is not seen. */
const profile = (angle: 'left' | 'right', back: (level: number) => number | null): Outline => ({
  at: () => null,
  sides: (level) => {
    const out = back(level);
    if (out === null) return null;
    return angle === 'left' ? { left: -0.08, right: out } : { left: -out, right: 0.08 };
  },
});

const both = (back: (level: number) => number | null) => ({
  left: profile('left', back),
  right: profile('right', back),
});

/** A back that is hollow around a level, as a parabola. */
const hollow = (at: number) => (level: number) => 0.05 + 4 * (level - at) ** 2;

describe('the hollow of the back', () => {
  it.each([0.6, 0.63])('lies where the back is deepest (%d)', (level) => {
    expect(hollowLevel(both(hollow(level)))).toBeCloseTo(level, 3);
  });

  it('lies in the middle of a flat bottom, not where the outline is roughest', () => {
    const flat = (level: number) => {
      const away = Math.max(0, Math.abs(level - 0.63) - 0.03);
      return 0.05 + 40 * away ** 2 - (Math.abs(level - 0.605) < 0.001 ? 0.002 : 0);
    };
    expect(Math.abs(hollowLevel(both(flat))! - 0.63)).toBeLessThan(0.005);
  });

  it('is the mean of what both profiles show, or what one shows', () => {
    const [lower, higher] = [hollow(0.6), hollow(0.63)];
    const two = { left: profile('left', lower), right: profile('right', higher) };
    expect(hollowLevel(two)).toBeCloseTo(0.615, 3);
    expect(hollowLevel({ ...two, left: profile('left', () => null) })).toBeCloseTo(0.63, 3);
  });

  it.each([
    ['a straight back', () => 0.05],
    ['a back that leans', (level: number) => 0.05 + 0.2 * level],
    [
      'a back that is hardly seen',
      (level: number) => (level > 0.6 && level < 0.65 ? hollow(0.62)(level) : null),
    ],
  ])('is not found in %s', (_, back) => {
    expect(hollowLevel(both(back))).toBeNull();
  });

  it('is found where a part of the back is hidden', () => {
    const back = (level: number) => (level > 0.64 && level < 0.67 ? null : hollow(0.61)(level));
    expect(hollowLevel(both(back))).toBeCloseTo(0.61, 2);
  });
});
