/** The activity hideKeptFaces: replaces a completed scan's photos with copies in which nobody can be recognised. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { ScanExaminations } from '../body/vision/scan-examinations.ts';
import type { PhotoStore } from '../body/photos/photo-store.ts';
import type { AfterwardsWork } from './update-firestore.ts';

/**
 * Makes the activity. It replaces each photo with its copy (see examine-photo.ts), after quality check and estimation
 * have seen the face, deletes a photo in which nobody was found, since somebody may be in it all the same, and lets the scan's
 * examinations go: nothing needs them after that. Key: the object; a second call changes nothing, nor does a call for a scan that was
 * deleted meanwhile. When `hidden` is false, it does nothing.
 */
export function createHideKeptFaces(
  examinations: Pick<ScanExaminations, 'of' | 'forget'>,
  photos: Pick<PhotoStore, 'keepCopy' | 'deleteOriginal'>,
  hidden: boolean,
): AfterwardsWork['hideKeptFaces'] {
  return async (input, signal) => {
    if (!hidden) return;
    const examined = await examinations.of(input, signal);
    await Promise.all(
      ANGLES.map(async (angle) => {
        const { copy, pose, sentAs } = examined[angle];
        const url = input.photoUrls[sentAs ?? angle];
        // There is no copy of a photo that no longer exists, and of one in which no person is found; that may be a copy already.
        if (copy) await photos.keepCopy(url, copy);
        else if (pose) await photos.deleteOriginal(url);
      }),
    );
    // When this was late, its own activity does it once more, and would examine the four photos anew for that.
    if (!signal.aborted) examinations.forget(input.scanId);
  };
}
