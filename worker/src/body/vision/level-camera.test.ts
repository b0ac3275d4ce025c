import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { lessByLevelCameras, uncertainByLevel } from './level-camera.ts';
import { ANKLES_ABOVE_FLOOR, CROWN_TO_ANKLES, scalesOf } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

const BODY = 1000;
const DEGREE = Math.PI / 180;

/** The level of hips' joints that a parallel view shows (share of the body's height). */
const HIPS = 0.543;
const HEIGHT_M = 1.7;

/** A photo whose camera stands `away` m before the body and `above` m over the floor, and looks down by `pitch` degrees. */
function seen(
  angle: Angle,
  camera: { pitch: number; above?: number; away?: number; legs?: number },
): Silhouette {
  const { pitch, above = 1.12, away = 2.6, legs = 0 } = camera;
  const [cos, sin] = [Math.cos(pitch * DEGREE), Math.sin(pitch * DEGREE)];
  /** How far below the optical axis a height over the floor is shown (share of the focal length). */
  const down = (level: number) => {
    const below = above - level * HEIGHT_M;
    return (below * cos - away * sin) / (away * cos + below * sin);
  };
  const [crown, ankles] = [down(1), down(1 - CROWN_TO_ANKLES[angle])];
  const px = (CROWN_TO_ANKLES[angle] * BODY) / (ankles - crown);
  const row = (level: number) => 1000 + down(level) * px;
  return {
    crown: row(1),
    ankles: row(1 - CROWN_TO_ANKLES[angle]),
    soles: row(1 - CROWN_TO_ANKLES[angle]) + ANKLES_ABOVE_FLOOR[angle] * BODY,
    hips: row(HIPS + legs),
    photoMiddle: 1000,
    firstRow: 0,
    rows: [],
  };
}

function lessBy(
  camera: Parameters<typeof seen>[1],
  isMiddleKnown = true,
  elevations: Parameters<typeof lessByLevelCameras>[2] = {},
): number {
  const photos = ANGLES.map((angle) => {
    const { photoMiddle, ...photo } = seen(angle, camera);
    return [angle, isMiddleKnown ? { ...photo, photoMiddle } : photo] as const;
  });
  const silhouettes = Object.fromEntries(photos) as Record<Angle, Silhouette>;
  return lessByLevelCameras(silhouettes, scalesOf(silhouettes), elevations);
}

describe('what level cameras show less of a neck', () => {
  it('is little for one that looks down by 4°, as most do, and nothing by 6°', () => {
    expect(lessBy({ pitch: 4 })).toBeLessThan(0.003);
    expect(lessBy({ pitch: 6 })).toBe(0);
  });

  it('is over one per cent for one that is held level at the breast', () => {
    expect(lessBy({ pitch: 0 })).toBeGreaterThan(0.01);
    expect(lessBy({ pitch: 2 })).toBeLessThan(lessBy({ pitch: 0 }));
  });

  it('is told by the hips alone where the middle of the photo is not known', () => {
    const alone = lessBy({ pitch: 0 }, false);
    expect(alone).toBeGreaterThan(0.002);
    expect(alone).toBeLessThan(lessBy({ pitch: 0 }));
  });

  it('is nothing where the cameras are known, and half where two are', () => {
    const known = { front: 0, back: 0 };
    expect(lessBy({ pitch: 0 }, true, known)).toBeCloseTo(lessBy({ pitch: 0 }) / 2);
    expect(lessBy({ pitch: 0 }, true, { ...known, left: 0, right: 0 })).toBe(0);
  });

  it('is never more than cameras make, however long the legs are', () => {
    expect(lessBy({ pitch: 0, legs: 0.06 })).toBe(0.018);
  });
});

describe('what level cameras make surer', () => {
  it('are necks and hips, by four tenths where cameras are level by all that is seen, and no other girths', () => {
    const [down, level] = [lessBy({ pitch: 6 }), 0.018];
    for (const name of ['neck', 'hip'] as const) {
      expect(uncertainByLevel(name, down)).toBe(1);
      expect(uncertainByLevel(name, level / 2)).toBeCloseTo(0.8);
      expect(uncertainByLevel(name, level)).toBeCloseTo(0.6);
    }
    for (const name of ['waist', 'navel', 'chest'] as const) expect(uncertainByLevel(name, level)).toBe(1);
  });
});
