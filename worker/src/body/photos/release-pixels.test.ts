/** Pixels are freed when they are released, and only those. */

import sharp from 'sharp';
import { expect, it } from 'vitest';
import { releasePixels } from './release-pixels.ts';

it('frees what sharp has made at once, and once only', async () => {
  const create = { width: 2000, height: 2000, channels: 3, background: 'white' } as const;
  const pixels = await sharp({ create }).raw().toBuffer();
  const before = process.memoryUsage().external;
  releasePixels(pixels);
  expect(pixels).toHaveLength(0);
  // Some bytes come and go meanwhile.
  expect(before - process.memoryUsage().external).toBeGreaterThan(2000 * 2000 * 3 - 10_000);
  releasePixels(pixels);
});

it('leaves memory that others use, too', () => {
  const all = new Uint8Array(300).fill(7);
  releasePixels(all.subarray(0, 100));
  expect(all.every((value) => value === 7)).toBe(true);
  const small = Buffer.from('in the pool of small buffers');
  releasePixels(small);
  expect(small.toString()).toBe('in the pool of small buffers');
});
