/** What is measured of a body from silhouettes, keypoints and a known height. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import type { Elevations } from './known-camera.ts';
import type { Silhouette } from './silhouette.ts';

/** The girths that are measured, from top to bottom: `waist` is the narrowest, `hip` the widest. */
export const GIRTHS = ['neck', 'chest', 'waist', 'navel', 'hip'] as const;
export type GirthName = (typeof GIRTHS)[number];

/**
 * Girths that are reported where they can be seen. No body fat is computed from them. `shoulder` is measured over the
 * arms, where the deltoids stand out.
 */
export const LIMBS = ['shoulder', 'upperArm', 'thigh', 'calf'] as const;
export type LimbName = (typeof LIMBS)[number];

/** A circumference (cm) and its standard uncertainty (cm, one standard deviation). */
export interface Girth {
  readonly cm: number;
  readonly sdCm: number;
}

/** A volume (L) and its standard uncertainty (L, one standard deviation). */
export interface Volume {
  readonly litres: number;
  readonly sdLitres: number;
}

/** Further measurements of a body, as far as they can be seen. */
export interface Extra {
  readonly limbs?: Readonly<Partial<Record<LimbName, Girth>>>;
  readonly volume?: Volume;
}

/** Girths of one person, from four photos. */
export type BodyMeasurement = Readonly<Record<GirthName, Girth>> & Extra;

/** Measures a body by its outlines. */
export interface BodyMeasurer {
  /**
   * Girths of a person of this height (cm). `elevations` says how far above the horizon the camera looked (degrees), where that is
   * known. Throws when these outlines do not allow a measurement.
   */
  measure(
    silhouettes: Readonly<Record<Angle, Silhouette>>,
    heightCm: number,
    elevations?: Elevations,
  ): BodyMeasurement;
}
