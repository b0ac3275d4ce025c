import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { neckExtents } from './neck.ts';
import type { Band, Outline } from './outline.ts';

const NECK = 0.065;
const PROFILES: readonly Angle[] = ['left', 'right'];

/**
 * A neck that stands upright (shares of the body's height). `change` replaces what a photo shows at a level: a band that is
 * bridged, or an extent that is seen, or `null` where nothing is. `throatAndNape` replaces where the two lie in profiles.
 */
function extentsOf(
  change: (angle: Angle, level: number) => Band | number | null | undefined = () => undefined,
  throatAndNape?: (level: number) => readonly [throat: number, nape: number],
) {
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
  return neckExtents(
    Object.fromEntries(ANGLES.map((angle) => [angle, outlineOf(angle)])) as Record<Angle, Outline>,
  )!;
}

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

  it('counts up to a tenth more than the narrowest row where the plane meets jaw or shoulders', () => {
    // The neck is least deep from 0.836 to 0.864, about the middle of which the plane lies, and narrower above.
    const short = (least: number) =>
      extentsOf((angle, level) => {
        if (isProfile(angle)) return within(level, 0.836, 0.864) ? NECK : 1.8 * NECK;
        return level > 0.858 ? least * NECK : NECK;
      }).widths[0]!;
    // The plane's own width is NECK, 1.05 and 1.67 times the narrowest row's.
    expect(short(0.95).extent / NECK).toBeCloseTo((0.95 + 1) / 2, 2);
    expect(short(0.6).extent / NECK).toBeCloseTo(0.6 * 1.05, 3);
  });

  it('is looked for where the front is narrowest, though the back is wider there', () => {
    const { widths } = extentsOf((angle, level) => {
      if (isProfile(angle)) return level < 0.85 ? null : NECK;
      if (angle === 'front') return level < 0.86 ? 1.08 * NECK : NECK;
      return level < 0.86 ? 1.08 * NECK : 1.3 * NECK;
    });
    expect(widths[0]!.extent / NECK).toBeCloseTo(1, 2);
  });
});

describe('the depth of a neck', () => {
  it('counts up to 0.15 more than the shortest way where chin and back leave the plane no room', () => {
    const { depths } = extentsOf((angle, level) =>
      isProfile(angle) && !within(level, 0.856, 0.864) ? 1.8 * NECK : undefined,
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
