/** Photos in Cloud Storage, read through its API and never through a URL that a client wrote. */

import { type ApiError, Storage } from '@google-cloud/storage';
import { objects } from '@reddyfit/shared/names/paths';
import { parseGsUrl } from '@reddyfit/shared/scan/photos';
import { MAX_PHOTO_BYTES } from '@reddyfit/shared/scan/uploads';
import type { PhotoStore } from '../body/photos/photo-store.ts';

/** Value of the object's `faces` metadata once its faces are hidden. */
const FACES_HIDDEN = 'hidden';

/** The photos in `bucket`, on Google's server or on the server at `apiEndpoint`. */
export function storagePhotos(config: { bucket: string; apiEndpoint?: string | undefined }): PhotoStore {
  const storage = new Storage(config.apiEndpoint ? { apiEndpoint: config.apiEndpoint } : {});
  const bucket = storage.bucket(config.bucket);
  return {
    async read(url) {
      const { bucket: named, object } = parseGsUrl(url);
      if (named !== config.bucket) return null;
      try {
        // Reads one byte more than is allowed, which reveals a photo that is too large without reading all of it.
        const file = bucket.file(object);
        const [[bytes], [metadata]] = await Promise.all([
          file.download({ start: 0, end: MAX_PHOTO_BYTES, validation: false }),
          file.getMetadata(),
        ]);
        return { bytes, contentType: metadata.contentType ?? null };
      } catch (error) {
        if ((error as ApiError).code === 404) return null;
        // A range request for an empty object fails with 416.
        if ((error as ApiError).code === 416) return { bytes: Buffer.alloc(0), contentType: null };
        throw error;
      }
    },

    async keepCopy(url, jpeg) {
      const { bucket: named, object } = parseGsUrl(url);
      if (named !== config.bucket) return;
      const file = bucket.file(object);
      try {
        const [{ generation, metadata }] = await file.getMetadata();
        if (metadata?.faces === FACES_HIDDEN) return;
        // Replaces only the generation that was read above, so that a photo that its user has deleted meanwhile does
        // not come back.
        await file.save(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength), {
          resumable: false,
          contentType: 'image/jpeg',
          metadata: { metadata: { faces: FACES_HIDDEN } },
          preconditionOpts: { ifGenerationMatch: Number(generation) },
        });
      } catch (error) {
        if ((error as ApiError).code !== 404) throw error;
      }
    },

    async deleteOriginal(url) {
      const { bucket: named, object } = parseGsUrl(url);
      if (named !== config.bucket) return;
      const file = bucket.file(object);
      try {
        const [{ generation, metadata }] = await file.getMetadata();
        if (metadata?.faces === FACES_HIDDEN) return;
        // Deletes only the generation that was read above: a copy may have come in its place.
        await file.delete({ ifGenerationMatch: Number(generation) });
      } catch (error) {
        if ((error as ApiError).code !== 404) throw error;
      }
    },

    async deleteFolder(uid, scanId) {
      const [files] = await bucket.getFiles({ prefix: objects.scanFolder(uid, scanId) });
      // A deletion of the scan or the account may delete the same object at the same time.
      await Promise.all(files.map((file) => file.delete({ ignoreNotFound: true })));
    },
  };
}
