/** Embeddings without a model: texts that share words are near each other. */

import { createHash } from 'node:crypto';

/** Length of the vector, that of text-embedding-3-small. */
const DIMENSIONS = 1536;

/** Unit vector of a text: its words hashed into signed places (Weinberger et al. 2009, feature hashing). Deterministic. */
export function embeddingOf(text: string): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    const hash = createHash('sha256').update(word).digest();
    vector[hash.readUInt32BE(0) % DIMENSIONS]! += hash[4]! % 2 === 0 ? 1 : -1;
  }
  const length = Math.hypot(...vector);
  // Words that cancel each other out leave nothing to normalise.
  return length === 0 ? vector.with(0, 1) : vector.map((value) => value / length);
}
