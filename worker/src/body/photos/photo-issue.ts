/** Faults of a photo that are known without a look into its file. */

import type { Angle } from '@reddyfit/shared/scan/photos';
import { photoFault, type PhotoFault } from '@reddyfit/shared/gate/photo-fault';

/** A photo that is not in the bucket. */
export const missingPhoto = (angle: Angle): PhotoFault => photoFault('missing', { angle });

/** A photo that took more time or memory to decode than any photo of a camera needs. */
export const costlyPhoto = (angle: Angle): PhotoFault => photoFault('unreadable.costly', { angle });
