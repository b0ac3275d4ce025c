/**
 * Looks in a photo's pixels for what covers a body: hair, a collar or a scarf about the neck, cloth about the waist. An outline
 * tells none of them from a broad neck or trunk, but skin has the colour of the same person's limbs and face.
 */

import { distance, headPatches, limbColours, meanColour, SAME_COLOUR } from '@reddyfit/shared/gate/face';
import type { Person } from '@reddyfit/shared/gate/person';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import type { Cover, Silhouette } from './silhouette.ts';

/**
 * The rows that are looked at: of the neck by their height above the shoulders' joints, of the waist by how far they lie from
 * the shoulders' joints to the hips'. A tape about a neck lies at 0.049 (PLACE in neck.ts); `every` is the step (shares of the
 * body's height, and of that way). Assumed.
 */
const ROWS = {
  neck: { from: 0.025, to: 0.07, every: 0.005 },
  waist: { from: 0.46, to: 0.72, every: 0.04 },
} as const;

/** A side's colour is that of a square whose middle lies so far inside of the outline, beyond its blur, and half of its side (shares of the body's height). */
const INSIDE = { away: 0.007, half: 0.004 } as const;

/**
 * From this distance on (see face.ts) a colour is not that of skin in another light. Of 1,200 sides of necks of 150 bodies of anny 0.6.2
 * (seeds 12000–12049, 15000–15049 and 20000–20049) one has 0.62 of its rows further away than 1, the others 0.6 at most and 99 of a hundred
 * 0.4; sides that drawn hair, scarfs and hoods cover have 0.7 to 1 of them.
 */
const NOT_SKIN = 1;

/** What covers neck and waist in a photo that is turned upright. */
export function coverOf(picture: PicturePixels, person: Person, silhouette: Silhouette): Cover | undefined {
  const { shoulders, hips } = silhouette;
  if (shoulders === undefined || hips === undefined) return undefined;
  const body = silhouette.soles - silhouette.crown;
  const { middle: face, above: hair, neck: throat } = headPatches(picture, person);
  const limbs = limbColours(picture, person);
  // A face is like the neck below it, and unlike the hair above it. A sleeve is unlike a face.
  const isFace = distance(face, throat) < NOT_SKIN && distance(face, hair) > SAME_COLOUR;
  // A sleeve with the hair's colour would make hair look like skin, while a bare forearm is like the brow of a bald head.
  const unlike = limbs.filter(
    (limb) => distance(limb, hair) > SAME_COLOUR || distance(limb, throat) < NOT_SKIN,
  );
  // Where sleeves and leggings, or ink, leave no limb like the face, the face alone is known to be skin.
  const isOnlyFace = isFace && limbs.every((limb) => distance(limb, face) > NOT_SKIN);
  const skins = isOnlyFace ? [face] : unlike.length > 0 ? unlike : limbs;

  /** The share of the rows whose colour inside of that side is none of `of`. */
  const covered = (rows: readonly number[], side: 'left' | 'right', of: readonly (readonly number[])[]) => {
    const seen = rows.flatMap((row) => {
      const y = Math.round(row);
      const trunk = silhouette.rows[y - silhouette.firstRow];
      if (!trunk) return [];
      const x = trunk[side] + (side === 'left' ? 1 : -1) * INSIDE.away * body;
      const colour = meanColour(picture, x, y, INSIDE.half * body);
      return [Math.min(...of.map((each) => distance(colour, each))) > NOT_SKIN ? 1 : 0];
    });
    return seen.length === 0 ? 0 : seen.reduce<number>((sum, each) => sum + each, 0) / seen.length;
  };

  const neck = rowsOf(ROWS.neck).map((above) => shoulders - above * body);
  const waist = rowsOf(ROWS.waist).map((way) => shoulders + way * (hips - shoulders));
  const bare = isFace ? [face, ...limbs.filter((limb) => distance(limb, face) < NOT_SKIN)] : limbs;
  return {
    neck: { left: covered(neck, 'left', skins), right: covered(neck, 'right', skins) },
    waist: Math.min(covered(waist, 'left', bare), covered(waist, 'right', bare)),
    hairFromSkin: Math.min(...skins.map((skin) => distance(skin, hair))),
  };
}

const rowsOf = ({
  from,
  to,
  every,
}: {
  readonly from: number;
  readonly to: number;
  readonly every: number;
}) => Array.from({ length: Math.round((to - from) / every) + 1 }, (_, i) => from + i * every);
