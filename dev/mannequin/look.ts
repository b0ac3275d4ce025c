/** What a mannequin wears and what colour it is. */

import type { Random } from './random.ts';

/** Red, green, blue (0–255). */
export type Colour = readonly [number, number, number];

export interface Look {
  readonly skin: Colour;
  readonly hair: Colour;
  /** Thickness of the hair (cm), and whether it is tied up behind. */
  readonly hairCm: number;
  readonly bun: boolean;
  /** Close-fitting: nothing, a band over the chest, or a shirt with short sleeves. */
  readonly top: 'bare' | 'band' | 'shirt';
  readonly topColour: Colour;
  readonly shortsColour: Colour;
}

const SKINS: readonly Colour[] = [
  [236, 200, 176],
  [222, 178, 148],
  [207, 154, 118],
  [178, 124, 90],
  [140, 92, 66],
  [104, 68, 50],
  [82, 54, 42],
];
const HAIRS: readonly Colour[] = [
  [34, 26, 22],
  [58, 42, 34],
  [96, 64, 40],
  [150, 112, 66],
  [120, 116, 112],
];
const CLOTHES: readonly Colour[] = [
  [52, 73, 92],
  [60, 60, 66],
  [92, 40, 52],
  [36, 84, 76],
  [84, 74, 110],
  [30, 32, 40],
];

/** A look by chance. */
export function sampleLook(sex: 'male' | 'female', chance: Random): Look {
  const bare = sex === 'male' && chance.chance(0.6);
  return {
    skin: chance.pick(SKINS),
    hair: chance.pick(HAIRS),
    hairCm: chance.between(0.2, 2),
    bun: sex === 'female' && chance.chance(0.6),
    top: bare ? 'bare' : sex === 'female' ? chance.pick(['band', 'shirt']) : 'shirt',
    topColour: chance.pick(CLOTHES),
    shortsColour: chance.pick(CLOTHES),
  };
}
