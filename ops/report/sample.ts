/** A sample that is evenly distributed and is the same each time. */

import { createHash } from 'node:crypto';

/** Keeps the `size` items whose ids have the smallest hashes, however many are offered. */
export function sampleOf<Item>(size: number) {
  let kept: { hash: string; item: Item }[] = [];
  return {
    offer(id: string, item: Item): void {
      if (size === 0) return;
      const hash = createHash('sha256').update(id).digest('hex');
      if (kept.length === size && hash >= kept.at(-1)!.hash) return;
      kept = [...kept, { hash, item }].sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, size);
    },
    items: () => kept.map(({ item }) => item),
  };
}
