/** The sides from which a scan shows its user. */

/** The four angles, in the order a user takes them. */
export const ANGLES = ['front', 'back', 'left', 'right'] as const;
export type Angle = (typeof ANGLES)[number];
