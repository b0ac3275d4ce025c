/** Turns a picture by quarters until somebody stands in it: for photos whose EXIF was lost on the way. */

import sharp from 'sharp';
import { type Models, SIDE } from './models.ts';
import { findPeople } from './people.ts';
import { type Person, sureBelowWaist } from './person.ts';
import { type Picture, pictureOf } from './picture.ts';
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
  models: Models,
  picture: Picture,
): Promise<{ picture: Picture; people: Person[]; quarters: 0 | 1 | 2 | 3 }> {
  const people = await findPeople(models.people, picture);
  const asItIs = sureOfStanding(people);
  if (asItIs >= STANDS) return { picture, people, quarters: 0 };
  let best: { sure: number; quarters: 0 | 1 | 2 | 3 } = { sure: asItIs + CLEARLY, quarters: 0 };
  const small = await resized(picture, SIDE);
  for (const quarters of QUARTERS) {
    // oxlint-disable-next-line no-await-in-loop -- the network has one thread
    const sure = sureOfStanding(await findPeople(models.people, await turned(small, quarters)));
    if (sure > best.sure) best = { sure, quarters };
  }
  if (best.quarters === 0) return { picture, people, quarters: 0 };
  const upright = await turned(picture, best.quarters);
  return { picture: upright, people: await findPeople(models.people, upright), quarters: best.quarters };
}

const raw = ({ pixels, width, height }: Picture) => sharp(pixels, { raw: { width, height, channels: 3 } });

async function resized(picture: Picture, longEdge: number): Promise<Picture> {
  const { data, info } = await raw(picture)
    .resize({ width: longEdge, height: longEdge, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return pictureOf(data, info.width, info.height);
}

async function turned(picture: Picture, quarters: 1 | 2 | 3): Promise<Picture> {
  const { data, info } = await raw(picture)
    .rotate(quarters * 90)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return pictureOf(data, info.width, info.height);
}
