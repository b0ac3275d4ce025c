import { standing } from '@reddyfit/shared/gate/standing.fixture';
import { describe, expect, it } from 'vitest';
import { coverOf, withSleevesTold } from './cover.ts';
import type { Cover, Silhouette } from './silhouette.ts';

type Colour = readonly [number, number, number];
const [WIDTH, HEIGHT, MIDDLE] = [900, 1200, 450];
const WALL: Colour = [190, 200, 196];
const SKIN: Colour = [224, 172, 130];
const SHADE: Colour = [150, 112, 84];
const HAIR: Colour = [45, 30, 22];
const CLOTH: Colour = [40, 70, 140];
const SHORTS: Colour = [110, 24, 44];
const LEGGINGS: Colour = [36, 84, 70];

/** Crown, shoulders and soles of somebody who stands as `standing` has it (rows, px). */
const [CROWN, SHOULDERS, HIPS, SOLES] = [70, 290, 560, 1120];

interface Drawn {
  readonly face?: Colour;
  readonly above?: Colour;
  readonly neck?: Colour;
  /** What hangs at both sides of the neck, outside of the skin, and is followed as its outline. */
  readonly beside?: Colour;
  readonly trunk?: Colour;
  readonly forearms?: Colour;
  readonly shins?: Colour;
  /** What hands and thighs have; without `hands` wall is where hands would be. */
  readonly hands?: Colour;
  readonly thighs?: Colour;
  /** What is beyond the fingers. */
  readonly beyond?: Colour;
}

/** What covers a body that is drawn of boxes, seen from the front. */
function coverIn({
  face = SKIN,
  above = HAIR,
  neck = SKIN,
  beside,
  trunk = SKIN,
  forearms = SKIN,
  shins = SKIN,
  hands = WALL,
  thighs = SHORTS,
  beyond = WALL,
}: Drawn): Cover {
  // prettier-ignore
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  const box = (left: number, right: number, top: number, bottom: number, colour: Colour) => {
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) pixels.set(colour, (y * WIDTH + x) * 3);
  };
  box(0, WIDTH, 0, HEIGHT, WALL);
  const half = beside ? 75 : 40;
  if (beside) box(MIDDLE - half, MIDDLE + half, CROWN, SHOULDERS, beside);
  box(MIDDLE - 40, MIDDLE + 40, 200, SHOULDERS, neck);
  box(MIDDLE - 50, MIDDLE + 50, CROWN, 130, above);
  box(MIDDLE - 50, MIDDLE + 50, 130, 210, face);
  box(MIDDLE - 95, MIDDLE + 95, SHOULDERS, 700, trunk);
  for (const side of [-1, 1]) {
    box(MIDDLE + side * 62 - 40, MIDDLE + side * 62 + 40, 600, 700, thighs);
    box(MIDDLE + side * 180 - 15, MIDDLE + side * 180 + 15, 470, 600, forearms);
    box(MIDDLE + side * 210 - 15, MIDDLE + side * 210 + 15, 620, 680, hands);
    box(MIDDLE + side * 236 - 15, MIDDLE + side * 236 + 15, 720, 770, beyond);
    box(MIDDLE + side * 62 - 20, MIDDLE + side * 62 + 20, 810, 1050, shins);
  }
  const firstRow = SOLES - 0.9 * (SOLES - CROWN);
  const rows = Array.from({ length: 480 }, (_, i) => {
    const reach = firstRow + i < SHOULDERS ? half : 95;
    return { left: MIDDLE - reach, right: MIDDLE + reach, contrast: 100, free: true };
  });
  const silhouette: Silhouette = { crown: CROWN, soles: SOLES, ankles: 1060, hips: HIPS, shoulders: SHOULDERS, firstRow, rows }; // prettier-ignore
  return coverOf({ width: WIDTH, height: HEIGHT, pixels }, standing('front'), silhouette)!;
}

