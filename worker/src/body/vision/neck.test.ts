import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { neckExtents } from './neck.ts';
import type { Band, Outline } from './outline.ts';

/** A neck that stands upright (shares of the body's height). `change` replaces what a photo shows at a level; `further` is how much further out throat and nape lie. */
const NECK = 0.065;
const SIDES: readonly Angle[] = ['left', 'right'];

function extentsOf(
  change: (angle: Angle, level: number) => Band | null = () => null,
  further: (level: number) => number = () => 0,
) {
  const outlineOf = (angle: Angle): Outline => ({
    at: (level) => (level > 0.83 && level < 0.9 ? (change(angle, level) ?? { extent: NECK, sd: 0 }) : null),
    sides: (level) =>
      SIDES.includes(angle) && level > 0.83 && level < 0.9
        ? { left: -NECK / 2 - further(level), right: NECK / 2 + further(level) }
        : null,
  });
  return neckExtents(
    Object.fromEntries(ANGLES.map((angle) => [angle, outlineOf(angle)])) as Record<Angle, Outline>,
  )!;
}

describe('the width of a neck', () => {
  it('is that of rows in which it is seen: a narrower one that is bridged does not count', () => {
    const bridged = extentsOf((angle, level) =>
      angle === 'front' && level > 0.85 && level < 0.855 ? { extent: 0.5 * NECK, sd: 0.004 } : null,
    );
    const [front] = bridged.widths;
    expect(front!.extent).toBeCloseTo(extentsOf().widths[0]!.extent, 3);
    expect(front!.sd).toBe(0);
  });

  it('is as uncertain as its bridge where it is not seen at all', () => {
    const { widths, depths } = extentsOf((angle) =>
      angle === 'front' || angle === 'back' ? { extent: NECK, sd: 0.004 } : null,
    );
    expect(widths.map(({ sd }) => sd)).toEqual([0.004, 0.004]);
    expect(depths.map(({ sd }) => sd)).toEqual([0, 0]);
    expect(extentsOf().widths.map(({ sd }) => sd)).toEqual([0, 0]);
  });

  it('counts up to a tenth more than the narrowest row where the plane meets jaw or shoulders', () => {
    const short = (least: number) =>
      extentsOf((_, level) => (level > 0.85 && level < 0.855 ? { extent: least * NECK, sd: 0 } : null))
        .widths[0]!;
    // The plane's own width is NECK, 1.05 and 1.67 times the narrowest row's.
    expect(short(0.95).extent / NECK).toBeCloseTo((0.95 + 1) / 2, 2);
    expect(short(0.6).extent / NECK).toBeCloseTo(0.6 * 1.05, 3);
  });
});

describe('the depth of a neck', () => {
  it('counts a twentieth more than the shortest way where chin and back leave the plane no room', () => {
    const { depths } = extentsOf(undefined, (level) => (level > 0.856 && level < 0.864 ? 0 : 0.03));
    expect(depths.map(({ extent }) => extent / NECK)).toEqual([
      expect.closeTo(1.025, 3),
      expect.closeTo(1.025, 3),
    ]);
  });
});
