/** How many pixels a body is tall in each photo: by its outline, less hair, and less what nearness adds to the feet. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { Silhouette } from './silhouette.ts';

/** The scale of one photo. */
export interface Scale {
  /** Sole to crown, without hair, at the body's middle (px). */
  readonly bodyPx: number;
  /** Row of the soles below the body's middle (px). */
  readonly soles: number;
}

export interface Scales {
  readonly scales: Readonly<Record<Angle, Scale>>;
  /** 0 seen from afar; 1 as a phone at chest height sees from about two metres. */
  readonly nearness: number;
}

/** The outline's height over the body's, seen from afar: hair, and how far feet are seen (mean of 30 mannequins). */
const FROM_AFAR: Record<Angle, number> = { front: 1.0047, back: 1.0023, left: 1.0062, right: 1.0062 };

/**
 * What nearness 1 adds to it. A camera above the floor sees the nearest part of the feet lower than the body's middle
 * stands: toes from the front, the near foot's edge from the side, heels from behind.
 */
const NEARNESS_ADDS: Record<Angle, number> = { front: 0.059, back: 0.025, left: 0.037, right: 0.037 };

/** From the ankles to the lowest point of the feet, of the outline's height: from afar, and what nearness 1 adds. */
const FOOT = { fromAfar: 0.0472, nearnessAdds: 0.0409 } as const;

/** More is not a camera too near but a misplaced keypoint. */
const NEAREST = 2;

/**
 * How far the two signs of nearness err (one standard deviation, of nearness 1). Feet are longer or shorter, and their keypoints lie
 * differently, than those of the mannequins; widths of front and back differ by the body's turn.
 */
const SIGN_SD = { foot: 0.5, widths: 0.3 } as const;

/** Levels (share of the body's height) at which the widths of front and back are compared. */
const COMPARED = { from: 0.47, to: 0.78, step: 0.01 } as const;

/** Fewer levels at which both are seen say nothing. */
const FEWEST_LEVELS = 6;

/**
 * Scales of four photos taken from about the same place. Two signs tell how near that is: how far below the ankles the toes are seen in the
 * front photo; and that the trunk must come out as wide from behind as from the front, where heels add less than toes.
 */
export function scalesOf(silhouettes: Readonly<Record<Angle, Silhouette>>): Scales {
  const { soles, crown, ankles } = silhouettes.front;
  const foot = ((soles - ankles) / (soles - crown) - FOOT.fromAfar) / FOOT.nearnessAdds;
  const widths = nearnessByWidths(silhouettes.front, silhouettes.back);
  const weight = widths === null ? 1 : SIGN_SD.widths ** 2 / (SIGN_SD.foot ** 2 + SIGN_SD.widths ** 2);
  const nearness = within(weight * within(foot) + (1 - weight) * (widths ?? 0));
  const scales = Object.fromEntries(
    ANGLES.map((angle) => {
      const outline = silhouettes[angle];
      const added = NEARNESS_ADDS[angle] * nearness;
      const bodyPx = (outline.soles - outline.crown) / (FROM_AFAR[angle] + added);
      return [angle, { bodyPx, soles: outline.soles - added * bodyPx }];
    }),
  );
  return { scales: evenedSides(scales as Record<Angle, Scale>, silhouettes), nearness };
}

/** From here on (share) one profile's depths are too much greater than the other's to be the body's: its outline is too short. */
const UNEVEN = 1.015;

/**
 * Both profiles show one body. One that comes out deeper all over has lost its feet to a shadow or its crown to the wall, and is
 * as tall as makes the two agree.
 */
function evenedSides(
  scales: Readonly<Record<Angle, Scale>>,
  { left, right }: Readonly<Record<Angle, Silhouette>>,
): Scales['scales'] {
  const ratio = medianRatio(left, right, scales.left, scales.right);
  if (ratio === null) return scales;
  const taller = ({ bodyPx, soles }: Scale, by: number): Scale =>
    by > UNEVEN ? { bodyPx: bodyPx * by, soles: soles + (by - 1) * bodyPx } : { bodyPx, soles };
  return { ...scales, left: taller(scales.left, 1 / ratio), right: taller(scales.right, ratio) };
}

const within = (nearness: number) => Math.max(0, Math.min(NEAREST, nearness));

/** By the trunk's widths from behind and from the front, in heights of the outlines; null when too little of both is seen. */
function nearnessByWidths(front: Silhouette, back: Silhouette): number | null {
  const outline = ({ soles, crown }: Silhouette): Scale => ({ bodyPx: soles - crown, soles });
  const ratio = medianRatio(front, back, outline(front), outline(back));
  if (ratio === null) return null;
  const afar = FROM_AFAR.back / FROM_AFAR.front;
  return within((ratio / afar - 1) / (NEARNESS_ADDS.front - NEARNESS_ADDS.back));
}

/** Median over the trunk of the extents (shares of the body's height) of one outline over those of another; null when too little of both is seen. */
function medianRatio(
  under: Silhouette,
  over: Silhouette,
  underScale: Scale,
  overScale: Scale,
): number | null {
  const ratios: number[] = [];
  for (let level = COMPARED.from; level <= COMPARED.to; level += COMPARED.step) {
    const [a, b] = [extentAt(under, underScale, level), extentAt(over, overScale, level)];
    if (a !== null && b !== null) ratios.push(b / a);
  }
  if (ratios.length < FEWEST_LEVELS) return null;
  return ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
}

/** Below it no edge is there (0–255). */
const CLEAR = 9;

function extentAt({ rows, firstRow }: Silhouette, { soles, bodyPx }: Scale, level: number): number | null {
  const row = rows[Math.round(soles - level * bodyPx) - firstRow];
  return row && row.free && row.contrast >= CLEAR && row.right > row.left
    ? (row.right - row.left) / bodyPx
    : null;
}
