import { describe, expect, it } from 'vitest';
import { traceEdge } from './edge.ts';
import { pictureOf } from './picture.ts';

const [WIDTH, HEIGHT] = [120, 60];

/** Skin left of the column `edge(row)` (px, fractions count) and wall right of it, with a hem at column 30. */
function halves(edge: (row: number) => number, noise = 0) {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const skin = Math.max(0, Math.min(1, edge(row) - column));
      const grain = noise * (((row * 7919 + column * 104_729) % 17) / 8 - 1);
      const body = column < 30 ? [60, 60, 70] : [200, 150, 120];
      for (let channel = 0; channel < 3; channel++) {
        pixels[(row * WIDTH + column) * 3 + channel] =
          skin * body[channel]! + (1 - skin) * [196, 203, 208][channel]! + grain;
      }
    }
  }
  return pictureOf(pixels, WIDTH, HEIGHT);
}

const places = (x: number) => Array.from({ length: HEIGHT - 10 }, (_, i) => ({ x, y: i + 5 }));

/** The column of the edge that was found, on each row. */
const found = (picture: ReturnType<typeof pictureOf>, x: number, reach = 12) =>
  traceEdge(picture, { places: places(x), outwards: [1, 0], reach }).map(({ offset }) => x + offset + 0.5);

describe('an edge', () => {
  it.each([70, 70.25, 70.5, 70.8])('at column %d is found to a fifth of a pixel', (edge) => {
    for (const column of found(
      halves(() => edge),
      66,
    ))
      expect(Math.abs(column - edge)).toBeLessThan(0.2);
  });

  it('that slants is followed', () => {
    const edge = (row: number) => 60 + row * 0.4;
    found(halves(edge), 70, 20).forEach((column, i) =>
      expect(Math.abs(column - edge(i + 5))).toBeLessThan(0.6),
    );
  });

  it('is found in noise', () => {
    for (const column of found(
      halves(() => 70.4, 12),
      66,
    ))
      expect(Math.abs(column - 70.4)).toBeLessThan(0.6);
  });

  it('is told from a hem that is clearer but further from where it is expected', () => {
    for (const column of found(
      halves(() => 45),
      47,
      14,
    ))
      expect(Math.abs(column - 45)).toBeLessThan(0.3);
  });

  it('is the one that ends at the wall, not that of a shade on the skin before it', () => {
    /** Light skin, then skin in shade from column 60 on, then a wall from column 68 on that is as dark as the shade is. */
    const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      const column = i % WIDTH;
      const colour = column < 60 ? [138, 116, 98] : column < 68 ? [118, 102, 92] : [100, 106, 104];
      for (const [channel, value] of colour.entries()) pixels[i * 3 + channel] = value;
    }
    const picture = pictureOf(pixels, WIDTH, HEIGHT);
    const traced = (endsInWall: boolean) =>
      traceEdge(picture, {
        places: places(64),
        outwards: [1, 0],
        reach: 12,
        endsInWall: places(64).map(() => endsInWall),
      }).map(({ offset }) => 64 + offset + 0.5);
    for (const column of traced(true)) expect(Math.abs(column - 68)).toBeLessThan(1);
    // When nothing is known about the outside, the clearer edge counts.
    for (const column of traced(false)) expect(Math.abs(column - 60)).toBeLessThan(1);
  });

  it('is the one that ends at the wall behind a shade that is much clearer, where wall is asked for more', () => {
    /** Light skin, then skin in shade from column 60 on, then from column 68 on a wall that differs little from the shade. */
    const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      const column = i % WIDTH;
      const colour = column < 60 ? [195, 170, 155] : column < 68 ? [150, 135, 125] : [150, 150, 158];
      for (const [channel, value] of colour.entries()) pixels[i * 3 + channel] = value;
    }
    const picture = pictureOf(pixels, WIDTH, HEIGHT);
    const traced = (mostUnlike?: number) =>
      traceEdge(picture, {
        places: places(64),
        outwards: [1, 0],
        reach: 12,
        endsInWall: places(64).map(() => true),
        ...(mostUnlike !== undefined && { mostUnlike: places(64).map(() => mostUnlike) }),
      }).map(({ offset }) => 64 + offset + 0.5);
    for (const column of traced(40)) expect(Math.abs(column - 68)).toBeLessThan(1);
    for (const column of traced()) expect(Math.abs(column - 60)).toBeLessThan(1);
  });

  it('says how clear it is', () => {
    const contrast = (x: number) =>
      traceEdge(
        halves(() => 70),
        { places: places(x), outwards: [1, 0], reach: 5 },
      )[20]!.contrast;
    expect(contrast(70)).toBeGreaterThan(80);
    expect(contrast(100)).toBe(0);
  });
});