describe('what covers a body', () => {
  it('is nothing where neck and waist are skin, in light or in the shade of a chin', () => {
    for (const neck of [SKIN, SHADE]) {
      const { neck: seen, waist } = coverIn({ neck });
      expect({ seen, waist }).toEqual({ seen: { left: 0, right: 0 }, waist: 0 });
    }
  });

  it.each([
    ['hair beside the neck', { beside: HAIR }],
    ['a hood', { beside: CLOTH }],
    ['a scarf', { neck: CLOTH }],
  ])('at the neck is %s', (_, drawn) => {
    const { neck } = coverIn(drawn);
    expect(Math.min(neck.left, neck.right)).toBeGreaterThan(0.9);
  });

  it('at the neck is hair, too, where sleeves have its colour', () => {
    expect(coverIn({ beside: HAIR, forearms: HAIR }).neck.left).toBeGreaterThan(0.9);
    expect(coverIn({ beside: HAIR, forearms: HAIR, shins: HAIR }).neck.left).toBeGreaterThan(0.9);
  });

  it('is nothing on a bald head with trousers: the brow is no hair', () => {
    expect(coverIn({ above: SKIN, shins: CLOTH }).neck).toEqual({ left: 0, right: 0 });
  });

  it('is nothing at a neck like the face, where sleeves and leggings or tattoos leave no skin of limbs', () => {
    for (const limbs of [CLOTH, [70, 62, 60]] as const)
      expect(coverIn({ forearms: limbs, shins: limbs }).neck).toEqual({ left: 0, right: 0 });
  });

  it('at the waist is a shirt, with sleeves or without', () => {
    expect(coverIn({ trunk: CLOTH }).waist).toBe(1);
    expect(coverIn({ trunk: CLOTH, forearms: CLOTH }).waist).toBe(1);
  });

  it('at the waist is nothing when a phone hides the face', () => {
    expect(coverIn({ face: [24, 24, 27] }).waist).toBe(0);
  });

  const HOOD = { beside: CLOTH, trunk: CLOTH, forearms: CLOTH } as const;

  it('is a hood whose sleeves have its colour, since hands are like shins', () => {
    const seen = coverIn({ ...HOOD, hands: SKIN });
    expect(Math.min(seen.neck.left, seen.neck.right)).toBeGreaterThan(0.9);
    expect(seen.waist).toBe(1);
    expect(seen.areSleeved).toBe(true);
  });

  it('is such a hood from behind, too, where no face is seen', () => {
    const behind = coverIn({ ...HOOD, face: CLOTH, above: CLOTH, hands: SKIN });
    expect(behind.waist).toBe(1);
    expect(behind.areSleeved).toBe(true);
  });

  it('is nothing more where a wall like the hair of the back of a head shows beside the hand', () => {
    const seen = coverIn({ face: HAIR, hands: [50, 34, 26], beyond: [50, 34, 26] });
    expect(seen.neck).toEqual({ left: 0, right: 0 });
  });

  it('is nothing at the neck of a bald head in sleeves and leggings, since hands are like the face', () => {
    const limbs = { forearms: CLOTH, shins: LEGGINGS, trunk: CLOTH } as const;
    const seen = coverIn({ above: SKIN, ...limbs, hands: SKIN });
    expect(seen.neck).toEqual({ left: 0, right: 0 });
    expect(seen.areSleeved).toBeUndefined();
  });

  it('is nothing more where what is taken for hands may be leggings, and forearms are bare', () => {
    const seen = coverIn({ shins: LEGGINGS, thighs: LEGGINGS, hands: LEGGINGS });
    expect(seen.neck).toEqual({ left: 0, right: 0 });
    expect(seen.areSleeved).toBeUndefined();
  });

  it('of profiles in which no hand tells of sleeves is told by front or back', () => {
    const silhouetteOf = (drawn: Drawn) => ({ cover: coverIn(drawn) }) as Silhouette & { cover: Cover };
    // In the profile of somebody in a hood the face, too, seems to be cloth.
    const [told, profile] = [silhouetteOf({ ...HOOD, hands: SKIN }), silhouetteOf({ ...HOOD, face: CLOTH, above: CLOTH })]; // prettier-ignore
    const untold = { front: profile, back: profile, left: profile, right: profile };
    expect(withSleevesTold(untold)).toBe(untold);
    expect(profile.cover.waist).toBe(0);
    const { left, back } = withSleevesTold({ ...untold, back: told });
    for (const { cover } of [left, back]) expect(cover!.waist).toBe(1);
    const bare = silhouetteOf({});
    expect(withSleevesTold({ ...untold, front: told, right: bare }).right).toBe(bare);
  });

  it('tells how far hair is from skin, which may be too near to tell', () => {
    expect(coverIn({}).hairFromSkin).toBeGreaterThan(1.4);
    expect(coverIn({ above: [200, 160, 115] }).hairFromSkin).toBeLessThan(0.5);
  });
});
