import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { lowHem } from './low-hem.ts';
import type { Outline } from './outline.ts';
import type { Silhouette } from './silhouette.ts';

const [BODY, SOLES] = [1000, 1100] as const;

/** What is seen at a level (share of the body's height): the width or depth over all, and from front and back that of each leg. */
interface Seen {
  readonly over: (level: number, angle: Angle) => number;
  readonly leg?: (level: number) => number;
  /** Whether the outline is bridged. */
  readonly bridged?: boolean;
}

/** Thighs and legs that taper, from 0.2 at the seat. */
const taper = (level: number) => 0.2 - 0.25 * Math.max(0, 0.5 - level);

/** The outline reaches down to 0.34; below, there are legs. */
function hemIn({ over, leg = (level) => 0.04 + level / 8, bridged = false }: Seen) {
  const outlines = Object.fromEntries(
    ANGLES.map((angle): [Angle, Outline] => [
      angle,
      {
        at: (level) =>
          level < 0.34 ? null : { extent: over(level, angle), sd: bridged ? 0.01 : 0, bridged },
        sides: () => null,
      },
    ]),
  ) as Record<Angle, Outline>;
  const firstRow = SOLES - 0.48 * BODY;
  const limb = (angle: Angle, side: -1 | 1) => ({
    firstRow,
    across: 1,
    rows: Array.from({ length: 400 }, (_, i) => {
      const level = (SOLES - firstRow - i) / BODY;
      const [outer, wide] = [500 + (side * over(level, angle) * BODY) / 2, side * leg(level) * BODY];
      return { left: Math.min(outer, outer - wide), right: Math.max(outer, outer - wide), contrast: 100 };
    }),
  });
  const silhouettes = Object.fromEntries(
    ANGLES.map((angle) => [
      angle,
      { firstRow: 200, rows: [], limbs: { legs: [limb(angle, -1), limb(angle, 1)] } },
    ]),
  ) as unknown as Record<Angle, Silhouette>;
  const scale = { soles: SOLES, bodyPx: BODY };
  return lowHem(outlines, silhouettes, { front: scale, back: scale, left: scale, right: scale });
}

const NONE = { isInAll: false, isInPair: false, isOnLegs: false };
const isFront = (angle: Angle) => angle === 'front' || angle === 'back';
/** Cloth that hangs by so much (share of the body's height) beyond what is below it, down to a hem. */
const cloth = (by: number, hem: number) => (level: number) => taper(level) + (level > hem ? by : 0);

describe('a low hem', () => {
  it('is none on bare legs, nor on tight shorts', () => {
    expect(hemIn({ over: taper })).toEqual(NONE);
    expect(hemIn({ over: cloth(0.008, 0.4) })).toEqual(NONE);
  });

  it.each([0.28, 0.31, 0.37, 0.42])('is that of a long shirt or a robe at %d in all photos', (hem) => {
    expect(hemIn({ over: cloth(0.03, hem) })).toMatchObject({ isInAll: true });
  });

  it('lies a little higher in one photo than in another, where cloth has folds', () => {
    const folds = hemIn({ over: (level, angle) => cloth(0.03, isFront(angle) ? 0.37 : 0.385)(level) });
    expect(folds.isInAll).toBe(true);
    const apart = hemIn({ over: (level, angle) => cloth(0.03, isFront(angle) ? 0.33 : 0.385)(level) });
    expect(apart.isInAll).toBe(false);
  });

  it('is that of a shirt over the hips, in front and back or, where it steps more than hands do, in both profiles', () => {
    const inPair = (by: number, fronts: boolean) =>
      hemIn({ over: (level, angle) => (isFront(angle) === fronts ? cloth(by, 0.46)(level) : taper(level)) });
    expect(inPair(0.03, true)).toEqual({ ...NONE, isInPair: true });
    expect(inPair(0.03, false)).toEqual(NONE);
    expect(inPair(0.05, false)).toEqual({ ...NONE, isInPair: true });
  });

  it('is not seen where outlines are bridged', () => {
    expect(hemIn({ over: cloth(0.05, 0.42), bridged: true })).toEqual(NONE);
  });

  it('is that of loose shorts where both legs become much narrower, also in a profile, which knees that touch do not', () => {
    const legs = (by: number, inProfile: number) =>
      hemIn({
        over: (level, angle) => taper(level) + (angle === 'left' && level > 0.3 ? inProfile : 0),
        leg: (level) => 0.06 + (level > 0.3 ? by : 0),
      });
    expect(legs(0.025, 0.03)).toEqual({ ...NONE, isOnLegs: true });
    expect(legs(0.012, 0.03)).toEqual(NONE);
    expect(legs(0.025, 0.01)).toEqual(NONE);
  });
});
