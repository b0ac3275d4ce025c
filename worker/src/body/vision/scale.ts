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

/** Scales of four photos taken from about the same place. The front photo, where toes point at the camera, tells how near. */
export function scalesOf(silhouettes: Readonly<Record<Angle, Silhouette>>): Scales {
  const { soles, crown, ankles } = silhouettes.front;
  const foot = (soles - ankles) / (soles - crown);
  const nearness = Math.max(0, Math.min(NEAREST, (foot - FOOT.fromAfar) / FOOT.nearnessAdds));
  const scales = Object.fromEntries(
    ANGLES.map((angle) => {
      const outline = silhouettes[angle];
      const added = NEARNESS_ADDS[angle] * nearness;
      const bodyPx = (outline.soles - outline.crown) / (FROM_AFAR[angle] + added);
      return [angle, { bodyPx, soles: outline.soles - added * bodyPx }];
    }),
  );
  return { scales: scales as Scales['scales'], nearness };
}
