/** Units and ages, converted in one place. */

const KG_PER_LB = 0.45359237;

/** Pounds (lb) to kilograms (kg); exact by the international avoirdupois pound (1959). */
export function lbToKg(lb: number): number {
  return lb * KG_PER_LB;
}

/** Kilograms (kg) to pounds (lb). */
export function kgToLb(kg: number): number {
  return kg / KG_PER_LB;
}

/**
 * Heights that differ by a smaller share are taken for one: a height is told from a body mass index in tenths, which errs by up to
 * 0.35 % at 15 kg/m², and a body is a centimetre shorter in the evening.
 */
export const SAME_HEIGHT = 0.01;

/** The height (cm) of which a body mass index (kg/m²) was made with a weight (lb). */
export function heightCmOf(weightLb: number, bmi: number): number {
  return 100 * Math.sqrt(lbToKg(weightLb) / bmi);
}

/** Rounds to `digits` decimals, so that what is stored is what is shown. */
export function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

/**
 * Age in whole years on the day of the scan. Both are calendar days (YYYY-MM-DD); someone born on 29 February turns
 * a year older on 1 March of a common year.
 */
export function ageOn(birthDate: string, day: string): number {
  const [birthYear, ...birthRest] = birthDate.split('-').map(Number) as [number, number, number];
  const [year, ...rest] = day.split('-').map(Number) as [number, number, number];
  const hadBirthday = rest[0]! > birthRest[0]! || (rest[0] === birthRest[0] && rest[1]! >= birthRest[1]!);
  return year - birthYear - (hadBirthday ? 0 : 1);
}
