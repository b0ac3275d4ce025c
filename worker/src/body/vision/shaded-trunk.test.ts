import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import { describe, expect, it } from 'vitest';
import { correctedByColours } from './body-colours.ts';
import { drawnPerson } from './drawn-person.fixture.ts';
import { NO_EDGE } from './edge.ts';
import { traceSilhouette, type TrunkRow } from './silhouette.ts';

const [WIDTH, HEIGHT, CROWN, SOLES, MIDDLE, HALF] = [320, 680, 40, 640, 160, 46] as const;

/** Colours of skin by their red, from light to dark. */
const SKINS = {
  236: [236, 200, 176],
  210: [210, 160, 130],
  180: [180, 130, 100],
  150: [150, 104, 78],
  120: [120, 80, 60],
  100: [100, 66, 49],
  82: [82, 54, 42],
} as const;

/** The walls, as shares of the skin's own colour. */
const WALLS = [0.6, 0.7, 0.8, 0.9, 1.0] as const;

/** How much of the light a place of the trunk has; `u` is -1 at its left side and 1 at its right one. */
const SHADES = {
  'of a cylinder that is lit from one side': (u: number) =>
    Math.min(1.02, 0.5 + 0.5 * Math.max(0, Math.cos(Math.asin(u) + 0.6))),
  'that is flat, and grows evenly from side to side': (u: number) => 1 - 0.2 * (u + 1),
  'with an edge, as an arm throws it': (u: number) => (u > 0.3 ? 0.72 : 1),
} as const;

const PERSON = drawnPerson(MIDDLE);

const halfAt = (y: number) => (y < 138 ? 19 : HALF);

/** What the network says when it errs nowhere. */
const MASK: PersonMask = {
  coarseness: 3,
  at: (x, y) => {
    if (y < CROWN || y >= SOLES) return 0.02;
    const within = halfAt(y) - Math.abs(x - MIDDLE);
    return Math.max(0.02, Math.min(0.97, 0.02 + (0.95 * (within + 6)) / 12));
  },
};

/** Noise of a camera (±8), which repeats. */
const NOISE = Float32Array.from(
  { length: WIDTH * HEIGHT * 3 },
  (_, i) => (((i * 7919 + ((i * i) % 977) * 31) % 101) / 100 - 0.5) * 16,
);

/** A trunk of `skin` with dark trousers below, before a wall that is a little uneven. */
function drawn(skin: readonly number[], light: (u: number) => number, wall: number): PicturePixels {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    const isBody = y >= CROWN && y < SOLES && Math.abs(x - MIDDLE) < halfAt(y);
    const uneven = 1 + 0.08 * (x / WIDTH - 0.5) + 0.05 * (y / HEIGHT - 0.5);
    const lit = isBody ? light(Math.max(-1, Math.min(1, (x - MIDDLE) / HALF))) : wall * uneven;
    for (let channel = 0; channel < 3; channel++) {
      const colour = isBody && y > 340 ? TROUSERS[channel]! : skin[channel]! * lit;
      pixels[i * 3 + channel] = Math.max(0, Math.min(255, colour + NOISE[i * 3 + channel]!));
    }
  }
  return { width: WIDTH, height: HEIGHT, pixels };
}

const TROUSERS = [35, 35, 70] as const;

/** The rows between waist and chest. */
function rowsOf(picture: PicturePixels, correct: typeof correctedByColours) {
  const { rows, firstRow } = traceSilhouette(picture, MASK, PERSON, false, correct);
  return rows.slice(205 - firstRow, 300 - firstRow);
}

/** Leaves the network's mask as it is. */
const asIs: typeof correctedByColours = (_picture, mask) => mask;

const widthOf = ({ left, right }: TrunkRow) => right - left;
const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

describe.each(Object.entries(SHADES))('a shade %s', (_, light) => {
  it.each(Object.entries(SKINS))(
    'does not cut a trunk of skin %s before any wall of its hue',
    (_name, skin) => {
      for (const wall of WALLS) {
        const picture = drawn(skin, light, wall);
        const [corrected, without] = [rowsOf(picture, correctedByColours), rowsOf(picture, asIs)];
        const ratio = medianOf(corrected.map(widthOf)) / medianOf(without.map(widthOf));
        expect(Math.abs(ratio - 1), `wall ${wall}`).toBeLessThan(0.03);
        // A row of less contrast is not believed (outline.ts).
        const narrower = corrected.filter(
          (row, i) => row.contrast >= NO_EDGE && widthOf(row) < 0.97 * widthOf(without[i]!),
        );
        expect(narrower.length, `wall ${wall}`).toBeLessThan(0.05 * corrected.length);
      }
    },
  );
});

describe('from the side', () => {
  it.each([82, 100] as const)(
    'what colours cut off a trunk of skin %s is told where nothing shows whether it was shade or wall',
    (skin) => {
      const shade = { from: 0.6, light: 0.72 };
      const lit = (u: number) => (u > shade.from ? shade.light : 1);
      const rows = (wall: number) => {
        const traced = traceSilhouette(drawn(SKINS[skin], lit, wall), MASK, PERSON, true);
        return traced.rows.slice(205 - traced.firstRow, 300 - traced.firstRow);
      };
      const shaded = (1 - shade.from) * HALF;
      // The wall is as dark as the skin in shade: the trunk ends where the shade begins, and each row says so.
      for (const { right, cut = 0 } of rows(shade.light)) {
        expect(Math.abs(MIDDLE + HALF - right - shaded)).toBeLessThan(3);
        expect(Math.abs(cut - shaded)).toBeLessThan(6);
      }
      // Before a wall that is as light as the skin, the skin in shade ends in an edge.
      for (const { right, cut } of rows(1)) {
        expect(Math.abs(MIDDLE + HALF - right)).toBeLessThan(3);
        expect(cut ?? 0).toBeLessThan(3);
      }
    },
  );
});
