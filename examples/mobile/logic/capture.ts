/** Four photos, one after another. */

import { typedNumber, type Weight } from '@reddyfit/client';

export const ANGLES = ['front', 'back', 'left', 'right'] as const;
export type Angle = (typeof ANGLES)[number];

/** Photos by angle, as the camera's files. */
export type Shots = Readonly<Partial<Record<Angle, string>>>;

/** The angle to photograph next; null when all photos are taken. */
export const nextAngle = (shots: Shots): Angle | null =>
  ANGLES.find((angle) => shots[angle] === undefined) ?? null;

/**
 * A typed weight, with a decimal comma or point, in the digits of the phone's keypad; null for text that is no number above 0. The client checks whether the
 * weight is possible.
 */
export function weightOf(text: string, unit: 'kg' | 'lb'): Weight | null {
  const value = Number(typedNumber(text, '.'));
  if (!(value > 0)) return null;
  return unit === 'kg' ? { kg: value } : { lb: value };
}
