/** hideKeptFaces: what is kept of a completed scan's photos are copies in which nobody is recognised. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { ScanExaminations } from '../body/vision/scan-examinations.ts';
import type { PhotoStore } from '../body/photos/photo-store.ts';
import type { Activities } from './activities.ts';

/**
 * Puts each photo's copy (see examine-photo.ts) in its place: by then quality check and estimation have seen the face. Key: the object; again,
 * and of a scan that was deleted meanwhile: nothing. `hidden` is the setting; without it nothing is done.
 */
export function createHideKeptFaces(
  examinations: ScanExaminations,
  photos: Pick<PhotoStore, 'keepCopy'>,
  hidden: boolean,
  signal: () => AbortSignal,
): Activities['hideKeptFaces'] {
  return async (input) => {
    if (!hidden) return;
    const examined = await examinations.of(input, signal());
    await Promise.all(
      ANGLES.map(async (angle) => {
        const { copy, sentAs } = examined[angle];
        // A photo that is not there any more, or is a copy in which nobody is found.
        if (copy) await photos.keepCopy(input.photoUrls[sentAs ?? angle], copy);
      }),
    );
  };
}
