import { JOINTS, type Joint, type Person } from '@reddyfit/shared/gate/person';
import { describe, expect, it } from 'vitest';
import { navelSigns } from './navel.ts';
import type { Silhouette } from './silhouette.ts';

type Colour = readonly [number, number, number];
const [WIDTH, HEIGHT, MIDDLE] = [700, 1000, 350];
const WALL: Colour = [150, 150, 158];
const LIGHT: Colour = [224, 172, 130];
const DARK: Colour = [78, 50, 36];
const SHORTS: Colour = [36, 84, 70];
const SHIRT: Colour = [120, 130, 190];

/** A body of 800 px from crown to soles, whose trunk is 150 px wide, with bare forearms 140 px beside the middle. */
const [CROWN, BODY] = [100, 800];
const SOLES = CROWN + BODY;
const ANKLES = CROWN + 0.938 * BODY;
const rowAt = (level: number) => SOLES - level * BODY;
/** Where hips and shoulders as those of other bodies have it. */
const EXPECTED = 0.5973;

const SILHOUETTE: Silhouette = {
  crown: CROWN,
  soles: SOLES,
  ankles: ANKLES,
  hips: rowAt(0.5404),
  shoulders: rowAt(0.822),
  firstRow: Math.round(rowAt(0.9)),
  rows: Array.from({ length: Math.round(0.46 * BODY) }, () => ({ left: MIDDLE - 75, right: MIDDLE + 75, contrast: 60, free: true })), // prettier-ignore
};

const PERSON: Person = {
  score: 0.9,
  joints: Object.fromEntries(
    JOINTS.map((joint: Joint) => {
      const levels: Record<string, number> = { nose: 0.93, Eye: 0.94, Ear: 0.93, Shoulder: 0.822, Elbow: 0.63, Wrist: 0.49, Hip: 0.5404, Knee: 0.28, Ankle: 0.062 }; // prettier-ignore
      const name = joint.replace(/^(left|right)/, '');
      const aside = name === 'Elbow' || name === 'Wrist' ? 140 : 40;
      const x = name === 'nose' ? 0 : joint.startsWith('left') ? aside : -aside;
      return [joint, { x: MIDDLE + x, y: rowAt(levels[name]!), score: 0.9 }];
    }),
  ) as Person['joints'],
};

interface Drawn {
  readonly skin?: Colour;
  /** Standard deviation of the photo's noise (0–255). */
  readonly noise?: number;
  /** Level of the shorts' upper edge, and how much it slopes (px for each px aside). */
  readonly band?: number;
  readonly slope?: number;
  /** Over how many rows (px) that edge, which is frayed then, fades into the skin. */
  readonly frayed?: number;
  /** What else is drawn on the belly: times its light, by the distance from the middle (px) and the level. */
  readonly light?: (aside: number, level: number) => number;
  /** The colour of the forearms, where they are not bare. */
  readonly sleeves?: Colour;
  /** What covers the belly instead of skin. */
  readonly shirt?: (aside: number, row: number) => Colour;
}

const mixed = (one: Colour, other: Colour, share: number): Colour =>
  [0, 1, 2].map((c) => one[c]! * (1 - share) + other[c]! * share) as [number, number, number];

