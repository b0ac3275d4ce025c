import { JOINTS, type Joint, type Person } from '@reddyfit/shared/gate/person';
import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import { describe, expect, it } from 'vitest';
import { type Silhouette, traceSilhouette } from './silhouette.ts';

const [WIDTH, HEIGHT, CROWN, SOLES, MIDDLE] = [500, 900, 50, 850, 250];
const WALL = [150, 150, 158] as const;
const SKIN = [190, 140, 110] as const;
const TROUSERS = [40, 84, 70] as const;
type Colour = readonly [number, number, number];

/** Rows (px) of joints of a body of 800 px; the elbows and wrists are `arms` px beside the middle. */
function personWith(arms: number): Person {
  const rows: Record<string, number> = { nose: 110, Eye: 100, Ear: 105, Shoulder: 195, Elbow: 330, Wrist: 440, Hip: 425, Knee: 620, Ankle: 815 }; // prettier-ignore
  const aside: Record<string, number> = { nose: 0, Eye: 8, Ear: 20, Shoulder: 50, Elbow: arms, Wrist: arms, Hip: 30, Knee: 30, Ankle: 30 }; // prettier-ignore
  const place = (joint: Joint) => {
    const name = joint.replace(/^(left|right)/, '');
    return { x: MIDDLE + (joint.startsWith('left') ? 1 : -1) * aside[name]!, y: rows[name]!, score: 0.9 };
  };
  return {
    score: 0.9,
    joints: Object.fromEntries(JOINTS.map((joint) => [joint, place(joint)])) as Person['joints'],
  };
}

/** Traces what `shown` gives for each place, when the network sees a person where `sure` says so. */
function trace(
  shown: (x: number, y: number) => Colour,
  sure: (x: number, y: number) => number,
  profile: boolean,
): Silhouette {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) pixels.set(shown(i % WIDTH, Math.floor(i / WIDTH)), i * 3);
  const mask: PersonMask = { coarseness: 4, at: sure };
  return traceSilhouette(
    { width: WIDTH, height: HEIGHT, pixels },
    mask,
    personWith(profile ? 0 : 130),
    profile,
  );
}

/** The sides (px) at a level (share of the body above the soles). */
const sidesAt = ({ rows, firstRow, soles, crown }: Silhouette, level: number) =>
  rows[Math.round(soles - level * (soles - crown)) - firstRow]!;

const inBody = (x: number, y: number, half: number) =>
  y >= CROWN && y < SOLES && Math.abs(x - MIDDLE) < (y < 180 ? 25 : half);

describe('the outline of a trunk', () => {
  it('is that of the trousers from the side, where the network ends the body at the arm before them', () => {
    const shown = (x: number, y: number): Colour => {
      if (!inBody(x, y, 60)) return WALL;
      return y > 400 && y < 600 && Math.abs(x - MIDDLE) > 20 ? TROUSERS : SKIN;
    };
    // From the hips down to the thighs the network sees the front half and the arm, and of the seat nothing.
    const sure = (x: number, y: number) =>
      inBody(x, y, 60) && !(y > 405 && y < 560 && x > MIDDLE + 20) ? 0.95 : 0.02;
    for (const level of [0.46, 0.5, 0.53]) {
      const { left, right } = sidesAt(trace(shown, sure, true), level);
      expect(left).toBeCloseTo(MIDDLE - 60, -0.6);
      expect(right, `${level}`).toBeCloseTo(MIDDLE + 60, -0.6);
    }
  });

  it('is that of both thighs from the front, below the crotch', () => {
    const apart = (x: number, y: number) => y > 450 && Math.abs(x - MIDDLE) < 14;
    const isBody = (x: number, y: number) => inBody(x, y, 70) && !apart(x, y);
    const traced = trace(
      (x, y) => (isBody(x, y) ? SKIN : WALL),
      (x, y) => (isBody(x, y) ? 0.95 : 0.02),
      false,
    );
    for (const level of [0.46, 0.48, 0.55]) {
      const { left, right } = sidesAt(traced, level);
      expect(left, `${level}`).toBeCloseTo(MIDDLE - 70, -0.6);
      expect(right, `${level}`).toBeCloseTo(MIDDLE + 70, -0.6);
    }
  });
});

describe('the outline of a trunk beside an arm, which the network sees as one', () => {
  /** The trunk ends at 105 px; the arm goes on from there after `gap` px. */
  const traced = (gap: number) => {
    const isBody = (x: number, y: number) => {
      const out = Math.abs(x + 0.5 - MIDDLE);
      return inBody(x, y, 150) && !(y > 300 && out > 105 && out < 105 + gap);
    };
    return trace(
      (x, y) => (isBody(x, y) ? SKIN : WALL),
      (x, y) => (inBody(x, y, 150) ? 0.95 : 0.02),
      false,
    );
  };

  it.each([2, 3, 6])('ends at wall that is %i px wide', (gap) => {
    for (const level of [0.48, 0.55, 0.6, 0.64]) {
      const { left, right, free, contrast } = sidesAt(traced(gap), level);
      expect(free, `${level}`).toBe(true);
      expect(left, `${level}`).toBeCloseTo(MIDDLE - 105, -0.3);
      expect(right, `${level}`).toBeCloseTo(MIDDLE + 105, -0.3);
      expect(contrast).toBeGreaterThan(40);
    }
  });

  it('is not told where the arm touches the trunk', () => {
    for (const level of [0.5, 0.55, 0.6, 0.64])
      expect(sidesAt(traced(0), level).free, `${level}`).toBe(false);
  });
});

it('an outline says where the middle of its photo is, and how far the ankles lie from each other', () => {
  const isBody = (x: number, y: number) => inBody(x, y, 60);
  const traced = trace(
    (x, y) => (isBody(x, y) ? SKIN : WALL),
    (x, y) => (isBody(x, y) ? 0.95 : 0.02),
    false,
  );
  expect(traced.photoMiddle).toBe(HEIGHT / 2);
  expect(traced.anklesApart).toEqual({ across: 60, down: 0 });
});

describe('the outline of a neck', () => {
  it.each([true, false])(
    'is that of the throat under a jaw, not the border of its shade, before a wall as dark (profile: %s)',
    (profile) => {
      /** The neck's right side lies in a shade that is 8 px broad. */
      const shown = (x: number, y: number): Colour => {
        if (!inBody(x, y, 60)) return WALL;
        return y < 180 && x - MIDDLE >= 17 ? [150, 135, 125] : [195, 170, 155];
      };
      const traced = trace(shown, (x, y) => (inBody(x, y, 60) ? 0.95 : 0.02), profile);
      for (const level of [0.85, 0.87, 0.89]) {
        const { left, right } = sidesAt(traced, level);
        expect(left, `${level}`).toBeCloseTo(MIDDLE - 25, -0.6);
        expect(right, `${level}`).toBeCloseTo(MIDDLE + 25, -0.6);
      }
    },
  );
});
