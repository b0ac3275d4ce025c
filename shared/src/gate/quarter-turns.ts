/** Turns a picture by quarters until a person stands upright in it, for photos that lost their EXIF. */

import { type Networks, SIDE } from './networks.ts';
import { findPeople } from './people.ts';
import { type Person, sureBelowWaist } from './person.ts';
import type { Picture } from './picture.ts';
import { tiltDegrees } from './tilt.ts';

/**
 * The quarter turns clockwise that are tried when nobody stands in a picture, in this order: phones lie on a side more often
 * than upside down.
 */
const QUARTERS = [1, 3, 2] as const;

/** A body that leans more than this (degrees) is upright in another quarter turn. */
const MOST_LEAN = 45;

/**
 * By how much a turn has to raise the certainty that a person stands (0–1): less than half of what tells a person who stands
 * from noise (`STANDS`).
 */
const CLEARLY = 0.1;

/** Below this certainty (0–1) the picture shows a person who lies, or no person. */
const STANDS = 0.25;

/** The certainty (0–1) that the first of these people is shown whole and upright; 0 without people. */
export function sureOfStanding([person]: readonly Person[]): number {
  if (!person || Math.abs(tiltDegrees(person)) > MOST_LEAN) return 0;
  return Math.min(person.score, sureBelowWaist(person));
}

/**
 * Turns the picture so that people stand in it, and finds the people. The picture is not turned when people already stand in
 * it, or when they stand in none of its turns.
 */
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
