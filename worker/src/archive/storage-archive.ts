/** The archive bucket in Cloud Storage: objects are only ever created, each with its SHA-256 in its metadata. */

import { type ApiError, type File, Storage } from '@google-cloud/storage';
import { createHash } from 'node:crypto';
import { type Archive, type ArchivedObject, NotAsArchived } from './ports.ts';

/** Objects per page of a listing. */
const PAGE = 1000;

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** The archive in `bucket`, on Google's server or on the server at `apiEndpoint`. */
export function storageArchive(config: { bucket: string; apiEndpoint?: string | undefined }): Archive {
  const storage = new Storage(config.apiEndpoint ? { apiEndpoint: config.apiEndpoint } : {});
  const bucket = storage.bucket(config.bucket);
  return {
    async write(object, content, { contentType, metadata }) {
      try {
        await bucket.file(object).save(content, {
          resumable: false,
          contentType,
          // Generation 0 means that no object of this name exists: nothing in the archive is ever replaced.
          preconditionOpts: { ifGenerationMatch: 0 },
          metadata: { metadata: { ...metadata, sha256: sha256(content) } },
        });
        return 'written';
      } catch (error) {
        if ((error as ApiError).code === 412) return 'kept';
        throw error;
      }
    },

    async exists(object) {
      return (await bucket.file(object).exists())[0];
    },

    async read(object) {
      try {
        const file = bucket.file(object);
        const [[content]] = await Promise.all([file.download(), file.getMetadata()]);
        const about = described(file);
        if (about.sha256 !== null && about.sha256 !== sha256(content)) {
          throw new NotAsArchived(`${object} is not what was archived: its SHA-256 differs`);
        }
        return { content, about };
      } catch (error) {
        if ((error as ApiError).code === 404) return null;
        throw error;
      }
    },

    async *list(prefix, { flat = false } = {}) {
      for (let pageToken: string | undefined; ;) {
        const [files, next] = await bucket.getFiles({
          prefix,
          ...(flat && { delimiter: '/' }),
          autoPaginate: false,
          maxResults: PAGE,
          ...(pageToken && { pageToken }),
        });
        yield* files.map(described);
        pageToken = (next as { pageToken?: string } | null)?.pageToken;
        if (!pageToken) return;
      }
    },
  };
}

function described({ name, metadata }: File): ArchivedObject {
  const { sha256: hash, ...said } = (metadata.metadata ?? {}) as Record<string, string>;
  return { object: name, bytes: Number(metadata.size ?? 0), sha256: hash ?? null, metadata: said };
}
