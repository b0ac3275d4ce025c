/** Girths for tests that start from a measured body. */

import type { BodyMeasurement, GirthName } from './body-measurement.ts';

/** A man of about 180 cm and 82 kg (cm), as a measurement with an uncertainty of 1 % gives them. */
const MAN = { neck: 38, chest: 100, waist: 86, navel: 88, hip: 100 };

/** His girths, with `change` (cm). */
export function girthsOf(change: Partial<Record<GirthName, number>> = {}, share = 0.01): BodyMeasurement {
  return Object.fromEntries(
    Object.entries({ ...MAN, ...change }).map(([name, cm]) => [name, { cm, sdCm: Math.abs(cm) * share }]),
  ) as unknown as BodyMeasurement;
}
