import { describe, expect, it } from 'vitest';
import { backHigherThan, likelyLevels, overLevels, signsByLevel } from './navel-level.ts';
import type { Outline } from './outline.ts';

const [AT, SD] = [0.6, 0.009];
const LEVELS = Array.from({ length: 35 }, (_, i) => 0.6425 - 0.0025 * i);

/** Signs that are `high` at a level and 0 elsewhere. */
const signAt = (level: number, high: number) => ({
  levels: LEVELS,
  signs: LEVELS.map((each) => high * Math.exp(-0.5 * ((each - level) / 0.003) ** 2)),
});
const placed = (seen: Parameters<typeof likelyLevels>[2]) =>
  overLevels(likelyLevels(AT, SD, seen), (level) => 1 - 4 * (level - AT));

describe('where a navel lies', () => {
  it('is what joints say where nothing is seen, and where all rows look alike', () => {
    for (const seen of [null, { levels: LEVELS, signs: LEVELS.map(() => 3) }]) {
      const { level, sd } = placed(seen);
      expect(level).toBeCloseTo(AT, 6);
      expect(sd / (4 * SD)).toBeCloseTo(1, 1);
    }
  });

  it('is where it is seen, and its girth as certain as that', () => {
    const { level, sd } = placed(signAt(0.587, 9));
    expect(Math.abs(level - 0.588)).toBeLessThan(0.003);
    expect(sd).toBeLessThan(0.6 * 4 * SD);
  });

  it('is hardly changed by a doubtful sign', () => {
    const { level, sd } = placed(signAt(0.575, 2));
    expect(Math.abs(level - AT)).toBeLessThan(0.004);
    expect(sd).toBeGreaterThan(0.9 * 4 * SD);
  });
});

describe('the level of a sign', () => {
  /** Widths that are least at `waist`. */
  const outline = (waist: number): Outline => ({
    at: (level) => ({ extent: 0.15 + 2 * (level - waist) ** 2, sd: 0 }),
    sides: () => null,
  });
  const signs = { firstRow: 400, step: 2, signs: [0, 1] };
  const levelsOf = (up: number, back: number) =>
    signsByLevel(signs, { soles: 1000, bodyPx: 1000, up }, backHigherThan(outline(0.63), outline(back)))
      .levels;

  it('is that of its row, as the photos are aligned, and a little higher than a camera that looks down shows a navel', () => {
    expect(levelsOf(0, 0.63)[0]).toBeCloseTo(0.6014, 6);
    expect(levelsOf(0, 0.63)[1]).toBeCloseTo(0.5994, 6);
    expect(levelsOf(0.01, 0.63)[0]).toBeCloseTo(0.5914, 6);
  });

  it('is half way to where the back photo shows the same width', () => {
    expect(levelsOf(0, 0.642)[0]).toBeCloseTo(0.6074, 2);
    expect(levelsOf(0, 0.642)[0]! - levelsOf(0, 0.618)[0]!).toBeGreaterThan(0.009);
  });
});
