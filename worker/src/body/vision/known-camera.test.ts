import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { describe, expect, it } from 'vitest';
import { measureGirths } from './girths.ts';
import { asByUsualCameras, knownElevations } from './known-camera.ts';
import { ANKLES_ABOVE_FLOOR, CROWN_TO_ANKLES } from './scale.ts';
import type { Silhouette, TrunkRow } from './silhouette.ts';

const DEGREE = Math.PI / 180;
const HEIGHT_CM = 170;
const BODY_M = HEIGHT_CM / 100;

/** The camera stands so far before the body and above the floor (m). */
const [AWAY, ABOVE] = [2.65, 1.1];
const MIDDLE = { x: 600, y: 800 };
const FOCAL = 1500;

/** Width and depth (share of the height) at a level of a body with a neck, in planes that face the camera. */
const extentAt = (angle: Angle, level: number) => {
  const isProfile = angle === 'left' || angle === 'right';
  return level >= 0.83 ? 0.065 : isProfile ? 0.12 : 0.18;
};

/** What a camera of this elevation (degrees) shows of the body from that place. */
function seen(angle: Angle, elevation: number): Silhouette {
  const pitch = -elevation * DEGREE;
  const [cos, sin] = [Math.cos(pitch), Math.sin(pitch)];
  const depthOf = (level: number) => AWAY * cos + (ABOVE - level * BODY_M) * sin;
  const rowOf = (level: number) =>
    MIDDLE.y + (FOCAL * ((ABOVE - level * BODY_M) * cos - AWAY * sin)) / depthOf(level);
  const levelOf = (row: number) => {
    const below = Math.atan((row - MIDDLE.y) / FOCAL) + pitch;
    return (ABOVE - AWAY * Math.tan(below)) / BODY_M;
  };
  const rows = (from: number, to: number) => {
    const [first, last] = [Math.round(rowOf(from)), Math.round(rowOf(to))];
    const all = Array.from({ length: last - first + 1 }, (_, i) => {
      const level = levelOf(first + i);
      const half = (FOCAL * extentAt(angle, level) * BODY_M) / 2 / depthOf(level);
      return { left: MIDDLE.x - half, right: MIDDLE.x + half, contrast: 100 };
    });
    return { firstRow: first, rows: all };
  };
  const trunk = rows(0.9, 0.44);
  const ankles = 1 - CROWN_TO_ANKLES[angle];
  const bodyPx = (rowOf(ankles) - rowOf(1)) / CROWN_TO_ANKLES[angle];
  return {
    crown: rowOf(1),
    ankles: rowOf(ankles),
    soles: rowOf(ankles) + ANKLES_ABOVE_FLOOR[angle] * bodyPx,
    hips: rowOf(0.543),
    shoulders: rowOf(0.826),
    photoMiddle: MIDDLE.y,
    firstRow: trunk.firstRow,
    rows: trunk.rows.map((row) => ({ ...row, free: true })),
    ...(angle === 'front' && {
      navel: {
        firstRow: rowOf(0.64),
        step: (rowOf(0.56) - rowOf(0.64)) / 34,
        signs: Array.from({ length: 35 }, () => 0),
      },
    }),
    limbs: {
      head: [],
      shoulders: [],
      upperArms: [],
      forearms: [],
      legs: [{ ...rows(0.44, 0.34), across: 1 }],
    },
  };
}

const four = (elevation: number) =>
  Object.fromEntries(ANGLES.map((angle) => [angle, seen(angle, elevation)])) as Record<Angle, Silhouette>;
const told = (elevation: number) => Object.fromEntries(ANGLES.map((angle) => [angle, elevation]));

