/** What a stand-in for the model answers: nothing is wrong with any photo. */

import { ANGLES } from '@reddyfit/shared/scan/photos';

export function answer(): unknown {
  return Object.fromEntries(ANGLES.map((angle) => [angle, { issues: [] }]));
}
