import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { ANKLES_ABOVE_FLOOR, CROWN_TO_ANKLES, scalesOf } from './scale.ts';
import type { Silhouette } from './silhouette.ts';

const [BODY, CROWN] = [1000, 100];

interface Feet {
  /** How far apart the ankles stand in front and back photo (share of the body's height). */
  readonly apart?: number;
  /** How much lower the nearer ankle is shown in the profiles, for a unit of that. */
  readonly steep?: number;
  /** How far below the ankles the toes are shown (share of the body's height). */
  readonly toes?: number;
}

/** What the worker of before told of such feet. */
function withoutAnkles(toes: number) {
  return Object.fromEntries(
    ANGLES.map((angle) => {
      const ankles = CROWN + CROWN_TO_ANKLES[angle] * BODY;
      return [angle, { crown: CROWN, ankles, soles: ankles + toes * BODY, firstRow: 0, rows: [] }];
    }),
  ) as unknown as Record<Angle, Silhouette>;
}

/** Four photos in which crown and ankles lie alike, and that show feet as usual, but for what is said. */
function four({ apart = 0.217, steep = 0.306, toes = 0.0811 }: Feet = {}): Record<Angle, Silhouette> {
  const photos = withoutAnkles(toes);
  const fronts = { across: apart * BODY, down: 0 };
  const sides = { across: 0.03 * BODY, down: steep * apart * BODY };
  const told = (angle: Angle) => (angle === 'front' || angle === 'back' ? fronts : sides);
  return Object.fromEntries(
    ANGLES.map((angle) => [angle, { ...photos[angle], anklesApart: told(angle) }]),
  ) as Record<Angle, Silhouette>;
}

/** By how much (share) the scale of each photo is smaller than crown and ankles say. */
const smaller = (photos: Record<Angle, Silhouette>) =>
  ANGLES.map((angle) => 1 - scalesOf(photos)[angle].bodyPx / BODY);

describe('the scale', () => {
  it('is what crown and ankles say where feet are shown as usual, however far they stand apart', () => {
    for (const apart of [0.1, 0.217, 0.3])
      for (const share of smaller(four({ apart }))) expect(share).toBeCloseTo(0, 6);
  });

  it('is smaller, in all four photos alike, where cameras look more steeply at the feet', () => {
    for (const share of smaller(four({ steep: 0.306 + 0.15 }))) expect(share).toBeCloseTo(0.0023, 4);
    for (const share of smaller(four({ steep: 0.306 - 0.15 }))) expect(share).toBeCloseTo(-0.0023, 4);
  });

  it('is smaller where the toes are shown less far below the ankles, which were placed too low', () => {
    for (const share of smaller(four({ toes: 0.0811 - 0.02 }))) expect(share).toBeCloseTo(0.0028, 4);
    for (const share of smaller(four({ toes: 0.0811 + 0.02 }))) expect(share).toBeCloseTo(-0.0028, 4);
  });

  it('moves the floor with the ankles and leaves the crown where it is', () => {
    const scales = scalesOf(four({ toes: 0.06 }));
    for (const angle of ANGLES) {
      const { soles, bodyPx } = scales[angle];
      expect(soles - CROWN).toBeCloseTo((CROWN_TO_ANKLES[angle] + ANKLES_ABOVE_FLOOR[angle]) * bodyPx, 6);
      expect(bodyPx).toBeLessThan(BODY - 2);
    }
  });

  it('is moved by 1 % at most, whatever is taken for feet', () => {
    for (const share of smaller(four({ toes: 0 }))) expect(share).toBeCloseTo(0.01, 6);
    for (const share of smaller(four({ steep: 0, toes: 0.2 }))) expect(share).toBeCloseTo(-0.01, 6);
  });

  it('is what crown and ankles say where feet stand together, or older workers did not tell where they are', () => {
    for (const share of smaller(four({ apart: 0.04, steep: 2, toes: 0.06 }))) expect(share).toBeCloseTo(0, 9);
    for (const share of smaller(withoutAnkles(0.06))) expect(share).toBeCloseTo(0, 9);
    const one = { ...four({ toes: 0.06 }), left: withoutAnkles(0.06).left };
    for (const share of smaller(one)) expect(share).toBeCloseTo(0, 9);
  });
});
