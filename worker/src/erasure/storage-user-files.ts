/** All objects of a user in the bucket: photos and exports. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import { Storage } from '@google-cloud/storage';
import { objects } from '@reddyfit/shared/names/paths';
import type { StoredFile, UserFiles } from './ports.ts';

/** Objects that are deleted in parallel. */
const AT_ONCE = 25;

const folders = (uid: string) => [objects.userFolder(uid), objects.exportFolder(uid)];

/** The users' files in `bucket`, on Google's server or on the server at `apiEndpoint`. */
export function storageUserFiles(config: { bucket: string; apiEndpoint?: string | undefined }): UserFiles {
  const storage = new Storage(config.apiEndpoint ? { apiEndpoint: config.apiEndpoint } : {});
  const bucket = storage.bucket(config.bucket);
  return {
    async list(uid) {
      const found = await Promise.all(folders(uid).map((prefix) => bucket.getFiles({ prefix })));
      return found.flatMap(([files]) =>
        files.map(({ name, metadata }): StoredFile => ({
          object: name,
          bytes: Number(metadata.size ?? 0),
          contentType: metadata.contentType ?? '',
        })),
      );
    },

    async deleteAll(uid) {
      for (const prefix of folders(uid)) {
        const [files] = await bucket.getFiles({ prefix });
        // The scan's own workflow may delete the same object at the same time.
        await pLimit(AT_ONCE).map(files, (file) => file.delete({ ignoreNotFound: true }));
      }
    },

    async writeExport(uid, json) {
      const object = objects.export(uid);
      let bytes = 0;
      async function* counted() {
        for await (const piece of json) {
          bytes += Buffer.byteLength(piece);
          yield piece;
        }
      }
      const target = bucket.file(object).createWriteStream({
        resumable: false,
        contentType: 'application/json',
        metadata: { cacheControl: 'private, no-store' },
      });
      await pipeline(Readable.from(counted()), target);
      return { object, bytes };
    },

    async deleteExport(uid) {
      await bucket.file(objects.export(uid)).delete({ ignoreNotFound: true });
    },
  };
}
