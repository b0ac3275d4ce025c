import { SIDE } from '@reddyfit/shared/gate/networks';
import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import { describe, expect, it } from 'vitest';
import { castShadow } from './cast-shadow.ts';
import { drawnPerson } from './drawn-person.fixture.ts';
import { litWhereShadow } from './light-shadow.ts';
import { pictureOf } from './picture.ts';
import { outlineIn } from './pose.ts';

const [WIDTH, HEIGHT, CROWN, SOLES, MIDDLE] = [400, 680, 40, 640, 180] as const;
const PERSON = drawnPerson(MIDDLE);

type Colour = readonly [number, number, number];
const [TAN, GREY]: [Colour, Colour] = [
  [216, 190, 160],
  [150, 156, 160],
];
const [SKIN, DARK_SKIN, TROUSERS]: [Colour, Colour, Colour] = [
  [236, 190, 160],
  [90, 58, 42],
  [36, 36, 72],
];

/** The tan wall where 0.4 of its light is left. */
const SHADED: Colour = [86, 76, 64];

/** Skin of its hue, in twice that light. */
const TANNED: Colour = [160, 141, 119];

/** Noise of a camera (±5), which repeats. */
const noise = (i: number) => (((i * 7919 + ((i * i) % 977) * 31) % 101) / 100 - 0.5) * 10;

interface Scene {
  readonly wall: Colour;
  readonly skin?: Colour;
  readonly trousers?: Colour;
  /** What the shadow leaves of the wall's light; absent: there is none. */
  readonly leaves?: Colour;
  /** How far its border is soft (px). */
  readonly soft?: number;
  /** How far to the right of the body it lies (px). */
  readonly aside?: number;
  /** The lowest row of it (px). */
  readonly downTo?: number;
  /** Whether a place of the body is cloth with the colour of the wall in a shadow. */
  readonly cloth?: (x: number, y: number) => boolean;
  /** How much of the light a place of the body has; `u` is -1 at its left side and 1 at its right one. */
  readonly lit?: (u: number) => number;
}

/** A shadow lies so far to the right of the body, where nothing else is said, and lower (px). */
const [ASIDE_PX, LOWER_PX] = [34, 12];
const halfAt = (y: number) => (y < 138 ? 19 : 46);
const isBody = (x: number, y: number) => y >= CROWN && y < SOLES && Math.abs(x - MIDDLE) < halfAt(y);

/** Somebody in trousers before a wall, and what the network says: it takes the shadow for body. */
function drawn({
  wall,
  skin = SKIN,
  trousers = TROUSERS,
  leaves,
  soft = 1,
  aside = ASIDE_PX,
  downTo = 560,
  cloth = () => false,
  lit = () => 1,
}: Scene) {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  const shadowed = (x: number, y: number) => {
    if (!leaves || y - LOWER_PX < CROWN || y > downTo) return 0;
    const within = halfAt(y - LOWER_PX) - Math.abs(x - MIDDLE - aside);
    return Math.max(0, Math.min(1, 0.5 + within / soft));
  };
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    for (let channel = 0; channel < 3; channel++) {
      const own = isBody(x, y)
        ? (cloth(x, y) ? SHADED : y > 340 ? trousers : skin)[channel]! * lit((x - MIDDLE) / halfAt(y))
        : wall[channel]! * (1 - shadowed(x, y) * (1 - (leaves?.[channel] ?? 1)));
      pixels[i * 3 + channel] = Math.max(0, Math.min(255, own + noise(i * 3 + channel)));
    }
  }
  const mask: PersonMask = {
    coarseness: 3,
    at: (x, y) => (isBody(x, y) || shadowed(x, y) > 0.5 ? 0.97 : 0.02),
  };
  return { picture: pictureOf(pixels, WIDTH, HEIGHT), mask };
}

const shadowIn = (scene: Scene) => {
  const { picture, mask } = drawn(scene);
  return castShadow(picture, mask, PERSON);
};

const SHADOWS: [string, Scene][] = [
  ['that takes a third', { wall: TAN, leaves: [0.66, 0.66, 0.66] }],
  ['that takes two thirds', { wall: TAN, leaves: [0.35, 0.35, 0.35] }],
  ['on a grey wall', { wall: GREY, leaves: [0.4, 0.4, 0.4] }],
  ['beside dark skin', { wall: GREY, skin: DARK_SKIN, leaves: [0.4, 0.4, 0.4] }],
  ['with a tint of other light', { wall: TAN, leaves: [0.36, 0.4, 0.46] }],
  ['with a soft border', { wall: TAN, leaves: [0.4, 0.4, 0.4], soft: 8 }],
];

