/**
 * Looks for the navel in a photo's pixels: a small dent near the middle of a bare belly. It does not decide: it says of each row how
 * much rather it looks like the row of a navel than like plain skin.
 */

import { distance, forearmColours, headColours } from '@reddyfit/shared/gate/face';
import type { Person } from '@reddyfit/shared/gate/person';
import type { PicturePixels } from '@reddyfit/shared/gate/picture';
import {
  ASIDE,
  bareCells,
  CELL,
  coloursOf,
  COLUMNS,
  emptyGrid,
  type Grid,
  median,
  ROWS,
  UP,
} from './belly-cells.ts';
import { levelByJoints } from './navel-level.ts';
import type { NavelSigns, Silhouette } from './silhouette.ts';

/**
 * Where a navel may be: `aside` and `up` cells from the belly's middle and from where joints say. The navels of 298 bodies of anny 0.6.2
 * (seeds 12000–12099, 13000–13099 and 14000–14099, less two that are refused) lie within 11 and 15 of there, ± 2.7 and ± 4.5. `asideSd`:
 * the standard deviation aside, since bodies are turned by up to 8°. `plain`: columns to each side by which plain skin is judged.
 */
const WITHIN = { aside: 9, up: 17, asideSd: 3, plain: 16 } as const;

/**
 * In a dent light varies, and is darker above than below, since light comes from above. Standard deviations (cells): `shading`, of what
 * is taken for the belly's own shade; `noise` and `spread`, of what is averaged before light is squared and after; `lip`, of the light
 * that is compared `apart` cells above and below. The best of a few on the fronts of these bodies.
 */
const DENT = { shading: 4, noise: 0.7, spread: 2.2, lip: 1.2, apart: 2 } as const;

/** What is added to the light of plain skin, so that drawn skin without noise is no measure (squared, and as it is; 0–255). Assumed. */
const LEAST = { variance: 0.05, lip: 0.05 } as const;

/**
 * A waistband's edge or a fold varies along its whole row, a navel in a part of it. What plain skin varies by is in no row less than this share of that
 * row's middle value. In ten bodies of another renderer, whose waistbands are frayed and blurred, one navel's girth comes out 5.2 % large without this.
 */
const ALONG = 0.7;

/**
 * What a cell says of a navel, in logarithms of likelihood: `varies` for each unit of the logarithm of its variance over that of plain
 * skin, `clearly` for each unit above `clear` besides, `lip` for each deviation of plain skin by which it is darker above than below, up
 * to `mostLip`. `covered` is what a cell says that is not bare: a navel that is not seen where skin is bare rather lies under cloth.
 * Fitted by conditional likelihood on these bodies, 57 of whose navels are covered; their halves alone come to 2.6 and 1.9, 2.0 and 2.5,
 * 0.77 and 0.82, 3.4 and 2.1. `most`: what a row may say; assumed, from 5 to 15 it makes no difference on these bodies.
 */
const SAYS = { varies: 2.3, clear: 1.5, clearly: 2.3, lip: 0.8, mostLip: 4, covered: 2.7, most: 5 } as const;

/**
 * What the rows of a bare belly say of the navel, in a photo that is turned upright; undefined where it is covered or cannot be looked at.
 */
export function navelSigns(
  picture: PicturePixels,
  person: Person,
  silhouette: Silhouette,
): NavelSigns | undefined {
  const expected = levelByJoints(silhouette);
  if (expected === null) return undefined;
  const step = CELL * expected.bodyPx;
  const colours = coloursOf(picture, silhouette, expected.row, step);
  const bare = colours && bareCells(colours, skinOf(picture, person));
  if (!colours || !bare) return undefined;
  const [red, green, blue] = colours as [Grid, Grid, Grid];
  const light = red.map((each, at) => 0.3 * each + 0.59 * green[at]! + 0.11 * blue[at]!);
  return { firstRow: expected.row - WITHIN.up * step, step, signs: signsOf(light, bare) };
}

/**
 * The colours of the forearms that are like that of the head's middle: a sleeve is not, nor is anything like the back of a head. The fronts of all 298
 * bodies have such forearms; the limit is assumed.
 */
function skinOf(picture: PicturePixels, person: Person): readonly (readonly number[])[] {
  const head = headColours(picture, person).colour;
  return forearmColours(picture, person).filter(
    (forearm) => distance(forearm, head) < LIKE_HEAD && distance(forearm, greyOf(forearm)) > LEAST_HUE,
  );
}

/** Distance (see face.ts) up to which a forearm may have the colour of the same person's face: 1 is as much as a shadow may make. */
const LIKE_HEAD = 1;

/** Distance from a grey of the same light up to which skin has no colour: a photo without colours tells no skin from cloth. Assumed. */
const LEAST_HUE = 0.1;

const greyOf = (colour: readonly number[]) => colour.map(() => (colour[0]! + colour[1]! + colour[2]!) / 3);

