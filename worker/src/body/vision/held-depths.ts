/** Depths beside which an arm hangs: from the side it stands before the trunk, and nothing shows where the trunk ends behind it. */

import type { Band } from './outline.ts';

/**
 * Between these levels (shares of the body's height) forearms and elbows fill the hollow of a back or hide a belly; above, chests are measured, below,
 * hands are known otherwise (outline.ts). At the navels of 749 bodies of anny 0.6.2 (seeds 12000–12099, 13000–13099, 14000–14099, 15000–15099,
 * 16000–16099 and 20000–20274, less those that are refused or hide it) a profile shows the depth too great by 0.023 ± 0.023 where the middle of its arm
 * is further from both edges than ARM_NEAR in silhouette.ts, and by 0.043 ± 0.057 where it is nearer. Where it is nearer in both (131 navels),
 * the smaller depth is too great by 0.028 ± 0.040, the mean by 0.049 ± 0.042.
 */
const HELD = { from: 0.53, to: 0.72 } as const;

/**
 * What counts of the depths of a pair of profiles: the one that is free of arms alone, since the other errs more than twice as much; where arms lie
 * near the edges of both, the smaller, since arms only add, and it is as uncertain as half of their difference.
 */
export function freeOfArms(bands: readonly Band[], level: number): readonly Band[] {
  const [one, other] = bands;
  if (!one || !other || level < HELD.from || level >= HELD.to) return bands;
  if (!one.arm && !other.arm) return bands;
  if (!one.arm || !other.arm) return [one.arm ? other : one];
  const [smaller, greater] = one.extent < other.extent ? [one, other] : [other, one];
  const counted = { ...smaller, sd: Math.hypot(smaller.sd, (greater.extent - smaller.extent) / 2) };
  // Two photos show it: one alone would be less certain.
  return [counted, counted];
}
