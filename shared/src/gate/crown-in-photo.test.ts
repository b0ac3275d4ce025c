/** Tests whether a head near the photo's upper edge is whole, on drawn heads that the network sees up to the edge. */

import { describe, expect, it } from 'vitest';
import { judgeOne } from './gate.ts';
import { standing } from './standing.fixture.ts';
import { stanceOf } from './stance.ts';

const [WIDTH, HEIGHT] = [900, 1200];
const WALL = [190, 180, 170];
const SKIN = [200, 150, 115];
const HAIR = [60, 42, 34];

interface Drawn {
  /** Rows of wall above the crown; negative where the head goes on beyond the edge (px). */
  readonly above: number;
  readonly hair?: readonly number[];
  /** What is right of the head. */
  readonly beside?: readonly number[];
}

/** The faults of a photo of somebody whose crown would be 70 px above the eyes, and whose hairline is 32 px above them. */
function faultsAt({ above, hair = HAIR, beside = WALL }: Drawn) {
  const person = standing('front');
  const moved = above + 70 - 160;
  const joints = Object.fromEntries(
    Object.entries(person.joints).map(([name, joint]) => [name, { ...joint, y: joint.y + moved }]),
  ) as typeof person.joints;
  const eyes = 160 + moved;
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const inHead = ((x - 450) / 45) ** 2 + ((y - eyes) / 70) ** 2 < 1;
      const inBody = y > eyes + 60 && y < 1060 + moved + 40 && Math.abs(x - 450) < 100;
      const isHair = inHead && y < eyes - 32;
      // Noise of 4 levels, the same in each run.
      const noise = ((x * 7 + y * 13) % 9) - 4;
      const wall = x > 510 ? beside : WALL;
      const colour = isHair ? hair : inHead || inBody ? SKIN : wall;
      for (let c = 0; c < 3; c++) pixels[(y * WIDTH + x) * 3 + c] = colour[c]! + noise;
    }
  // The network sees the head higher than it is, up to the photo's edge, and no more across than a head.
  const mask = {
    coarseness: 5,
    at: (x: number, y: number) => (Math.abs(x - 450) < 15 && y < 1060 + moved + 40 ? 1 : 0),
  };
  const moveable = { ...person, joints };
  const stance = stanceOf(moveable, mask, { width: WIDTH, height: HEIGHT, pixels });
  const faults = judgeOne('left', { width: WIDTH, height: HEIGHT, people: [moveable], stance }, 'left');
  return faults.map(({ code }) => code).filter((code) => code === 'head_cut_off');
}

describe('a head that the network sees up to the upper edge', () => {
  it.each([8, 12, 20])('is whole where the photo shows %i rows of wall above it', (above) => {
    expect(faultsAt({ above })).toEqual([]);
    expect(faultsAt({ above, hair: [155, 155, 155] })).toEqual([]);
    expect(faultsAt({ above, hair: SKIN })).toEqual([]);
  });

  it.each([4, 0, -3, -10, -25, -50])('is cut off where there are %i', (above) => {
    expect(faultsAt({ above })).toEqual(['head_cut_off']);
    expect(faultsAt({ above, hair: SKIN })).toEqual(['head_cut_off']);
  });

  it.each([8, -3, -25])('counts as cut off where its hair has the colour of the wall (%i)', (above) => {
    expect(faultsAt({ above, hair: WALL })).toEqual(['head_cut_off']);
    expect(faultsAt({ above, hair: WALL.map((channel) => channel - 11) })).toEqual(['head_cut_off']);
  });

  it('counts as cut off where no plain wall stands on both sides', () => {
    expect(faultsAt({ above: 12, beside: [120, 80, 60] })).toEqual(['head_cut_off']);
  });
});
