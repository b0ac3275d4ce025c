/** The room behind a mannequin: wall, floor, skirting board, and what stands about. */

import sharp from 'sharp';
import type { Camera } from './camera.ts';
import type { Colour } from './look.ts';
import type { Random } from './random.ts';

export interface Room {
  readonly wall: Colour;
  readonly floor: Colour;
  /** Brightness of the wall on its left and right (share). */
  readonly lightLeft: number;
  readonly lightRight: number;
  /** Things on the wall and floor beside the person. */
  readonly things: boolean;
}

const WALLS: readonly Colour[] = [
  [206, 212, 216],
  [222, 216, 206],
  [188, 200, 206],
  [196, 188, 176],
  [168, 182, 176],
  [150, 160, 172],
];
const FLOORS: readonly Colour[] = [
  [168, 146, 122],
  [126, 104, 84],
  [150, 150, 150],
  [190, 176, 158],
];

/** How far apart the colours of wall and body are kept (0–255 a channel, as a distance): no outline shows otherwise. */
const LEAST_CONTRAST = 55;

/** A room by chance whose wall differs from these colours, in light and in shade. */
export function sampleRoom(chance: Random, worn: readonly Colour[], things = false): Room {
  const differs = (wall: Colour) =>
    worn.every((colour) =>
      [1, 0.62].every(
        (shade) => Math.hypot(...colour.map((channel, i) => channel * shade - wall[i]!)) > LEAST_CONTRAST,
      ),
    );
  const walls = WALLS.filter(differs);
  const dark = { lightLeft: chance.between(0.88, 1.04), lightRight: chance.between(0.88, 1.04) };
  return { wall: chance.pick(walls.length > 0 ? walls : WALLS), floor: chance.pick(FLOORS), ...dark, things };
}

const css = (colour: Colour, light = 1) =>
  `rgb(${colour.map((channel) => Math.min(255, Math.round(channel * light))).join(' ')})`;

/** The empty room as the camera sees it: RGB, one byte a channel. `standing` false leaves out the shadow at the feet. */
export async function roomPixels(room: Room, camera: Camera, standing = true): Promise<Buffer> {
  const { width, height, centreX, floorY, pxPerCm, roll } = camera;
  const edge = floorY - 14 * pxPerCm;
  const far = 3 * height;
  const shadow = `<ellipse cx="${centreX}" cy="${floorY - 1.5 * pxPerCm}" rx="${30 * pxPerCm}" ry="${4 * pxPerCm}" fill="url(#shadow)"/>`;
  const cm = (x: number, y: number, w: number, h: number, fill: string) =>
    `<rect x="${centreX + x * pxPerCm}" y="${floorY - y * pxPerCm}" width="${w * pxPerCm}" height="${h * pxPerCm}" fill="${fill}"/>`;
  const things = room.things
    ? cm(-130, 150, 38, 50, css(room.wall, 0.7)) +
      cm(-126, 146, 30, 42, css(room.wall, 0.9)) +
      cm(82, 205, 60, 191, css(room.wall, 0.88)) +
      cm(-125, 40, 28, 36, css(room.floor, 0.7))
    : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <defs>
    <linearGradient id="wall"><stop offset=".3" stop-color="${css(room.wall, room.lightLeft)}"/><stop offset=".7" stop-color="${css(room.wall, room.lightRight)}"/></linearGradient>
    <linearGradient id="floor" x2="0" y2="1"><stop stop-color="${css(room.floor, 0.92)}"/><stop offset=".3" stop-color="${css(room.floor, 1.06)}"/></linearGradient>
    <radialGradient id="shadow"><stop stop-color="#000" stop-opacity=".45"/><stop offset=".5" stop-color="#000" stop-opacity=".3"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient>
  </defs>
  <g transform="rotate(${(roll * 180) / Math.PI} ${width / 2} ${height / 2})">
    <rect x="${-far}" y="${-far}" width="${2 * far + width}" height="${far + edge}" fill="url(#wall)"/>
    <rect x="${-far}" y="${edge - 7 * pxPerCm}" width="${2 * far + width}" height="${7 * pxPerCm}" fill="${css(room.wall, 1.08)}"/>
    <rect x="${-far}" y="${edge}" width="${2 * far + width}" height="${far}" fill="url(#floor)"/>
    ${things}${standing ? shadow : ''}
  </g></svg>`;
  return sharp(Buffer.from(svg)).flatten().removeAlpha().raw().toBuffer();
}
