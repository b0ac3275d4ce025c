import type { PersonMask } from '@reddyfit/shared/gate/person-mask';
import { describe, expect, it } from 'vitest';
import { correctedByColours } from './body-colours.ts';

const [WIDTH, HEIGHT, COARSENESS] = [480, 240, 4];
const PART = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT };
const [WALL, TROUSERS, ARM] = [
  [150, 150, 158],
  [40, 84, 70],
  [190, 140, 110],
] as const;

/** A picture and a mask, by what each column shows. There is a little noise, which repeats. */
function scene(
  colour: (x: number, y: number) => readonly number[],
  sure: (x: number, y: number) => number,
): PersonMask {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const shown = colour(i % WIDTH, Math.floor(i / WIDTH));
    for (let channel = 0; channel < 3; channel++)
      pixels[i * 3 + channel] = shown[channel]! + (((i * 7919) % 13) % 5) - 2;
  }
  const mask: PersonMask = { coarseness: COARSENESS, at: sure };
  return correctedByColours({ width: WIDTH, height: HEIGHT, pixels }, mask, PART);
}

const isBody = (x: number) => x >= 200 && x < 290;
const trousers = (x: number) => (x >= 230 && x < 255 ? ARM : isBody(x) ? TROUSERS : WALL);

describe('a mask that is corrected by colours', () => {
  it('finds the seat of trousers behind an arm, where the network ends the body', () => {
    const seen = scene(trousers, (x) => (x >= 200 && x < 230 ? 0.8 : x >= 230 && x < 255 ? 0.97 : 0.02));
    for (const x of [262, 270, 282]) expect(seen.at(x, 120), `${x}`).toBeGreaterThan(0.5);
    for (const x of [296, 310, 400, 190, 60]) expect(seen.at(x, 120), `${x}`).toBeLessThan(0.1);
  });

  it('finds the hollow of a back, which the network takes for body', () => {
    const seen = scene(trousers, (x) => (x >= 200 && x < 310 ? 0.97 : 0.02));
    for (const x of [296, 303]) expect(seen.at(x, 120), `${x}`).toBeLessThan(0.35);
    for (const x of [210, 240, 280]) expect(seen.at(x, 120), `${x}`).toBeGreaterThan(0.9);
  });

  it('leaves a thin line of shaded skin that has the colour of the wall, and no line of wall of an arm’s width', () => {
    const line = (width: number) =>
      scene(
        (x) => (x >= 240 && x < 240 + width ? WALL : isBody(x) ? ARM : WALL),
        (x) => (isBody(x) ? 0.97 : 0.02),
      );
    for (let x = 236; x < 250; x++) expect(line(4).at(x, 120), `${x}`).toBeGreaterThan(0.5);
    expect(line(24).at(252, 120)).toBeLessThan(0.35);
  });

  it('says what the network says where body and wall have the same colour, and beyond the part', () => {
    const seen = scene(
      () => WALL,
      (x) => (isBody(x) ? 0.8 : 0.05),
    );
    expect(seen.at(240, 120)).toBeGreaterThan(0.7);
    expect(seen.at(320, 120)).toBeLessThan(0.1);
    expect(seen.at(-20, 120)).toBe(0.05);
    expect(seen.at(240, HEIGHT + 20)).toBe(0.8);
  });
});
