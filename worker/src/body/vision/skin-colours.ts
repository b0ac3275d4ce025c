/**
 * Tells which of somebody's limbs are bare. Whoever takes limbs for skin takes a sleeve for it, too, and then the hood or the shirt
 * of the same cloth looks like skin. But hands are bare.
 */

import { distance, headPatches, LIMB_PATCH, limbColours, meanColour } from '@reddyfit/shared/gate/face';
import { type Joint, type Person, tallness } from '@reddyfit/shared/gate/person';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';

/**
 * From this distance on (see face.ts) a colour is not that of skin in another light. Of 1,200 sides of necks of 150 bodies of anny 0.6.2
 * (seeds 12000–12049, 15000–15049 and 20000–20049) one has 0.62 of its rows further away than 1, the others 0.6 at most and 99 of a hundred
 * 0.4; sides that drawn hair, scarfs and hoods cover have 0.7 to 1 of them.
 */
export const NOT_SKIN = 1;

/**
 * A limb that is so far from a hand (see face.ts) is cloth. Of 1,336 photos of 334 bodies of anny 0.6.2 (seeds 12000–18099 and 20000–20299) hands
 * tell in 956; bare limbs are no further than 1.1 from them in fronts and backs, and further than 1.2 in six profiles, where a place beside
 * the hand was taken. In none both forearms seemed to be in sleeves.
 */
const CLOTH = 1.2;

/**
 * Where colours are taken, as shares of the way from one joint to another: a hand's beyond the wrist, by a third of its length; the
 * thigh's, which a hand may hang before; and the place beyond the fingers, where wall is. Assumed by what hands measure.
 */
const PLACES = { hand: 1.25, thigh: 0.35, beyond: 1.9 } as const;

type Colour = readonly number[];

/** What is known of the colours of somebody's limbs. */
export interface Limbs {
  /** Those of forearms and shins that are bare, as far as hands tell, of the hands where none is, and of all four limbs where hands tell nothing. */
  readonly bare: readonly Colour[];
  /** Those of the shins, where both forearms are far from them; absent where they are not. */
  readonly shins?: readonly Colour[];
  /** Whether hands tell that both forearms are in sleeves and the shins are bare. */
  readonly areSleeved: boolean;
}

/**
 * The limbs' colours. A hand tells which are covered where it is like a shin or like the face, and unlike the thigh: in profiles it hangs
 * before a thigh, and what is taken for it may be that.
 */
export function limbsOf(picture: PicturePixels, person: Person): Limbs {
  const limbs = limbColours(picture, person);
  const [forearms, shins] = [limbs.slice(0, 2), limbs.slice(2)];
  const { middle: face } = headPatches(picture, person);
  const half = Math.max(1, LIMB_PATCH * tallness(person));
  const between = (from: Joint, to: Joint, share: number): Colour => {
    const [a, b] = [person.joints[from], person.joints[to]];
    return meanColour(picture, a.x + share * (b.x - a.x), a.y + share * (b.y - a.y), half);
  };
  const hands = (['left', 'right'] as const).flatMap((side) => {
    const arm = (share: number) => between(`${side}Elbow`, `${side}Wrist`, share);
    const hand = arm(PLACES.hand);
    const isThigh = distance(hand, between(`${side}Hip`, `${side}Knee`, PLACES.thigh)) < NOT_SKIN;
    const isLikeShin = shins.some((shin) => distance(hand, shin) < NOT_SKIN);
    const isLikeFace = distance(hand, face) < NOT_SKIN && distance(hand, arm(PLACES.beyond)) > NOT_SKIN;
    return !isThigh && (isLikeShin || isLikeFace) ? [hand] : [];
  });
  const isBare = (limb: Colour) => hands.some((hand) => distance(limb, hand) < CLOTH);
  const bare = limbs.filter(isBare);
  const areUnlike = forearms.every((forearm) => shins.every((shin) => distance(forearm, shin) > CLOTH));
  return {
    bare: hands.length === 0 ? limbs : bare.length > 0 ? bare : hands,
    ...(areUnlike && { shins }),
    areSleeved: areUnlike && shins.some(isBare),
  };
}
