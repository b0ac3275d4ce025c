/** Whether a photo has enough pixels. */

import type { Angle } from '../names/angles.ts';
import { photoFault, type PhotoFault } from './photo-fault.ts';

/** Long edge of the copy that is examined (px). In a 3:4 portrait it gives about 8 px per centimetre of the body. */
export const LONG_EDGE_PX = 1600;

/** Least size (px), in portrait or landscape format. In a smaller photo a waist has too few pixels to be judged. */
const MIN_SIZE = { short: 600, long: 800 } as const;

/** The fault of a photo of this size (px) that is too small, or null. */
export function sizeFault(
  angle: Angle,
  { width, height }: { width: number; height: number },
): PhotoFault | null {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short >= MIN_SIZE.short && long >= MIN_SIZE.long) return null;
  return photoFault(
    'too_small',
    { angle, width, height, minShort: MIN_SIZE.short, minLong: MIN_SIZE.long },
    short < MIN_SIZE.short ? { value: short, limit: MIN_SIZE.short } : { value: long, limit: MIN_SIZE.long },
  );
}
