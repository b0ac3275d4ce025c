/** Memory by Supermemory: one container per user, one document per scan. */

import { Supermemory } from 'supermemory';
import type { Memory } from '../ports.ts';

/** Memory kept by the service at `baseUrl`, or Supermemory's own. Temporal retries, so the client does not. */
export function supermemoryMemory(config: { apiKey: string; baseUrl?: string | undefined }): Memory {
  const client = new Supermemory({
    apiKey: config.apiKey,
    ...(config.baseUrl && { baseURL: config.baseUrl }),
    maxRetries: 0,
    timeout: 10_000,
  });
  const container = (uid: string) => `user-${uid}`;
  return {
    async recall(uid, query, limit, signal) {
      const { results } = await client.search.memories(
        { q: query, containerTag: container(uid), limit, searchMode: 'hybrid' },
        { signal },
      );
      return results.flatMap((result) => result.memory ?? result.chunk ?? []);
    },

    async remember(uid, scanId, text, signal) {
      await client.add(
        { content: text, containerTag: container(uid), customId: `scan-${scanId}` },
        { signal },
      );
    },
  };
}