/** The signs of a trunk that is lit from the upper left. */
function signsOf({
  skin = LIGHT,
  noise = 1,
  band = 0.54,
  slope = 0,
  light = () => 1,
  frayed = 0,
  sleeves,
  shirt,
}: Drawn) {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  let chance = 1;
  const next = () => (chance = (chance * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const [aside, row] = [(i % WIDTH) - MIDDLE, Math.floor(i / WIDTH)];
    const level = (SOLES - row) / BODY;
    const isTrunk = Math.abs(aside) < 75 && level < 0.85;
    const isArm = Math.abs(Math.abs(aside) - 140) < 18 && level > 0.45 && level < 0.7;
    const isHead = Math.hypot(aside, (level - 0.93) * BODY) < 45;
    // Points as wide as 24 px, and a colour that fades within `frayed` px.
    const edge = rowAt(band) + slope * aside + (frayed > 0 ? Math.abs(((aside + 240) % 24) - 12) : 0);
    const cloth = Math.max(0, Math.min(1, 0.5 + (row - edge) / Math.max(1, frayed)));
    const trunk = mixed(shirt?.(aside, row) ?? skin, SHORTS, cloth);
    const colour = isHead ? skin : isArm ? (sleeves ?? skin) : isTrunk ? trunk : WALL;
    const round = Math.sqrt(1 - Math.min(1, (aside / 80) ** 2));
    const shade = isTrunk ? (0.6 + 0.3 * round - aside / 500 + (level - 0.6)) * light(aside, level) : 0.9;
    // The sum of four even chances is nearly normal.
    const grain = noise * 1.73 * (next() + next() + next() + next() - 2);
    for (let c = 0; c < 3; c++) pixels[i * 3 + c] = Math.max(0, Math.min(255, colour[c]! * shade + grain));
  }
  return navelSigns({ width: WIDTH, height: HEIGHT, pixels }, PERSON, SILHOUETTE);
}

/** A dent of `deep` of the light, 12 px wide and high. */
const dot =
  (at: number, deep: number, aside = 0) =>
  (x: number, level: number) =>
    1 - deep * Math.exp(-0.5 * (((x - aside) / 5) ** 2 + (((level - at) * BODY) / 5) ** 2));

/** The level of the clearest sign, and the signs by level. */
function read(signs: ReturnType<typeof signsOf>) {
  const { firstRow, step, signs: all } = signs!;
  const levels = all.map((_, i) => (SOLES - firstRow - i * step) / BODY);
  const clearest = Math.max(...all);
  return { levels, all, clearest, level: levels[all.indexOf(clearest)]! };
}

/** The clearest sign of rows that are further than 0.012 from `level`. */
const elsewhere = ({ levels, all }: ReturnType<typeof read>, level: number) =>
  Math.max(...all.filter((_, i) => Math.abs(levels[i]! - level) > 0.012));

describe('the signs of a navel', () => {
  it.each([0.58, EXPECTED, 0.62])('are clear where a bare belly has a dark dent, at %f', (at) => {
    const seen = read(signsOf({ light: dot(at, 0.2, 6) }));
    expect(Math.abs(seen.level - at)).toBeLessThan(0.005);
    expect(seen.clearest - elsewhere(seen, at)).toBeGreaterThan(3);
  });

  it('are clear where a dent is darker above than below, and nothing of it darker on the whole', () => {
    const light = (x: number, level: number) => dot(0.614, 0.05)(x, level) + 1 - dot(0.606, 0.05)(x, level);
    expect(Math.abs(read(signsOf({ light })).level - 0.61)).toBeLessThan(0.006);
  });

  it('are clear on dark skin in a dim, noisy photo, whose arms are as dark', () => {
    const seen = read(signsOf({ skin: DARK, noise: 4, light: dot(0.61, 0.5) }));
    expect(Math.abs(seen.level - 0.61)).toBeLessThan(0.005);
  });

  it('are the same in all rows, about, where no dent is seen', () => {
    for (const noise of [0, 1, 4]) {
      const { all, clearest } = read(signsOf({ noise }));
      expect(clearest - all.toSorted((a, b) => a - b)[17]!).toBeLessThan(3.5);
    }
  });

  it('are neither a waistband, though it slopes, nor the line down the middle of a belly', () => {
    const line = (x: number) => 1 - 0.1 * Math.exp(-0.5 * (x / 4) ** 2);
    for (const drawn of [{ band: 0.585, slope: 0.06 }, { light: line }]) {
      const { levels, all } = read(signsOf(drawn));
      const bare = all.filter((_, i) => levels[i]! > 0.6);
      expect(Math.max(...bare) - Math.min(...bare)).toBeLessThan(4.5);
    }
  });

  it('are not a waistband that is frayed and fades into the skin', () => {
    const { all } = read(signsOf({ band: 0.585, frayed: 24 }));
    expect(Math.max(...all)).toBeLessThan(4);
  });

  it('are no surer of a very dark dent than of a dark one, but know its place', () => {
    const [dark, darker] = [0.2, 0.7].map((deep) => read(signsOf({ light: dot(0.61, deep) })));
    expect(darker!.clearest).toBeCloseTo(dark!.clearest, 1);
    expect(darker!.clearest - elsewhere(darker!, 0.61)).toBeGreaterThan(3);
  });

  it('say that a navel lies under the shorts, rather than above, where bare skin shows none', () => {
    const { levels, all } = read(signsOf({ band: EXPECTED }));
    const mean = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0) / of.length;
    const under = mean(all.filter((_, i) => levels[i]! < 0.59));
    expect(under - mean(all.filter((_, i) => levels[i]! > 0.605))).toBeGreaterThan(1);
  });

  it('are those of the navel still, where the waistband covers its lower half', () => {
    const at = 0.6;
    expect(Math.abs(read(signsOf({ band: at, light: dot(at, 0.4) })).level - at)).toBeLessThan(0.008);
  });

  it('are none where a shirt covers the belly, whatever is printed on it, and the arms, too', () => {
    expect(signsOf({ shirt: () => SHIRT, light: dot(0.6, 0.4) })).toBeUndefined();
    const dots = (x: number, row: number): Colour => (x ** 2 + (row - 420) ** 2 < 60 ? [20, 20, 20] : SHIRT);
    expect(signsOf({ shirt: dots })).toBeUndefined();
    expect(signsOf({ shirt: dots, sleeves: SHIRT })).toBeUndefined();
  });

  it('are none in a photo without colours, in which a shirt may look like skin', () => {
    const buttons = (x: number, row: number): Colour =>
      Math.hypot(x, ((row - 400) % 60) - 10) < 5 ? [60, 60, 60] : [180, 180, 180];
    expect(signsOf({ skin: [175, 175, 175], shirt: buttons })).toBeUndefined();
  });

  it('are none where joints are not known, as in what older workers examined', () => {
    const { hips: _, ...older } = SILHOUETTE;
    const picture = { width: WIDTH, height: HEIGHT, pixels: new Uint8Array(WIDTH * HEIGHT * 3) };
    expect(navelSigns(picture, PERSON, older)).toBeUndefined();
  });
});