/** For each row within `WITHIN.up`, the logarithm of the mean likelihood over the columns where a navel may be. */
function signsOf(light: Grid, bare: Grid): number[] {
  const residual = withoutShading(light, bare);
  const isPlain = bare.map((each, at) => (Math.abs((at % COLUMNS) - ASIDE) <= WITHIN.plain ? each : 0));
  const plain = (of: Grid) => median(of.filter((_, at) => isPlain[at] === 1));
  const smooth = blurred(residual, DENT.noise);
  const seen = blurred(bare, DENT.spread);
  const squares = blurred(
    smooth.map((each) => each * each),
    DENT.spread,
  );
  const variance = squares.map((each, at) => each / Math.max(seen[at]!, 0.5));
  const variesHere = plain(variance);
  const variesInRow = Array.from({ length: ROWS }, (_, row) => {
    const inRow = variance.subarray(row * COLUMNS, (row + 1) * COLUMNS);
    const inPlain = inRow.filter((_each, column) => isPlain[row * COLUMNS + column] === 1);
    const most = inPlain.length === 0 ? variesHere : Math.max(variesHere, ALONG * median(inPlain));
    return most + LEAST.variance;
  });
  const lips = blurred(residual, DENT.lip);
  // The median of a normal distribution's absolute values, times 1.4826, is its standard deviation.
  const lip = 1.4826 * plain(lips.map(Math.abs)) + LEAST.lip;
  const says = (at: number) => {
    if (bare[at] === 0) return SAYS.covered;
    const clear = Math.log((variance[at]! + LEAST.variance) / variesInRow[Math.floor(at / COLUMNS)]!);
    const darkAbove = (lips[at + DENT.apart * COLUMNS]! - lips[at - DENT.apart * COLUMNS]!) / 2 / lip;
    return (
      SAYS.varies * clear +
      SAYS.clearly * Math.max(0, clear - SAYS.clear) +
      SAYS.lip * Math.max(-SAYS.mostLip, Math.min(SAYS.mostLip, darkAbove))
    );
  };
  const rows = Array.from({ length: 2 * WITHIN.up + 1 }, (_, i) => UP - WITHIN.up + i);
  const signs = rows.map((row) => {
    let [sum, weights] = [0, 0];
    for (let aside = -WITHIN.aside; aside <= WITHIN.aside; aside++) {
      const weight = Math.exp(-0.5 * (aside / WITHIN.asideSd) ** 2);
      weights += weight;
      sum += weight * Math.exp(says(row * COLUMNS + ASIDE + aside));
    }
    return Math.log(sum / weights);
  });
  // A very dark dent is no surer than a dark one, since it may be something else, but its place is clearer.
  const tooSure = Math.max(0, Math.max(...signs) - SAYS.most);
  return signs.map((sign) => Math.max(Math.min(sign, 0), sign - tooSure));
}

/** The light of bare cells less the belly's own shading: a polynomial of the third degree, and what is even over a wider part than a navel. */
function withoutShading(light: Grid, bare: Grid): Grid {
  const weights = leastSquares(POLYNOMIAL, light, bare);
  const rest = light.map((each, at) => {
    if (bare[at] === 0) return 0;
    let shade = 0;
    for (const [k, term] of POLYNOMIAL.entries()) shade += weights[k]! * term[at]!;
    return each - shade;
  });
  const [even, seen] = [blurred(rest, DENT.shading), blurred(bare, DENT.shading)];
  return rest.map((each, at) => (bare[at] === 0 ? 0 : each - even[at]! / Math.max(seen[at]!, 0.05)));
}

/** The ten terms of a polynomial of the third degree, in columns and rows from the middle (units of 20 cells). */
const POLYNOMIAL: readonly Grid[] = [0, 1, 2, 3].flatMap((i) =>
  Array.from({ length: 4 - i }, (_, j) =>
    emptyGrid().map((_each, at) => {
      const [x, y] = [((at % COLUMNS) - ASIDE) / 20, (Math.floor(at / COLUMNS) - UP) / 20];
      return x ** i * y ** j;
    }),
  ),
);

/** The weights of the terms whose sum is nearest to `values` where `counts` is 1, by Gaussian elimination of the normal equations. */
function leastSquares(terms: readonly Grid[], values: Grid, counts: Grid): number[] {
  const dot = (a: Grid, b: Grid) => {
    let sum = 0;
    for (let at = 0; at < counts.length; at++) if (counts[at] === 1) sum += a[at]! * b[at]!;
    return sum;
  };
  // The little that is added keeps terms apart that are alike on few cells.
  const lines = terms.map((a, i) => [
    ...terms.map((b, k) => dot(a, b) + (i === k ? 1e-6 : 0)),
    dot(a, values),
  ]);
  for (const [i, pivot] of lines.entries())
    for (const [k, line] of lines.entries()) {
      if (k === i) continue;
      const times = line[i]! / pivot[i]!;
      for (let j = i; j < line.length; j++) line[j]! -= times * pivot[j]!;
    }
  return lines.map((line, i) => line.at(-1)! / line[i]!);
}

/** Averaged by weights of a normal distribution with this standard deviation (cells); there is nothing beyond the grid. */
function blurred(grid: Grid, sd: number): Grid {
  const reach = Math.ceil(4 * sd);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sd) ** 2));
  const sum = weights.reduce((a, b) => a + b, 0);
  const along = (of: Grid, places: number, apart: number, placeOf: (at: number) => number) =>
    of.map((_, at) => {
      const place = placeOf(at);
      let total = 0;
      for (let away = Math.max(-reach, -place); away <= Math.min(reach, places - 1 - place); away++)
        total += weights[away + reach]! * of[at + away * apart]!;
      return total / sum;
    });
  const down = along(grid, ROWS, COLUMNS, (at) => Math.floor(at / COLUMNS));
  return along(down, COLUMNS, 1, (at) => at % COLUMNS);
}
