/** Where the back is most hollow: a landmark of the spine, which carries the navel with it. */

import type { Outline } from './outline.ts';

/**
 * `from` to `to`, every `every`: the levels (shares of the body's height) at which the back is looked at. A hollow is seen where at least `seen` of
 * them show the back in a profile, and where the back stands out by more than `closed` (share of the body's height) both above and below its deepest
 * place: a back that leans, or goes straight down to the seat, has none. `even`: over how many levels the back is averaged, since an outline is rough.
 */
const LOOKED = { from: 0.55, to: 0.72, every: 0.002, seen: 0.5, closed: 0.002, even: 7 } as const;

/**
 * A hollow is flat at its bottom: its level is the mean of those levels at which the back stands out by less than this (share of the body's height) from
 * its deepest place, each by how much less. By the line that is best for each, the deepest place alone leaves 0.0080 of the height of where the
 * navels of 521 bodies lie (see HOLLOW in girths.ts), this 0.0079; from 0.002 to 0.008 it makes no difference.
 */
const BOTTOM = 0.004;

/** The level (share of the body's height) of the hollow of the back, mean of the profiles that show one; null where none does. */
export function hollowLevel(profiles: Readonly<Record<'left' | 'right', Outline>>): number | null {
  const shown = (['left', 'right'] as const).flatMap((angle) => hollowIn(profiles[angle], angle) ?? []);
  return shown.length === 0 ? null : shown.reduce((sum, each) => sum + each, 0) / shown.length;
}

function hollowIn(profile: Outline, angle: 'left' | 'right'): number | null {
  // Levels beyond both ends are looked at, too, so that the ends are averaged like the rest.
  const beyond = Math.floor(LOOKED.even / 2);
  const steps = Math.round((LOOKED.to - LOOKED.from) / LOOKED.every) + 2 * beyond;
  const levels = Array.from({ length: steps + 1 }, (_, i) => LOOKED.from + (i - beyond) * LOOKED.every);
  // Somebody whose left side is shown looks to the left, and the back is on the right.
  const back = levels.map((level) => {
    const sides = profile.sides(level);
    return sides && (angle === 'left' ? sides.right : -sides.left);
  });
  const known = back.flatMap((out, at) => (out === null ? [] : [{ at, out }]));
  if (known.length < LOOKED.seen * levels.length) return null;
  const filled = back.map((out, at) => out ?? between(known, at));
  const even = levels.slice(beyond, -beyond).map((level, i) => {
    const near = filled.slice(i, i + LOOKED.even);
    return { level, out: near.reduce((sum, each) => sum + each, 0) / near.length };
  });
  const outs = even.map(({ out }) => out);
  const deepest = Math.min(...outs);
  const at = outs.indexOf(deepest);
  const closes = (part: readonly number[]) => Math.max(...part) - deepest > LOOKED.closed;
  if (!closes(outs.slice(0, at + 1)) || !closes(outs.slice(at))) return null;
  let [sum, weights] = [0, 0];
  for (const { level, out } of even) {
    const weight = Math.max(0, deepest + BOTTOM - out);
    sum += weight * level;
    weights += weight;
  }
  return sum / weights;
}

/** The back at a level at which it is not seen: on the straight line between the nearest that are, or like the nearest at an end. */
function between(known: readonly { readonly at: number; readonly out: number }[], at: number): number {
  const below = known.findLast((each) => each.at < at);
  const above = known.find((each) => each.at > at);
  if (!below || !above) return (below ?? above)!.out;
  return below.out + ((above.out - below.out) * (at - below.at)) / (above.at - below.at);
}
