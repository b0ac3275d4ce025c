/** Measures a body from its four photos. */

import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { BodyMeasurement } from './body-measurement.ts';
import { measureGirths } from './girths.ts';
import type { Vision } from './pool.ts';
import type { Silhouette } from './silhouette.ts';

export type MeasureBody = (
  photos: Readonly<Record<Angle, Uint8Array>>,
  heightCm: number,
  signal?: AbortSignal,
) => Promise<BodyMeasurement>;

/**
 * Girths (cm) of the person in four photos that have passed the gate, who is `heightCm` tall. The looks run in threads. Throws a
 * plain Error when a photo cannot be decoded, shows nobody, or the outline cannot be followed; the signal's reason when aborted.
 */
export function createMeasureBody(vision: Vision): MeasureBody {
  return async (photos, heightCm, signal) => {
    const silhouettes = await Promise.all(
      ANGLES.map(async (angle) => {
        const sighting = await vision.look({ photo: photos[angle], angle, outline: true }, 'ruler', signal);
        if (!sighting.silhouette) throw new Error(`the ${angle} photo shows nobody to measure`);
        return [angle, sighting.silhouette] as const;
      }),
    );
    return measureGirths(Object.fromEntries(silhouettes) as Record<Angle, Silhouette>, heightCm);
  };
}
