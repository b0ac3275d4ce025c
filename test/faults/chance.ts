/** Chance that can be repeated: from one seed, and for each test from its name. */

import { createHash, randomInt } from 'node:crypto';

/** The seed of this run: FAULTS_SEED, or a new one, which every process of the run then sees in that variable. */
export function theSeed(): number {
  const seed = Number((process.env['FAULTS_SEED'] ||= String(randomInt(2 ** 31))));
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('FAULTS_SEED is a whole number from 0');
  return seed;
}

export interface Chance {
  /** A number from `least` to `most`. */
  between(least: number, most: number): number;
  /** One of them. */
  one<Item>(items: readonly Item[]): Item;
  /** All of them, in an order of its own. */
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** The chance of what is called `name`: the same sequence for the same seed, whatever else runs. */
export function chanceOf(seed: number, name: string): Chance {
  let drawn = 0;
  const next = () => {
    const digest = createHash('sha256').update(`${seed}:${name}:${drawn++}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  };
  return {
    between: (least, most) => least + (most - least) * next(),
    one: (items) => items[Math.floor(next() * items.length)]!,
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ item }) => item),
  };
}
