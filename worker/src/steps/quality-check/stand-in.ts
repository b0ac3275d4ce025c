/** The stand-in model's answer: no photo has an issue. */

import { ANGLES } from '@reddyfit/shared/scan/photos';

export function answer(): unknown {
  return Object.fromEntries(ANGLES.map((angle) => [angle, { issues: [] }]));
}
