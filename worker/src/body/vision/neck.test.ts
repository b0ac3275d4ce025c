import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { neckExtents } from './neck.ts';
import { neckLean } from './neck-lean.ts';
import type { Band, Outline } from './outline.ts';

const NECK = 0.065;
const PROFILES: readonly Angle[] = ['left', 'right'];

/** Where the shoulders' joints lie, so that the tape is expected at 0.85 (shares of the body's height). */
const SHOULDERS = 0.801;

type Change = (angle: Angle, level: number) => Band | number | null | undefined;
type ThroatAndNape = (level: number) => readonly [throat: number, nape: number];

/**
 * Four photos of a neck that stands upright (shares of the body's height). `change` replaces what a photo shows at a level: a
 * band that is bridged, or an extent that is seen, or `null` where nothing is. `throatAndNape` replaces where the two lie in
 * profiles.
 */
function outlinesOf(change: Change = () => undefined, throatAndNape?: ThroatAndNape): Record<Angle, Outline> {
  const outlineOf = (angle: Angle): Outline => {
    const shown = (level: number): Band | null => {
      if (level < 0.83 || level > 0.9) return null;
      const changed = change(angle, level);
      if (changed === undefined) return { extent: NECK, sd: 0 };
      return typeof changed === 'number' ? { extent: changed, sd: 0 } : changed;
    };
    return {
      at: shown,
      sides(level) {
        const band = shown(level);
        const [throat, nape] = (band && throatAndNape?.(level)) ?? [];
        if (throat !== undefined && nape !== undefined && isProfile(angle))
          return angle === 'left' ? { left: -throat, right: nape } : { left: -nape, right: throat };
        return band && band.sd === 0 ? { left: -band.extent / 2, right: band.extent / 2 } : null;
      },
    };
  };
  return Object.fromEntries(ANGLES.map((angle) => [angle, outlineOf(angle)])) as Record<Angle, Outline>;
}

const extentsOf = (change?: Change, throatAndNape?: ThroatAndNape) =>
  neckExtents(outlinesOf(change, throatAndNape), SHOULDERS)!;

/** Throat and nape of a neck of this depth whose middle line leans by so many degrees about 0.85. */
const leaning =
  (degrees: number, depth: (level: number) => number = () => NECK): ThroatAndNape =>
  (level) => {
    const middle = (level - 0.85) * Math.tan((degrees * Math.PI) / 180);
    return [depth(level) / 2 + middle, depth(level) / 2 - middle];
  };

/** The middle line of the usual neck with its chin and back (degrees); its axis leans by 17.6. */
const USUAL_LINE = 35.2;

const isProfile = (angle: Angle) => PROFILES.includes(angle);
const within = (level: number, from: number, to: number) => from < level && level < to;

describe('the width of a neck', () => {
  it('is that of rows in which it is seen: a narrower one that is bridged does not count', () => {
    const bridged = extentsOf((angle, level) =>
      angle === 'front' && within(level, 0.85, 0.855) ? { extent: 0.5 * NECK, sd: 0.004 } : undefined,
    );
    const [front] = bridged.widths;
    expect(front!.extent).toBeCloseTo(NECK, 3);
    expect(front!.sd).toBe(0);
  });

  it('is as uncertain as its bridge where it is not seen at all', () => {
    const { widths, depths } = extentsOf((angle) =>
      isProfile(angle) ? undefined : { extent: NECK, sd: 0.004 },
    );
    expect(widths.map(({ sd }) => sd)).toEqual([0.004, 0.004]);
    expect(depths.map(({ sd }) => sd)).toEqual([0, 0]);
    expect(extentsOf().widths.map(({ sd }) => sd)).toEqual([0, 0]);
  });

  it('is not that of a chin that is narrower than the neck, which leaves the depth uncertain', () => {
    const { widths, short } = extentsOf((_, level) => (within(level, 0.864, 0.876) ? 0.6 * NECK : NECK));
    expect(widths.map(({ extent }) => extent)).toEqual([NECK, NECK]);
    expect(short).toBe(1);
  });

  it('counts up to a tenth more than the narrowest row where the plane meets jaw or shoulders', () => {
    // The plane lies about 0.85 and crosses rows up to 0.862. Its own width is NECK.
    const width = (least: number, to: number) =>
      extentsOf(
        (angle, level) => (!isProfile(angle) && within(level, 0.858, to) ? least * NECK : NECK),
        leaning(USUAL_LINE, (level) => (within(level, 0.836, 0.864) ? NECK : 1.8 * NECK)),
      ).widths[0]!.extent / NECK;
    expect(width(0.95, 1)).toBeCloseTo((0.95 + 1) / 2, 2);
    expect(width(0.6, 0.8605)).toBeCloseTo(0.6 * 1.05, 3);
  });

  it('is looked for where the front is narrowest, though the back is wider there', () => {
    const { widths } = extentsOf((angle, level) => {
      if (isProfile(angle)) return NECK;
      if (angle === 'front') return level < 0.86 ? 1.08 * NECK : NECK;
      return level < 0.86 ? 1.08 * NECK : 1.3 * NECK;
    });
    expect(widths[0]!.extent / NECK).toBeCloseTo(1, 2);
  });
});

