/** Who is in one photo and how the first of them stands. */

import type { Networks } from './networks.ts';
import type { Person } from './person.ts';
import { maskPerson } from './person-mask.ts';
import type { Picture } from './picture.ts';
import { type Stance, stanceOf } from './stance.ts';

/** The people in a photo. It holds plain numbers, since it is sent between processes, and from a web worker to its page. */
export interface Pose {
  /** Size of the photo that the networks looked at (px). All places are in its pixels. */
  readonly width: number;
  readonly height: number;
  /** The person with the highest score comes first. */
  readonly people: readonly Person[];
  /** How the first person stands; absent when there is no person. */
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