describe.each([-9, -3.5, 0, 6, 14])('photos of a camera at %f° to the horizon', (elevation) => {
  const usual = four(-3.5);
  const turned = asByUsualCameras(four(elevation), told(elevation), HEIGHT_CM);

  it('become those of the usual camera', () => {
    for (const angle of ANGLES) {
      const [one, other] = [turned[angle], usual[angle]];
      for (const row of ['crown', 'ankles', 'hips', 'shoulders'] as const)
        expect(Math.abs(one[row]! - other[row]!)).toBeLessThan(3);
      for (const y of [-300, -200, -100, 0, 80].map((below) => MIDDLE.y + below)) {
        const widthAt = ({ firstRow, rows }: Silhouette) =>
          rows[y - firstRow]!.right - rows[y - firstRow]!.left;
        expect(widthAt(one) / widthAt(other)).toBeCloseTo(1, 2);
      }
    }
    expect(turned.front.navel!.firstRow).toBeCloseTo(usual.front.navel!.firstRow, -1);
    expect(turned.front.limbs!.legs[0]!.firstRow).toBeCloseTo(usual.front.limbs!.legs[0]!.firstRow, -1);
  });

  it('give the girths that those of the usual camera give', () => {
    const [known, asUsual] = [
      measureGirths(four(elevation), HEIGHT_CM, told(elevation)),
      measureGirths(usual, HEIGHT_CM, told(-3.5)),
    ];
    for (const girth of ['neck', 'waist', 'navel', 'hip'] as const)
      expect(known[girth].cm / asUsual[girth].cm).toBeCloseTo(1, 2);
  });
});

it('necks and waists before cameras that look up or down are off when that is not known', () => {
  const neck = (elevation: number) => measureGirths(four(elevation), HEIGHT_CM).neck.cm;
  const right = measureGirths(four(-3.5), HEIGHT_CM, told(-3.5)).neck.cm;
  expect(neck(8) / right).toBeLessThan(0.97);
  expect(neck(-12) / right).toBeGreaterThan(1.015);
});

it('a neck whose cameras are known is surer', () => {
  const [unknown, known] = [
    measureGirths(four(-3.5), HEIGHT_CM),
    measureGirths(four(-3.5), HEIGHT_CM, told(-3.5)),
  ];
  expect(known.neck.sdCm / known.neck.cm).toBeLessThan(0.99 * (unknown.neck.sdCm / unknown.neck.cm));
});

it('each girth is the less certain the further its outlines were turned', () => {
  const shares = [0, 6, 14].map((elevation) => {
    const { cm, sdCm } = measureGirths(four(elevation), HEIGHT_CM, told(elevation)).hip;
    return sdCm / cm;
  });
  expect(shares[1]!).toBeGreaterThan(1.1 * shares[0]!);
  expect(shares[2]!).toBeGreaterThan(1.3 * shares[1]!);
});

it('rows that lay below each other still do, between trunk and legs', () => {
  const shown = four(9);
  for (let cut = 0; cut < 8; cut++) {
    const rows = shown.front.rows.slice(0, shown.front.rows.length - cut);
    const legs = [{ firstRow: shown.front.firstRow + rows.length, rows: rows.slice(-50), across: 1 }];
    const front = { ...shown.front, rows, limbs: { ...shown.front.limbs!, legs } };
    const turned = asByUsualCameras({ ...shown, front }, told(9), HEIGHT_CM).front;
    expect(turned.limbs!.legs[0]!.firstRow).toBe(turned.firstRow + turned.rows.length);
  }
});

it('goes by no camera that cannot show a whole body, nor by a photo whose middle is not known', () => {
  const shown = four(2);
  const { photoMiddle: _middle, ...left } = shown.left;
  const elevations = { front: 20.1, back: -20, left: 2, right: undefined };
  expect(knownElevations(elevations, { ...shown, left })).toEqual({ back: -20 });
  const neck = (elevations_: object) => measureGirths({ ...shown, left }, HEIGHT_CM, elevations_).neck;
  expect(neck({ front: 45, left: 2 })).toEqual(neck({}));
});

it('a photo whose camera is not known stays as it is', () => {
  const shown = four(2);
  const turned = asByUsualCameras(shown, { front: undefined, back: 2 }, HEIGHT_CM);
  expect(turned.front).toBe(shown.front);
  expect(turned.left).toBe(shown.left);
  expect(turned.back).not.toEqual(shown.back);
});

it('what an arm and colours hide of a row grows with the row', () => {
  const row = { left: 500, right: 700, contrast: 100, free: true, arm: { left: 10, right: 90 }, cut: 20 };
  const shown = four(10);
  const left: Silhouette = {
    ...shown.left,
    rows: shown.left.rows.map((each): TrunkRow => ({ ...each, ...row })),
  };
  const { rows } = asByUsualCameras({ ...shown, left }, told(10), HEIGHT_CM).left;
  for (const { left: from, right: to, arm, cut } of rows) {
    const grown = (to - from) / 200;
    expect([arm!.left, arm!.right, cut]).toEqual([10, 90, 20].map((px) => expect.closeTo(px * grown, 6)));
  }
});
