/** Who is in one photo and how the first of them stands. */

import type { Networks } from './networks.ts';
import type { Person } from './person.ts';
import { maskPerson } from './person-mask.ts';
import type { Picture } from './picture.ts';
import { type Stance, stanceOf } from './stance.ts';

/** Plain numbers: it goes from process to process, and from a web worker to its page. */
export interface Pose {
  /** Size of the photo as it was looked at (px); all places are in it. */
  readonly width: number;
  readonly height: number;
  /** The surest first. */
  readonly people: readonly Person[];
  /** How the first of them stands; absent when there is none. */
  readonly stance?: Stance;
}

/** The pose in a picture that was turned by quarters until people stand in it (see quarter-turns.ts). */
export async function poseIn(networks: Networks, picture: Picture, people: readonly Person[]): Promise<Pose> {
  const { width, height } = picture;
  const [person] = people;
  if (!person) return { width, height, people };
  const mask = await maskPerson(networks, picture, person);
  return { width, height, people, stance: stanceOf(person, mask, picture) };
}
