/** One photo as SVG: wall, shadow at the feet, shaded body, clothes, head. */

import { frontBody } from './body-front.ts';
import { sideBody } from './body-side.ts';
import { BACKGROUND, CENTRE_X, FLOOR_Y, type Figure, PHOTO, PX_PER_CM } from './figure.ts';
import { clothesFront, clothesSide } from './clothes.ts';
import type { Head } from './head.ts';
import { headBack, headFront } from './head-front.ts';
import { headSide } from './head-side.ts';
import { digits, musclesBack, musclesFront, musclesSide } from './muscles.ts';

/** Darkens towards the contour, as a round body does in soft light from the front. */
const FILTERS = `
  <filter id="round" x="-2%" y="-2%" width="104%" height="104%" color-interpolation-filters="sRGB">
    <feGaussianBlur in="SourceAlpha" stdDeviation="3.1" result="wide"/>
    <feOffset in="wide" dx="-0.9" dy="0.9" result="lit"/>
    <feComposite in="SourceAlpha" in2="lit" operator="out" result="shade"/>
    <feColorMatrix in="shade" values="0 0 0 0 0.20  0 0 0 0 0.09  0 0 0 0 0.06  0 0 0 0.85 0" result="tinted"/>
    <feGaussianBlur in="SourceAlpha" stdDeviation="0.32" result="narrow"/>
    <feComposite in="SourceAlpha" in2="narrow" operator="out" result="rim"/>
    <feColorMatrix in="rim" values="0 0 0 0 0.16  0 0 0 0 0.07  0 0 0 0 0.05  0 0 0 0.95 0" result="line"/>
    <feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="tinted"/><feMergeNode in="line"/></feMerge>
  </filter>
  <filter id="soft" x="-5%" y="-5%" width="110%" height="110%" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="0.7"/></filter>
  <filter id="softer" x="-15%" y="-25%" width="130%" height="150%" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="1.5"/></filter>`;

const STYLE = `
  .feature { fill: none; stroke: #5a3223; stroke-opacity: .62; stroke-width: .22; stroke-linecap: round; stroke-linejoin: round }
  .lid { fill: none; stroke: #2d1c15; stroke-opacity: .85; stroke-width: .28; stroke-linecap: round }
  .brow { fill: none; stroke: #33231b; stroke-opacity: .8; stroke-width: .52; stroke-linecap: round }
  .lips { fill: #9c4a40; fill-opacity: .55 }
  .ear { fill: #000; fill-opacity: .08; stroke: #5a3223; stroke-opacity: .5; stroke-width: .2 }
  .line { fill: none; stroke: #3d1a0e; stroke-opacity: .3; stroke-width: .9; stroke-linecap: round; filter: url(#soft) }
  .hollow { fill: #3d1a0e; fill-opacity: .3; filter: url(#softer) }
  .glow { fill: #fff2e4; fill-opacity: .13; filter: url(#softer) }
  .seam { fill: none; stroke: #000; stroke-opacity: .3; stroke-width: .28; stroke-linecap: round }
  .knot { stroke: #000; stroke-opacity: .35; stroke-width: .3 }`;

function photo(content: string, { shadowHalfCm }: { shadowHalfCm: number }): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PHOTO.width}" height="${PHOTO.height}">
  <defs>${FILTERS}</defs><style>${STYLE}</style>
  <rect width="100%" height="100%" fill="${BACKGROUND}"/>
  <g transform="translate(${CENTRE_X} ${FLOOR_Y}) scale(${PX_PER_CM})">
    <ellipse cx="0" cy="0.2" rx="${shadowHalfCm}" ry="1.9" fill="#2c3238" fill-opacity=".42" filter="url(#softer)"/>
    ${content}
  </g></svg>`;
}

interface Layers {
  readonly head: Head;
  /** From behind, the neck covers the chin. */
  readonly neckOverHead?: boolean;
  readonly silhouette: string;
  readonly muscles: string;
  readonly clothes: string;
}

function standing(
  figure: Figure,
  { head, neckOverHead = false, silhouette, muscles, clothes }: Layers,
): string {
  const skull = `<g filter="url(#round)"><path d="${head.skull}" fill="${figure.skin}"/></g>`;
  const body = `
    <clipPath id="body"><path d="${silhouette}"/></clipPath>
    <g filter="url(#round)">
      <path d="${silhouette}" fill="${figure.skin}"/>
      <g clip-path="url(#body)">${muscles}${clothes}</g>
    </g>`;
  return (neckOverHead ? skull + body : body + skull) + head.features;
}

export function frontSvg(figure: Figure): string {
  const body = frontBody(figure);
  const layers = {
    head: headFront(figure),
    silhouette: body.silhouette,
    muscles: musclesFront(figure, body) + digits(figure, body, 'front'),
    clothes: clothesFront(figure, 'front'),
  };
  return photo(standing(figure, layers), { shadowHalfCm: figure.hip.widthCm * 0.72 });
}

export function backSvg(figure: Figure): string {
  const body = frontBody(figure);
  const layers = {
    head: headBack(figure),
    neckOverHead: true,
    silhouette: body.silhouette,
    muscles: musclesBack(figure, body) + digits(figure, body, 'back'),
    clothes: clothesFront(figure, 'back'),
  };
  return photo(standing(figure, layers), { shadowHalfCm: figure.hip.widthCm * 0.72 });
}

/** The right side of the body, facing the picture's right. */
export function rightSvg(figure: Figure): string {
  const body = sideBody(figure);
  const layers = {
    head: headSide(figure, body.headX + 0.013 * figure.heightCm),
    silhouette: body.silhouette,
    muscles: musclesSide(figure, body),
    clothes: clothesSide(figure, body),
  };
  return photo(standing(figure, layers) + armInFront(figure, body.arm), {
    shadowHalfCm: 0.115 * figure.heightCm,
  });
}

/** The arm over the torso; its shoulder fades into the skin below, unless a top lies between. */
function armInFront(figure: Figure, arm: string): string {
  const h = figure.heightCm;
  const whole = figure.top === null ? 0.755 : 0.8;
  return `
    <linearGradient id="fade" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="${-0.818 * h}" y2="${-whole * h}">
      <stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/>
    </linearGradient>
    <mask id="blend" maskUnits="userSpaceOnUse" x="-60" y="${-h}" width="120" height="${h}">
      <rect x="-60" y="${-h}" width="120" height="${h}" fill="url(#fade)"/>
    </mask>
    <g mask="url(#blend)">
      <path d="${arm}" transform="translate(-0.8 0.8)" fill="#3a1c10" fill-opacity=".28" filter="url(#soft)"/>
      <g filter="url(#round)"><path d="${arm}" fill="${figure.skin}"/></g>
    </g>`;
}
