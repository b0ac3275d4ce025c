/** Age (years) from which somebody counts as an adult: for the equations, and for a plan that may cut energy. */
export const ADULT_AGE = 18;
