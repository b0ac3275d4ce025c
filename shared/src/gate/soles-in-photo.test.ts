/** Tests whether feet near the photo's lower edge are whole, on drawn feet that the network sees down to the edge. */

import { describe, expect, it } from 'vitest';
import { judgeOne } from './gate.ts';
import { standing } from './standing.fixture.ts';
import { stanceOf } from './stance.ts';

const [WIDTH, HEIGHT] = [900, 1200];
const FLOOR = [150, 130, 108];
const SKIN = [216, 160, 125];
const SHOE = [40, 38, 40];

/** Rows from the ankles' joints to the nearer foot's sole, and from there to the further one's (px). */
const [DEEP, FURTHER] = [60, 40];

interface Drawn {
  /** Rows of floor below the soles; negative where the feet go on beyond the edge (px). */
  readonly below: number;
  readonly foot?: readonly number[];
  /** The colour of trousers, which end 10 rows below the ankles' joints; without it the legs are bare. */
  readonly trousers?: readonly number[];
  /** How much of its light the floor loses in the middle of the shade below the body (0–1). */
  readonly shade?: number;
  /** Columns from one joint of the floor's boards to the next (px). */
  readonly boards?: number;
  /** Rows of a plain frame below the photo. */
  readonly frame?: number;
}

/** The faults of a photo from the left of somebody whose nearer foot is 60 rows high and 180 columns long. */
function faultsAt({ below, foot = SKIN, trousers, shade = 0, boards, frame = 0 }: Drawn) {
  const person = standing('left');
  const sole = HEIGHT - frame - below;
  const moved = sole - DEEP - person.joints.leftAnkle.y;
  const joints = Object.fromEntries(
    Object.entries(person.joints).map(([name, joint]) => [name, { ...joint, y: joint.y + moved }]),
  ) as typeof person.joints;
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      // The toes point to the left; a foot is a fifth as high at its toes as at its heel.
      const isFoot = (end: number) =>
        y < end && x >= 315 && x < 495 && y >= end - 12 - Math.max(0, (x - 315) * 0.4);
      const isLeg = x >= 440 && x < 490 && y < sole - 20;
      const inBody = isLeg || isFoot(sole) || isFoot(sole - FURTHER);
      // Noise of 4 levels, the same in each run.
      const noise = ((x * 7 + y * 13) % 9) - 4;
      const light = 1 - shade * Math.exp(-(((x - 450) / 130) ** 2) - ((y - sole + 30) / 60) ** 2);
      const board = boards && x % boards < 4 ? 0.7 : 1;
      for (let c = 0; c < 3; c++) {
        const isTrousers = trousers && isLeg && y < sole - DEEP + 10;
        const colour = isTrousers ? trousers[c]! : inBody ? foot[c]! : FLOOR[c]! * light * board;
        pixels[(y * WIDTH + x) * 3 + c] = y >= HEIGHT - frame ? 250 : colour + noise;
      }
    }
  // The network sees the feet lower than they are, down to the photo's edge, and no more across than a leg.
  const mask = { coarseness: 5, at: (x: number) => (Math.abs(x - 450) < 15 ? 1 : 0) };
  const moveable = { ...person, joints };
  const stance = stanceOf(moveable, mask, { width: WIDTH, height: HEIGHT, pixels });
  const faults = judgeOne('left', { width: WIDTH, height: HEIGHT, people: [moveable], stance }, 'left');
  return faults.map(({ code }) => code).filter((code) => code === 'feet_cut_off');
}

describe('feet that the network sees down to the lower edge', () => {
  it.each([8, 12, 20])('are whole where the photo shows %i rows of floor below them', (below) => {
    expect(faultsAt({ below })).toEqual([]);
    expect(faultsAt({ below, foot: SHOE })).toEqual([]);
    expect(faultsAt({ below, shade: 0.4 })).toEqual([]);
  });

  it('count as cut off where the network sees somebody far below them', () => {
    expect(faultsAt({ below: 45 })).toEqual([]);
    expect(faultsAt({ below: 55 })).toEqual(['feet_cut_off']);
  });

  it.each([4, 0, -3, -10, -25, -50])('are cut off where there are %i', (below) => {
    expect(faultsAt({ below })).toEqual(['feet_cut_off']);
    expect(faultsAt({ below, foot: SHOE })).toEqual(['feet_cut_off']);
    expect(faultsAt({ below, shade: 0.4 })).toEqual(['feet_cut_off']);
  });

  it.each([8, -3, -25])('count as cut off where they have the colour of the floor (%i)', (below) => {
    expect(faultsAt({ below, foot: FLOOR })).toEqual(['feet_cut_off']);
    expect(faultsAt({ below, foot: FLOOR.map((channel) => channel - 11) })).toEqual(['feet_cut_off']);
  });

  it.each([8, -3, -25])('do not end at the hem of trousers above them (%i)', (below) => {
    expect(faultsAt({ below, foot: FLOOR, trousers: SHOE })).toEqual(['feet_cut_off']);
  });

  it('count as cut off where the floor has edges of its own', () => {
    expect(faultsAt({ below: 12, boards: 90 })).toEqual(['feet_cut_off']);
  });

  it.each([4, 0, -10, -25])('are cut off where a frame follows %i rows of floor', (below) => {
    expect(faultsAt({ below, frame: 20 })).toEqual(['feet_cut_off']);
  });
});
