/** What silhouettes, keypoints and a known height say of a body. */

/** The girths that are measured, from top to bottom: `waist` is the narrowest, `hip` the widest. */
export const GIRTHS = ['neck', 'chest', 'waist', 'navel', 'hip'] as const;
export type GirthName = (typeof GIRTHS)[number];

/** A circumference (cm) and its standard uncertainty (cm, one standard deviation). */
export interface Girth {
  readonly cm: number;
  readonly sdCm: number;
}

/** Girths of one person, from four photos. */
export type BodyMeasurement = Readonly<Record<GirthName, Girth>>;
