import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { photoTypeOf, sha256Of } from './photo-bytes.ts';
import { type Canvas, shrinkPhoto, sizeWithin } from './shrink-photo.ts';

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });

it.each([
  ['image/jpeg', () => picture().jpeg().toBuffer()],
  ['image/png', () => picture().png().toBuffer()],
  ['image/webp', () => picture().webp().toBuffer()],
  ['image/avif', () => picture().avif().toBuffer()],
  ['image/heic', async () => Buffer.from('00000018667479706865696300', 'hex')],
  [null, async () => Buffer.from('%PDF-1.7')],
  [null, async () => Buffer.alloc(0)],
])('knows %s by its first bytes', async (type, make) => {
  expect(photoTypeOf(new Uint8Array(await make()))).toBe(type);
});

it('has the SHA-256 that the server computes', () => {
  const bytes = new Uint8Array(70_000).map((_, index) => index % 251);
  expect(sha256Of(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
});

it('fits a photo into 1600 px, and makes none larger', () => {
  expect(sizeWithin({ width: 3024, height: 4032 }, 1600)).toEqual({ width: 1200, height: 1600 });
  expect(sizeWithin({ width: 800, height: 600 }, 1600)).toEqual({ width: 800, height: 600 });
});

it('draws a photo as it is to be seen, small, as JPEG', async () => {
  const drawn: unknown[] = [];
  let closed = false;
  const canvas = (width: number, height: number): Canvas => ({
    getContext: () => ({
      fillStyle: '',
      imageSmoothingQuality: '',
      fillRect: () => undefined,
      drawImage: (_, ...place) => void drawn.push(place),
    }),
    convertToBlob: async (options) => new Blob([JSON.stringify({ width, height, ...options })]),
  });
  const bytes = await shrinkPhoto(Uint8Array.of(1), {
    createCanvas: canvas,
    createImageBitmap: async (_, { imageOrientation }) => {
      expect(imageOrientation).toBe('from-image');
      return { width: 4000, height: 3000, close: () => void (closed = true) };
    },
  });
  expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({
    width: 1600,
    height: 1200,
    type: 'image/jpeg',
  });
  expect(drawn).toEqual([[0, 0, 1600, 1200]]);
  expect(closed).toBe(true);
});
