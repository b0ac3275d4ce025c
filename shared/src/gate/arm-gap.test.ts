/** Tests the gap between trunk and arms on one drawing at several sizes, with the soft edges of a network's mask. */

import { describe, expect, it } from 'vitest';
import { armGap } from './arm-gap.ts';
import type { Person } from './person.ts';
import { standing } from './standing.fixture.ts';

const WALL = [190, 180, 170];
const SKIN = [200, 150, 115];

interface Drawn {
  /** Where the network sees body: spans from and to a distance from the spine (shares of the photo's width). */
  readonly seen: readonly (readonly [number, number])[];
  /** Where there really is body; the same as `seen` when absent. */
  readonly true?: readonly (readonly [number, number])[];
  /** Distance of the elbows' and wrists' joints from the spine (px, in a photo 900 px wide). */
  readonly wrists?: number;
}

/** The result of armGap for a photo of this width (px) in which every row shows the same drawing. */
function gapAt(width: number, { seen, true: body = seen, wrists = 130 }: Drawn): number {
  const size = width / 900;
  const height = Math.round(1200 * size);
  const middleX = width / 2;
  const within = (spans: Drawn['seen'], x: number) =>
    Math.max(
      ...spans.map(([from, to]) => {
        const out = Math.abs(x - middleX);
        return Math.min(out - from * width, to * width - out);
      }),
    );
  const pixels = Buffer.alloc(width * height * 3);
  for (let x = 0; x < width; x++) {
    const colour = within(body, x) > 0 ? SKIN : WALL;
    for (let y = 0; y < height; y++) pixels.set(colour, (y * width + x) * 3);
  }
  const coarseness = height / 256;
  const mask = {
    coarseness,
    // The certainty is 1 inside, and falls to 0 over two of the network's pixels at an edge.
    at: (x: number) => Math.max(0, Math.min(1, 0.5 + within(seen, x) / (2 * coarseness))),
  };
  const person = standing('front');
  const joints = Object.fromEntries(
    Object.entries(person.joints).map(([name, { x, y, score }]) => {
      const out = /Elbow|Wrist/.test(name) ? (x < 450 ? -wrists : wrists) : x - 450;
      return [name, { x: middleX + out * size, y: y * size, score }];
    }),
  ) as Person['joints'];
  return armGap({ pixels: pixels, width: width, height: height }, { ...person, joints }, mask);
}

describe.each([600, 900, 1200])('in a photo %i px wide', (width) => {
  it('an outline without a gap has none, however soft its outer edge is', () => {
    expect(gapAt(width, { seen: [[0, 0.18]] })).toBe(0);
  });

  it('an arm beyond wall is free', () => {
    expect(
      gapAt(width, {
        seen: [
          [0, 0.11],
          [0.15, 0.2],
        ],
        wrists: 160,
      }),
    ).toBe(1);
  });

  it('wall that is too narrow for the network is seen by its colour', () => {
    const narrow = [
      [0, 0.12],
      [0.128, 0.18],
    ] as const;
    expect(gapAt(width, { seen: [[0, 0.18]], true: narrow })).toBe(1);
  });

  it('a forearm that the network does not see is where its joints are', () => {
    expect(gapAt(width, { seen: [[0, 0.12]], wrists: 200 })).toBe(1);
  });
});

describe.each([600, 900, 1200])('a gap of a pixel or two, in a photo %i px wide', (width) => {
  const height = (width / 3) * 4;
  const DARK = [82, 88, 85];
  const shade = (by: number) => SKIN.map((channel) => channel * by);

  /**
   * The result of armGap where the network sees trunk and arms as one, and where both are skin but for a seam of so many px in a
   * colour, which is seen in the rows for which `has` is true. Edges are blurred over two pixels.
   */
  function seamAt({ px, colour, wall = WALL, has = () => true }: Seam): number {
    const [seam, end] = [0.12 * width, 0.18 * width];
    const part = (inside: number) => Math.max(0, Math.min(1, 0.5 + inside / 2));
    const pixels = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const out = Math.abs(x + 0.5 - width / 2);
        const inSeam = has(y) ? part(Math.min(out - seam, seam + px - out)) : 0;
        const inBody = part(end - out);
        const mixed = SKIN.map((skin, c) => {
          const body = skin + inSeam * (colour[c]! - skin);
          return wall[c]! + inBody * (body - wall[c]!);
        });
        pixels.set(mixed, (y * width + x) * 3);
      }
    const coarseness = height / 256;
    const mask = {
      coarseness,
      at: (x: number) => Math.max(0, Math.min(1, 0.5 + (end - Math.abs(x - width / 2)) / (2 * coarseness))),
    };
    const person = standing('front');
    const joints = Object.fromEntries(
      Object.entries(person.joints).map(([name, { x, y, score }]) => {
        const out = /Elbow|Wrist/.test(name) ? (x < 450 ? -135 : 135) : x - 450;
        return [name, { x: ((450 + out) * width) / 900, y: (y * width) / 900, score }];
      }),
    ) as Person['joints'];
    return armGap({ pixels, width, height }, { ...person, joints }, mask);
  }

  interface Seam {
    readonly px: number;
    readonly colour: readonly number[];
    readonly wall?: readonly number[];
    readonly has?: (y: number) => boolean;
  }

  it('is seen, though no pixel of it is wholly wall', () => {
    expect(seamAt({ px: 1.4, colour: WALL })).toBe(1);
    expect(seamAt({ px: 2, colour: WALL })).toBe(1);
    expect(seamAt({ px: 2, colour: DARK, wall: DARK })).toBe(1);
  });

  it('is not seen where arm and trunk touch in a crease, as dark as the wall or not', () => {
    expect(seamAt({ px: 0, colour: WALL })).toBe(0);
    expect(seamAt({ px: 2, colour: shade(0.3) })).toBe(0);
    for (const dark of [0.3, 0.45, 0.5, 0.6])
      expect(seamAt({ px: 3, colour: shade(dark), wall: DARK })).toBe(0);
  });

  it('does not consist of single rows', () => {
    expect(seamAt({ px: 2, colour: WALL, has: (y) => y % 3 === 0 })).toBe(0);
  });
});
