/**
 * Looks in a photo's pixels for what covers a body: hair, a collar or a scarf about the neck, cloth about the waist. An outline
 * tells none of them from a broad neck or trunk, but skin has the colour of the same person's limbs and face.
 */

import { distance, headPatches, meanColour, SAME_COLOUR } from '@reddyfit/shared/gate/face';
import type { Person } from '@reddyfit/shared/gate/person';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Cover, Covered, Silhouette } from './silhouette.ts';
import { limbsOf, NOT_SKIN } from './skin-colours.ts';

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

/** What covers neck and waist in a photo that is turned upright. */
export function coverOf(picture: PicturePixels, person: Person, silhouette: Silhouette): Cover | undefined {
  const { shoulders, hips } = silhouette;
  if (shoulders === undefined || hips === undefined) return undefined;
  const body = silhouette.soles - silhouette.crown;
  const { middle: face, above: hair, neck: throat } = headPatches(picture, person);
  // A face is like the neck below it, and unlike the hair above it. A sleeve is unlike a face.
  const isFace = distance(face, throat) < NOT_SKIN && distance(face, hair) > SAME_COLOUR;
  const neckRows = rowsOf(ROWS.neck).map((above) => shoulders - above * body);
  const waistRows = rowsOf(ROWS.waist).map((way) => shoulders + way * (hips - shoulders));

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

  /** What covers them where these limbs are bare. */
  const unlikeLimbs = (limbs: readonly (readonly number[])[]): Covered => {
    // A sleeve with the hair's colour would make hair look like skin, while a bare forearm is like the brow of a bald head.
    const unlike = limbs.filter(
      (limb) => distance(limb, hair) > SAME_COLOUR || distance(limb, throat) < NOT_SKIN,
    );
    // Where sleeves and leggings, or ink, leave no limb like the face, the face alone is known to be skin.
    const isOnlyFace = isFace && limbs.every((limb) => distance(limb, face) > NOT_SKIN);
    const skins = isOnlyFace ? [face] : unlike.length > 0 ? unlike : limbs;
    const bare = isFace ? [face, ...limbs.filter((limb) => distance(limb, face) < NOT_SKIN)] : limbs;
    return {
      neck: { left: covered(neckRows, 'left', skins), right: covered(neckRows, 'right', skins) },
      waist: Math.min(covered(waistRows, 'left', bare), covered(waistRows, 'right', bare)),
      hairFromSkin: Math.min(...skins.map((skin) => distance(skin, hair))),
    };
  };

  const { bare, shins, areSleeved } = limbsOf(picture, person);
  return {
    ...unlikeLimbs(bare),
    ...(shins && { byShins: unlikeLimbs(shins) }),
    ...(areSleeved && { areSleeved }),
  };
}

/**
 * The silhouettes, with what covers them by the shins alone where a front or a back tells that forearms are in sleeves: in profiles
 * hands hang before thighs, and in a hood no face is seen.
 */
export function withSleevesTold(
  silhouettes: Readonly<Record<Angle, Silhouette>>,
): Readonly<Record<Angle, Silhouette>> {
  const { front, back } = silhouettes;
  if (!front.cover?.areSleeved && !back.cover?.areSleeved) return silhouettes;
  const told = { ...silhouettes };
  for (const angle of ANGLES) {
    const { cover } = told[angle];
    if (cover?.byShins) told[angle] = { ...told[angle], cover: { ...cover, ...cover.byShins } };
  }
  return told;
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
