/** Random numbers that can be repeated: from one seed, and for each test from its name. */

import { createHash, randomInt } from 'node:crypto';

/** The seed of this run: FAULTS_SEED, or a new seed, which is then set as that variable for every process of the run. */
export function theSeed(): number {
  const seed = Number((process.env['FAULTS_SEED'] ||= String(randomInt(2 ** 31))));
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('FAULTS_SEED is a whole number from 0');
  return seed;
}

export interface Chance {
  /** A number from `least` to `most`. */
  between(least: number, most: number): number;
  /** One of the items. */
  one<Item>(items: readonly Item[]): Item;
  /** All items, in a random order. */
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** The random numbers for `name`: the same sequence for the same seed, whatever else runs. */
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