describe.each(SHADOWS)('a hard shadow %s', (_, scene) => {
  it('is lit as the wall is, and nothing else is', () => {
    const { picture, mask } = drawn(scene);
    const shadow = castShadow(picture, mask, PERSON)!;
    for (const [channel, share] of scene.leaves!.entries())
      expect(Math.abs(shadow.shares[channel]! - share)).toBeLessThan(0.03);
    const lit = litWhereShadow(picture, shadow);
    let [wall, of, changed] = [0, 0, 0];
    for (let y = 60; y < 440; y++) {
      for (let x = MIDDLE - 100; x < MIDDLE + 140; x++) {
        const at = (y * WIDTH + x) * 3;
        if (isBody(x, y)) changed += lit[at] === picture.pixels[at] ? 0 : 1;
        else if (!isBody(x - 3, y) && !isBody(x, y - 3)) {
          of++;
          if (Math.abs(lit[at]! - scene.wall[0]) < 20) wall++;
        }
      }
    }
    expect(wall / of).toBeGreaterThan(0.98);
    // Of a body's 300 rows, the shadow's side is mixed with it by a pixel or two.
    expect(changed).toBeLessThan(760);
  });

  it('does not make an outline wider', async () => {
    /** A network to which all is body that is darker than the wall. */
    const least = 0.85 * (scene.wall[0] / 255);
    const person = async (input: Float32Array) => {
      const sure = new Float32Array(SIDE * SIDE);
      for (let i = 0; i < sure.length; i++) {
        const [r, g, b] = [input[i * 3]!, input[i * 3 + 1]!, input[i * 3 + 2]!];
        const isPadding = Math.abs(r - 0.5) < 0.01 && Math.abs(g - 0.5) < 0.01 && Math.abs(b - 0.5) < 0.01;
        const isSkin = r - b > 0.25 || Math.abs(r - b - (scene.wall[0] - scene.wall[2]) / 255) > 0.3;
        sure[i] = !isPadding && (r < least || isSkin) ? 0.97 : 0.02;
      }
      return sure;
    };
    const widths = async (of: Scene) => {
      const { picture } = drawn(of);
      const { rows, firstRow } = (await outlineIn({ person }, picture, PERSON, 'left'))!;
      return rows.slice(205 - firstRow, 330 - firstRow).map(({ left, right }) => right - left);
    };
    const { leaves: _leaves, ...lightOnly } = scene;
    const [shadowed, without] = await Promise.all([widths(scene), widths(lightOnly)]);
    const wider = shadowed.filter((width, i) => Math.abs(width - without[i]!) > 4);
    expect(wider.length).toBeLessThan(0.05 * shadowed.length);
  });
});

describe('no shadow is', () => {
  it.each<[string, Scene]>([
    ['a body before a wall', { wall: TAN }],
    ['dark skin before a grey wall', { wall: GREY, skin: DARK_SKIN }],
    ['cloth of a grey wall’s hue', { wall: GREY, trousers: [75, 78, 80] }],
    ['cloth of its hue from neck to ankles', { wall: GREY, skin: [75, 78, 80], trousers: [75, 78, 80] }],
    [
      'shade on skin of a wall’s hue, which grows from side to side',
      { wall: TAN, skin: TAN, lit: (u) => 0.8 - 0.3 * u },
    ],
    [
      'shade on one side of dark skin before a wall of its hue',
      { wall: TAN, skin: TANNED, trousers: TANNED, cloth: (x, y) => x > MIDDLE + 12 && y < 420 },
    ],
    ['a jacket that is open in front', { wall: TAN, cloth: (x) => Math.abs(x - MIDDLE) > 12 }],
    ['a shirt of two colours', { wall: TAN, cloth: (x, y) => x > MIDDLE - 6 && y > 100 && y < 420 }],
    ['half of a short waistcoat', { wall: TAN, cloth: (x, y) => x > MIDDLE + 12 && y > 140 && y < 320 }],
    ['a stripe down one side', { wall: TAN, cloth: (x, y) => x > MIDDLE + 30 && y > 140 && y < 420 }],
  ])('%s', (_, scene) => {
    expect(shadowIn(scene)).toBeUndefined();
  });
});

it.each([
  ['and none where it has less than 0.09 of the body’s places', 400, false],
  ['where it has more', 560, true],
])('a strip of shade beside a body is a shadow %s', (_, downTo, isOne) => {
  // It is 12 px wide: 0.078 and 0.096 of the body's places.
  const shadow = shadowIn({ wall: TAN, leaves: [0.4, 0.4, 0.4], aside: 12, downTo });
  expect(shadow !== undefined).toBe(isOne);
});
