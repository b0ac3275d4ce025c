/** Finds the people in a picture and their joints. */

import { type Networks, SIDE } from './networks.ts';
import { JOINTS, type Person, tallness } from './person.ts';
import type { Picture, Square } from './picture.ts';

/** How many numbers the network returns for each of its six people: 17 keypoints, a box and a score. */
const ROW = 56;

/** A candidate with a lower score (0–1) is noise and not a person. */
const LEAST_SCORE = 0.15;

/** Two candidates are one person when the mean distance of their joints is at most this (share of the body's height). */
const SAME = 0.05;

/** The people in the picture, that with the highest score first. Positions are in px of the picture. */
export async function findPeople(networks: Pick<Networks, 'people'>, picture: Picture): Promise<Person[]> {
  return peopleIn(networks, await picture.square(SIDE));
}

/** The same of a picture whose square of SIDE pixels is there already. */
export async function peopleIn(
  networks: Pick<Networks, 'people'>,
  { pixels, scale, left, top }: Square,
): Promise<Person[]> {
  const numbers = await networks.people(new Int32Array(pixels));
  const people: Person[] = [];
  for (let row = 0; row + ROW <= numbers.length; row += ROW) {
    const score = numbers[row + ROW - 1]!;
    if (score < LEAST_SCORE) continue;
    const joints = Object.fromEntries(
      JOINTS.map((joint, i) => {
        const [y, x, sure] = [0, 1, 2].map((axis) => numbers[row + i * 3 + axis]!) as [
          number,
          number,
          number,
        ];
        return [joint, { x: (x * SIDE - left) / scale, y: (y * SIDE - top) / scale, score: sure }];
      }),
    );
    people.push({ score, joints: joints as Person['joints'] });
  }
  return distinct(people.toSorted((a, b) => b.score - a.score));
}

/** The network may find a person twice: of people whose joints are in the same places, only the first is kept. */
function distinct(people: readonly Person[]): Person[] {
  const kept: Person[] = [];
  for (const person of people) {
    if (kept.every((other) => distance(person, other) > SAME * Math.abs(tallness(other)))) kept.push(person);
  }
  return kept;
}

/** Mean distance between the joints of two people (px). */
function distance(a: Person, b: Person): number {
  const apart = JOINTS.map((joint) =>
    Math.hypot(a.joints[joint].x - b.joints[joint].x, a.joints[joint].y - b.joints[joint].y),
  );
  return apart.reduce((sum, each) => sum + each, 0) / JOINTS.length;
}
