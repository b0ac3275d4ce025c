/** The person in the drawn photos: body dimensions in cm, colours, and where each dimension can be measured. */

/** One cross-section of the body. */
export interface Girth {
  /** Side to side, as front and back show it (cm). */
  readonly widthCm: number;
  /** Front to back, as left and right show it (cm). */
  readonly depthCm: number;
}

/** Everything that the drawing depends on. */
export interface Figure {
  readonly sex: 'male' | 'female';
  /** Standing height, sole to crown (cm); 120 to 215 fits the picture. */
  readonly heightCm: number;
  readonly neck: Girth;
  /** Over the deltoids; the depth is that of the upper chest. */
  readonly shoulder: Girth;
  readonly chest: Girth;
  readonly waist: Girth;
  readonly hip: Girth;
  /** One thigh, calf, ankle, and so on. Arms are measured across the limb, legs along the picture's rows. */
  readonly thigh: Girth;
  readonly knee: Girth;
  readonly calf: Girth;
  readonly ankle: Girth;
  readonly upperArm: Girth;
  readonly forearm: Girth;
  readonly wrist: Girth;
  /** CSS colours. `top` is null for a bare torso. */
  readonly skin: string;
  readonly hair: string;
  readonly top: string | null;
  readonly shorts: string;
}

/** Size of a photo (px). */
export const PHOTO = { width: 1200, height: 1600 } as const;

/** Scale of every photo: pixels per centimetre. */
export const PX_PER_CM = 7;

/** Row of the soles (px from the top) and column of the body's middle (px from the left). */
export const FLOOR_Y = 1530;
export const CENTRE_X = PHOTO.width / 2;

/** Wall behind the figure; every pixel that differs from it belongs to the figure or to the shadow at its feet. */
export const BACKGROUND = '#c4cbd0';

/** Where each girth is drawn exactly: share of the standing height above the floor. */
const LEVELS = {
  neck: 0.848,
  shoulder: 0.786,
  chest: 0.715,
  waist: 0.615,
  hip: 0.515,
  thigh: 0.41,
  knee: 0.283,
  calf: 0.213,
  ankle: 0.048,
} as const;
export type Level = keyof typeof LEVELS;

/** Height of a level above the floor (cm). */
export function levelCm(figure: Figure, level: Level): number {
  return LEVELS[level] * figure.heightCm;
}

/** Pixel row of a level, from the top of the photo. */
export function levelRow(figure: Figure, level: Level): number {
  return Math.round(FLOOR_Y - levelCm(figure, level) * PX_PER_CM);
}

/** Circumference (cm) of an elliptical girth; Ramanujan's second approximation (1914). */
export function circumferenceCm({ widthCm, depthCm }: Girth): number {
  const [a, b] = [widthCm / 2, depthCm / 2];
  const h = ((a - b) / (a + b)) ** 2;
  return Math.PI * (a + b) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
}

/** The girth of a circumference (cm) whose depth is `depthShare` of its width. */
export function girthOf(circumference: number, depthShare: number): Girth {
  const widthCm = circumference / circumferenceCm({ widthCm: 1, depthCm: depthShare });
  return { widthCm, depthCm: widthCm * depthShare };
}

/** The demo user: a man of 180 cm and about 184 lb. */
export const DEMO_FIGURE: Figure = {
  sex: 'male',
  heightCm: 180,
  neck: girthOf(38.5, 1.02),
  shoulder: { widthCm: 48, depthCm: 21.5 },
  chest: girthOf(100, 0.7),
  waist: girthOf(86.5, 0.74),
  hip: girthOf(98, 0.72),
  thigh: girthOf(56, 1.02),
  knee: girthOf(38, 1.08),
  calf: girthOf(38, 1.04),
  ankle: girthOf(23, 1.3),
  upperArm: girthOf(33, 1.12),
  forearm: girthOf(27, 0.95),
  wrist: girthOf(17.2, 0.8),
  skin: '#cf9a76',
  hair: '#3a2a22',
  top: null,
  shorts: '#34495c',
};

/** A woman of 167 cm and about 145 lb. */
export const SECOND_FIGURE: Figure = {
  sex: 'female',
  heightCm: 167,
  neck: girthOf(32.5, 1.02),
  shoulder: { widthCm: 41.5, depthCm: 18.5 },
  chest: girthOf(91, 0.78),
  waist: girthOf(74, 0.74),
  hip: girthOf(100, 0.66),
  thigh: girthOf(57, 1.02),
  knee: girthOf(37, 1.06),
  calf: girthOf(36, 1.04),
  ankle: girthOf(22, 1.3),
  upperArm: girthOf(28, 1.12),
  forearm: girthOf(23.5, 0.95),
  wrist: girthOf(15.3, 0.8),
  skin: '#a8704f',
  hair: '#2a1f1c',
  top: '#5b4a68',
  shorts: '#3f3b52',
};
