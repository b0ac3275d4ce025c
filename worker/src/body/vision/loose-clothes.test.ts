import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { LOOSE, looseClothes, underLoose } from './loose-clothes.ts';
import type { Outline } from './outline.ts';
import type { Silhouette } from './silhouette.ts';

const BODY = 1000;
const SOLES = 1100;

/** The outer half of both legs and half of the gap between them (shares of the body's height), by level. */
type Legs = (level: number, angle: Angle) => { readonly outer: number; readonly gap: number };

type Seen = (level: number, angle: Angle) => ReturnType<Outline['at']>;

/** Whether loose cloth is found at hips of 0.2 and at the waist of somebody with these legs; `clothed` photos show a shirt, all `thighs`. */
function looseAt(legs: Legs, clothed = 0, thighs: number | Seen = 0.17) {
  const limb = (side: -1 | 1, angle: Angle) => {
    const firstRow = SOLES - 0.46 * BODY;
    const rows = Array.from({ length: 400 }, (_, i) => {
      const { outer, gap } = legs((SOLES - firstRow - i) / BODY, angle);
      const [near, far] = [500 + side * gap * BODY, 500 + side * outer * BODY];
      return { left: Math.min(near, far), right: Math.max(near, far), contrast: 100 };
    });
    return { firstRow, rows, across: 1 };
  };
  const silhouettes = Object.fromEntries(
    ANGLES.map((angle, i) => [
      angle,
      {
        limbs: { legs: [limb(-1, angle), limb(1, angle)] },
        cover: { neck: { left: 0, right: 0 }, waist: i < clothed ? 1 : 0, hairFromSkin: 2 },
      },
    ]),
  ) as unknown as Record<Angle, Silhouette>;
  const seen = typeof thighs === 'number' ? (level: number) => ({ extent: narrowing(level, thighs), sd: 0 }) : thighs; // prettier-ignore
  const outlines = Object.fromEntries(
    ANGLES.map((angle): [Angle, Outline] => [
      angle,
      { at: (level) => seen(level, angle), sides: () => null },
    ]),
  ) as Record<Angle, Outline>;
  const scale = { soles: SOLES, bodyPx: BODY };
  const scales = { front: scale, back: scale, left: scale, right: scale };
  const isLoose = looseClothes(outlines, silhouettes, scales);
  return { hip: isLoose(0.5), waist: isLoose(0.63) };
}

/** From 0.2 at the hips to thighs of so much, which is less within 0.08 of the height: not at once, as at a hem that all photos show. */
const narrowing = (level: number, thighs: number) =>
  0.2 - (0.2 - thighs) * Math.max(0, Math.min(1, (0.455 - level) / 0.08));

/** Legs that stand apart and taper from thighs to ankles. */
const apart: Legs = (level) => ({ outer: 0.03 + level / 4, gap: 0.02 });
const touching: Legs = (level) => ({ outer: 0.02 + level / 3, gap: 0 });
const skirt: Legs = (level) =>
  level > 0.26 ? { outer: 0.16 - level / 10, gap: 0 } : { outer: 0.07, gap: 0.02 };
const wide: Legs = () => ({ outer: 0.12, gap: 0.01 });

describe('loose clothes', () => {
  it('are not seen on bare legs, nor on legs that touch down to the knees', () => {
    expect(looseAt(apart)).toEqual({ hip: false, waist: false });
    expect(looseAt(touching)).toEqual({ hip: false, waist: false });
  });

  it('are a skirt where no wall shows between legs that do not taper', () => {
    expect(looseAt(skirt)).toEqual({ hip: true, waist: false });
  });

  it('are a dress where a skirt goes with cloth at the waist', () => {
    expect(looseAt(skirt, 3)).toEqual({ hip: true, waist: true });
    expect(looseAt(apart, 4)).toEqual({ hip: false, waist: false });
  });

  it('are a shirt that hangs over the hips where thighs are much less, and cloth is at the waist', () => {
    expect(looseAt(apart, 2, 0.14)).toEqual({ hip: true, waist: true });
    expect(looseAt(apart, 1, 0.14)).toEqual({ hip: false, waist: false });
    expect(looseAt(apart, 4)).toEqual({ hip: false, waist: false });
  });

  it('are not tight ones over a waist, over thin thighs that taper, or where hands hide the hips', () => {
    const sized = (extent: (level: number) => number) => (level: number) => ({
      extent: extent(level),
      sd: 0,
    });
    const bare = { hip: false, waist: false };
    const waisted = sized((level) => (level > 0.57 && level < 0.68 ? 0.14 : narrowing(level, 0.14)));
    expect(looseAt(apart, 4, waisted)).toEqual(bare);
    const tapering = sized((level) => Math.min(0.2, 0.2 - 0.3 * (0.53 - level)));
    expect(looseAt(apart, 4, tapering)).toEqual(bare);
    const hidden: Seen = (level) => (level > 0.44 ? null : { extent: 0.14, sd: 0 });
    expect(looseAt(apart, 4, hidden)).toEqual(bare);
  });

  it('end in a hem that all photos show: it covers the hips, and with cloth at the waist also that', () => {
    const hem: Seen = (level) => ({ extent: level < 0.4 ? 0.17 : 0.2, sd: 0 });
    expect(looseAt(apart, 1, hem)).toEqual({ hip: true, waist: false });
    expect(looseAt(apart, 2, hem)).toEqual({ hip: true, waist: true });
  });

  it('end in a hem over the hips in front and back, which cloth at the waist tells from hands', () => {
    const shirt = (clothed: number) =>
      looseAt(apart, clothed, (level, angle) => ({
        extent: level < 0.5 && (angle === 'front' || angle === 'back') ? 0.18 : 0.2,
        sd: 0,
      }));
    expect(shirt(1)).toEqual({ hip: false, waist: false });
    expect(shirt(2)).toEqual({ hip: true, waist: true });
  });

  it('are shorts where both legs become much narrower at their hem', () => {
    // In front and back the inner edges step back, in a profile the outer ones.
    const shorts: Legs = (level, angle) => {
      const isBelow = level <= 0.3;
      return angle === 'left'
        ? { outer: isBelow ? 0.1 : 0.12, gap: 0.01 }
        : { outer: 0.12, gap: isBelow ? 0.045 : 0.01 };
    };
    const above: Seen = (level) => (level < 0.36 ? null : { extent: narrowing(level, 0.17), sd: 0 });
    expect(looseAt(shorts, 0, above)).toEqual({ hip: true, waist: false });
  });

  it('are wide trousers where an ankle is as wide as a thigh', () => {
    expect(looseAt(wide)).toEqual({ hip: true, waist: false });
  });

  it('measure from as much as the body up to half as much again', () => {
    for (const more of [1, 1.25, 1.5]) {
      const body = underLoose({ cm: 90 * more, sdCm: 1 });
      expect(Math.abs(body.cm - 90), `${more}`).toBeLessThan(1.96 * body.sdCm);
    }
    expect(underLoose({ cm: 100, sdCm: 0 }).sdCm).toBe(100 * LOOSE.sd);
  });
});
