/** Four photos, one after another. */

import type { Weight } from '@reddyfit/client';

export const ANGLES = ['front', 'back', 'left', 'right'] as const;
export type Angle = (typeof ANGLES)[number];

/** Photos by angle, as the camera's files. */
export type Shots = Readonly<Partial<Record<Angle, string>>>;

/** The angle to photograph next; null when all photos are taken. */
export const nextAngle = (shots: Shots): Angle | null =>
  ANGLES.find((angle) => shots[angle] === undefined) ?? null;

/** The zeros of Arabic, Persian and Devanagari digits, which keypads of these languages type; the other nine follow each. */
const ZEROS = [0x0660, 0x06f0, 0x0966];

const inAscii = (digit: string) => {
  const code = digit.charCodeAt(0);
  return String(code - ZEROS.find((zero) => code >= zero && code <= zero + 9)!);
};

/**
 * A typed weight, with a decimal comma or point, in the digits of the phone's keypad; null for text that is no number. The client checks whether the weight is
 * possible.
 */
export function weightOf(text: string, unit: 'kg' | 'lb'): Weight | null {
  const digits = text.replace(/[٠-٩۰-۹०-९]/g, inAscii);
  const typed = /^\s*([0-9]+(?:[.,٫][0-9]+)?)\s*$/.exec(digits)?.[1];
  if (typed === undefined) return null;
  const value = Number(typed.replace(/[,٫]/, '.'));
  return unit === 'kg' ? { kg: value } : { lb: value };
}
