/** How an uncertainty becomes the interval that is stated. */

/** Half the width of a 95 % interval (standard deviations). */
export const DEVIATIONS_IN_95_PERCENT = 1.96;
