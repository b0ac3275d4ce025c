/** Turns a picture by quarters until somebody stands in it: for photos whose EXIF was lost on the way. */

import { type Networks, SIDE } from './networks.ts';
import { findPeople, peopleIn } from './people.ts';
import { JOINTS, middle, type Person, sureBelowWaist } from './person.ts';
import type { Picture, Square } from './picture.ts';
import { tiltDegrees } from './tilt.ts';

/** Quarters clockwise that are tried on a picture in which nobody stands; phones lie on a side more often than on their head. */
const QUARTERS = [1, 3, 2] as const;
type Quarters = (typeof QUARTERS)[number];

/** Further from upright (degrees), a body is another quarter's. */
const MOST_LEAN = 45;

/** A turn has to make people surer by as much (0–1): half of what tells a person from noise. */
const CLEARLY = 0.1;

/** Below this a person lies there, or it is none, as far as can be told. */
const STANDS = 0.25;

/** From here on somebody who is seen half as large may stand there, and is looked at in full size. */
const MAYBE = 0.05;

/** How sure it is (0–1) that the first of these people is whole and upright. */
export function sureOfStanding([person]: readonly Person[]): number {
  if (!person || Math.abs(tiltDegrees(person)) > MOST_LEAN) return 0;
  return Math.min(person.score, sureBelowWaist(person));
}

/** A picture as people stand in it, and by how many quarters it was turned for that. */
export interface Standing {
  readonly picture: Picture;
  readonly people: readonly Person[];
  readonly quarters: 0 | Quarters;
}

/** The picture as it is when people stand in it or in none of its turns, and else turned; with the people in it. */
export async function standUpright(networks: Pick<Networks, 'people'>, picture: Picture): Promise<Standing> {
  const square = await picture.square(SIDE);
  const people = await peopleIn(networks, square);
  const asItIs = sureOfStanding(people);
  let best: Standing = { picture, people, quarters: 0 };
  let surest = asItIs + CLEARLY;
  for (const quarters of asItIs >= STANDS ? [] : await likelyTurns(networks, square)) {
    // oxlint-disable-next-line no-await-in-loop -- the network has one thread
    const turned = await picture.turned(quarters);
    // oxlint-disable-next-line no-await-in-loop
    const found = await findPeople(networks, turned);
    const sure = sureOfStanding(found);
    if (sure <= surest) continue;
    surest = sure;
    best = { picture: turned, people: found, quarters };
  }
  return best;
}

/**
 * The turns in which somebody may stand, by one look at all three, each half as large. Of 29 photos of eight bodies that nobody here drew, turned, it
 * saw each body in its turn, at least 0.39 sure and 0.06 to 0.25 less so than at full size; in no other turn, and in none of 29 cut photos of them, anybody.
 */
async function likelyTurns(networks: Pick<Networks, 'people'>, square: Square): Promise<Quarters[]> {
  const likely = new Set<Quarters>();
  for (const person of await peopleIn(networks, {
    pixels: threeTurns(square.pixels),
    scale: 1,
    left: 0,
    top: 0,
  })) {
    if (sureOfStanding([person]) <= MAYBE) continue;
    const [x, y] = [middle(person, JOINTS, 'x'), middle(person, JOINTS, 'y')];
    const quarters = QUARTERS[(y < HALF ? 0 : 2) + (x < HALF ? 0 : 1)];
    if (quarters) likely.add(quarters);
  }
  return [...likely];
}

const HALF = SIDE / 2;

/** Grey, as around a picture in its square. */
const GREY = 0x80;

/** A square of RGB pixels in each of its turns, half as large, row by row in the order of QUARTERS; the fourth place is grey. */
function threeTurns(pixels: Uint8Array): Uint8Array {
  const turns = new Uint8Array(pixels.length).fill(GREY);
  for (const [place, quarters] of QUARTERS.entries()) {
    const [left, top] = [(place % 2) * HALF, Math.floor(place / 2) * HALF];
    for (let y = 0; y < HALF; y++)
      for (let x = 0; x < HALF; x++) {
        const [column, row] =
          quarters === 1
            ? [y, HALF - 1 - x]
            : quarters === 2
              ? [HALF - 1 - x, HALF - 1 - y]
              : [HALF - 1 - y, x];
        const from = (2 * row * SIDE + 2 * column) * 3;
        const to = ((top + y) * SIDE + left + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const at = from + channel;
          const below = at + SIDE * 3;
          turns[to + channel] =
            (pixels[at]! + pixels[at + 3]! + pixels[below]! + pixels[below + 3]! + 2) >> 2;
        }
      }
  }
  return turns;
}
