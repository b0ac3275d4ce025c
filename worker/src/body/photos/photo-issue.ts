/** Faults of a photo that are found without reading its file. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { photoFault, type PhotoFault } from '@reddyfit/shared/gate/photo-fault';

/** The fault of a photo that is not in the bucket. */
export const missingPhoto = (angle: Angle): PhotoFault => photoFault('missing', { angle });

/** The fault of a photo that took more time or memory to decode than any camera's photo needs. */
export const costlyPhoto = (angle: Angle): PhotoFault => photoFault('unreadable.costly', { angle });