describe('the depth of a neck', () => {
  it('counts up to 0.15 more than the shortest way where chin and back leave the plane no room', () => {
    const wide = leaning(USUAL_LINE, () => 1.8 * NECK);
    const { depths } = extentsOf(undefined, (level) =>
      within(level, 0.848, 0.852) ? [NECK / 2, NECK / 2] : wide(level),
    );
    expect(depths.map(({ extent }) => extent / NECK)).toEqual([
      expect.closeTo(1.075, 3),
      expect.closeTo(1.075, 3),
    ]);
  });

  it('is not a way that is steeper than tapes lie', () => {
    // From the throat up to the nape: 0.8 of NECK forwards and 0.036 up are 35°, and 0.063 long.
    const { depths } = extentsOf(
      (angle, level) => (!isProfile(angle) && level < 0.85 ? 2 * NECK : undefined),
      (level) => [(level < 0.84 ? 0.5 : 0.8) * NECK, (level > 0.876 ? 0.3 : 0.8) * NECK],
    );
    expect(depths[0]!.extent).toBeGreaterThan(1.1 * NECK);
  });
});

describe('where a tape lies about a neck', () => {
  it('is near the level that shoulders tell, not at a jaw that is narrower', () => {
    // From 0.876 on the front is narrower, as it is at the jaw of somebody whose neck is broad.
    const jaw: Change = (angle, level) => (!isProfile(angle) && level > 0.876 ? 0.8 * NECK : undefined);
    expect(extentsOf(jaw).widths[0]!.extent / NECK).toBeCloseTo(1, 2);
    // Where shoulders lie higher, this is the neck.
    expect(neckExtents(outlinesOf(jaw), SHOULDERS + 0.035)!.widths[0]!.extent / NECK).toBeCloseTo(0.8, 2);
  });
});

it('a neck is short whose shoulders lie so high that a tape would lie at the chin', () => {
  expect(extentsOf().short).toBe(0);
  expect(neckExtents(outlinesOf(), 0.836)!.short).toBeCloseTo(0.5, 5);
  expect(neckExtents(outlinesOf(), 0.85)!.short).toBe(1);
});

it('a neck is no shorter for cameras that show its shoulders higher', () => {
  expect(neckExtents(outlinesOf(), 0.845, 0.009)!.short).toBeCloseTo(0.5, 5);
  expect(neckExtents(outlinesOf(), 0.836, -0.014)!.short).toBe(1);
});

describe('the lean of a neck', () => {
  const degrees = (line: number | null) =>
    (neckLean(line === null ? outlinesOf((angle) => (isProfile(angle) ? null : undefined)) : outlinesOf(undefined, leaning(line)), SHOULDERS) * 180) / Math.PI; // prettier-ignore

  it('is half as far from the usual one as the middle line of the profiles is, and none where that is upright', () => {
    expect(degrees(USUAL_LINE)).toBeCloseTo(17.6, 1);
    expect(degrees(USUAL_LINE + 10)).toBeCloseTo(22.6, 1);
    expect(degrees(15)).toBeCloseTo(7.5, 1);
    expect(degrees(0)).toBe(0);
    expect(degrees(-20)).toBe(0);
    expect(degrees(75)).toBeCloseTo(30, 5);
  });

  it('is the usual one where throat and nape are not seen', () => {
    expect(degrees(null)).toBeCloseTo(17.6, 5);
  });
});
