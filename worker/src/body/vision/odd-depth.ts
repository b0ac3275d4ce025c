/**
 * Doubts depths of a trunk that no body has beside its width: a plant, a chair or a pattern of the wall was taken for body in both
 * profiles, where there is no other photo to tell.
 */

/** A width or a depth (share of the body's height) and its standard uncertainty. */
interface Extent {
  readonly value: number;
  readonly sd: number;
}

/**
 * The `usual` depth over the width at the same level, and the greatest that counts, above a seat and at it. Among 2,041 men and 993 women
 * (ANSUR II) waists have 0.72 and 0.70, one of a thousand 0.92, none more than 0.972; seats 0.71 and 0.66, none more than 0.895. Photos of
 * 990 bodies of anny 0.6.2 (seeds 12000–18099 and 20000–20299) show 0.75 at waists, 0.72 at navels and 0.64 at seats, none more than 1.06,
 * 1.04 and 0.90. Beside plants that were drawn at both profiles it is 1.2 to 1.6. What is between is left to bellies deeper than these.
 */
const DEPTH = {
  above: { usual: 0.74, most: 1.12 },
  seat: { usual: 0.68, most: 1 },
} as const;

/** Below this level (share of the body's height) a seat is measured. */
const SEAT = 0.56;

/**
 * The depth that counts beside this width. One that is more than the greatest is not known: it is between the usual one and that, and both
 * are within one standard deviation.
 */
export function depthBeside(across: Extent, depth: Extent, level: number): Extent {
  const { usual, most } = level < SEAT ? DEPTH.seat : DEPTH.above;
  if (depth.value <= most * across.value) return depth;
  return {
    value: ((usual + most) / 2) * across.value,
    sd: Math.hypot(depth.sd, ((most - usual) / 2) * across.value),
  };
}
