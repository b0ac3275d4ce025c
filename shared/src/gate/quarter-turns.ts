/** Turns a picture by quarters until somebody stands in it: for photos whose EXIF was lost on the way. */

import { type Networks, SIDE } from './networks.ts';
import { findPeople } from './people.ts';
import { type Person, sureBelowWaist } from './person.ts';
import type { Picture } from './picture.ts';
import { tiltDegrees } from './tilt.ts';

/** Quarters clockwise that are tried on a picture in which nobody stands; phones lie on a side more often than on their head. */
const QUARTERS = [1, 3, 2] as const;

/** Further from upright (degrees), a body is another quarter's. */
const MOST_LEAN = 45;

/** A turn has to make people surer by as much (0–1): half of what tells a person from noise. */
const CLEARLY = 0.1;

/** Below this a person lies there, or it is none, as far as can be told. */
const STANDS = 0.25;

/** How sure it is (0–1) that the first of these people is whole and upright. */
export function sureOfStanding([person]: readonly Person[]): number {
  if (!person || Math.abs(tiltDegrees(person)) > MOST_LEAN) return 0;
  return Math.min(person.score, sureBelowWaist(person));
}

/** The picture as it is when people stand in it or in none of its turns, and else turned; with the people in it. */
export async function standUpright(
  networks: Pick<Networks, 'people'>,
  picture: Picture,
): Promise<{ picture: Picture; people: Person[]; quarters: 0 | 1 | 2 | 3 }> {
  const people = await findPeople(networks, picture);
  const asItIs = sureOfStanding(people);
  if (asItIs >= STANDS) return { picture, people, quarters: 0 };
  let best: { sure: number; quarters: 0 | 1 | 2 | 3 } = { sure: asItIs + CLEARLY, quarters: 0 };
  const small = await picture.within(SIDE);
  for (const quarters of QUARTERS) {
    // oxlint-disable-next-line no-await-in-loop -- the network has one thread
    const sure = sureOfStanding(await findPeople(networks, await small.turned(quarters)));
    if (sure > best.sure) best = { sure, quarters };
  }
  if (best.quarters === 0) return { picture, people, quarters: 0 };
  const upright = await picture.turned(best.quarters);
  return { picture: upright, people: await findPeople(networks, upright), quarters: best.quarters };
}
