/** Four photos, one after another. */

import type { Weight } from '@reddyfit/client';

export const ANGLES = ['front', 'back', 'left', 'right'] as const;
export type Angle = (typeof ANGLES)[number];

/** Photos by angle, as the camera's files. */
export type Shots = Readonly<Partial<Record<Angle, string>>>;

/** The angle to photograph next; null when all photos are taken. */
export const nextAngle = (shots: Shots): Angle | null =>
  ANGLES.find((angle) => shots[angle] === undefined) ?? null;

/**
 * A typed weight, with a decimal comma or point; null for text that is no number. The client checks whether the weight is
 * possible.
 */
export function weightOf(text: string, unit: 'kg' | 'lb'): Weight | null {
  const typed = /^\s*([0-9]+(?:[.,][0-9]+)?)\s*$/.exec(text)?.[1];
  if (typed === undefined) return null;
  const value = Number(typed.replace(',', '.'));
  return unit === 'kg' ? { kg: value } : { lb: value };
}
