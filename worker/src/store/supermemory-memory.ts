/** Memory in Supermemory: one container per user, one document per scan. */

import { NotFoundError, Supermemory } from 'supermemory';
import type { Memory, MemoryKeeper } from './ports.ts';

/**
 * Documents per listing, and per bulk deletion, where 100 is the API's maximum. Listing by `containerTags` is
 * deprecated as well, but has no successor.
 */
const PAGE = 100;

const container = (uid: string) => `user-${uid}`;
const documentOf = (scanId: string) => `scan-${scanId}`;

/** Memory at the service at `baseUrl`, or at Supermemory's own. Temporal retries, so the client does not. */
export function supermemoryMemory(config: {
  apiKey: string;
  baseUrl?: string | undefined;
}): Memory & MemoryKeeper {
  const client = new Supermemory({
    apiKey: config.apiKey,
    ...(config.baseUrl && { baseURL: config.baseUrl }),
    maxRetries: 0,
    timeout: 10_000,
  });
  return {
    async recall(uid, query, limit, signal) {
      const { results } = await client.search(
        { q: query, containerTag: container(uid), limit, searchMode: 'hybrid' },
        { signal },
      );
      return results.flatMap((result) => result.memory ?? result.chunk ?? []);
    },

    async remember(uid, scanId, text, signal) {
      await client.add(
        { content: text, containerTag: container(uid), customId: documentOf(scanId) },
        { signal },
      );
    },

    async all(uid, signal) {
      const texts: { scanId: string; text: string }[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const found = await client.documents.list(
          { containerTags: [container(uid)], includeContent: true, limit: PAGE, page },
          { signal },
        );
        pages = found.pagination.totalPages;
        for (const { customId, content } of found.memories) {
          texts.push({ scanId: customId?.replace(/^scan-/, '') ?? '', text: content ?? '' });
        }
      }
      return texts;
    },

    async forget(_, scanId, signal) {
      await gone(client.documents.delete(documentOf(scanId), { signal }));
    },

    async forgetAll(uid, signal) {
      // Deletes by ids, a page at a time, because deleting a whole container at once is deprecated.
      for (;;) {
        const { memories } = await client.documents.list(
          { containerTags: [container(uid)], limit: PAGE, page: 1 },
          { signal },
        );
        if (memories.length === 0) return;
        await gone(client.documents.deleteBulk({ ids: memories.map(({ id }) => id) }, { signal }));
      }
    },
  };
}

/** Treats the deletion of something that does not exist as done. */
async function gone(deleting: Promise<unknown>): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
