/**
 * Tests both memories with one suite: Firestore vector search on the emulator, and Supermemory's client with a server
 * that imitates its API.
 */

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { firestoreMemory } from '../src/store/firestore-memory.ts';
import { supermemoryMemory } from '../src/store/supermemory-memory.ts';
import type { Memory, MemoryKeeper } from '../src/store/ports.ts';

/** Embeds words as a vector; texts that share words are near to each other. */
const embed = async (words: string): Promise<number[]> => {
  const vector = Array.from({ length: 64 }, () => 0.001);
  for (const word of words.toLowerCase().match(/\w+/g) ?? []) {
    const slot = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 64, 7);
    vector[slot]! += 1;
  }
  return vector;
};

/** Small, so that a list needs several requests. */
const PAGE = 2;

/** A server with the parts of Supermemory's API for documents and search that its client uses. */
async function startSupermemory(): Promise<{ server: Server; url: string }> {
  const documents = new Map<string, { container: string; content: string }>();
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await text(request)) || '{}');
    const answer = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.headers.authorization !== 'Bearer key') return response.writeHead(401).end('{}');
    if (request.url === '/v3/documents') {
      documents.set(body.customId, { container: body.containerTag, content: body.content });
      return answer({ id: body.customId, status: 'done' });
    }
    if (request.url === '/v3/documents/list') {
      const kept = [...documents].filter(([, { container }]) => body.containerTags.includes(container));
      const from = (body.page - 1) * PAGE;
      return answer({
        memories: kept
          .slice(from, from + PAGE)
          .map(([customId, { content }]) => ({ id: customId, customId, content })),
        pagination: {
          currentPage: body.page,
          totalItems: kept.length,
          totalPages: Math.ceil(kept.length / PAGE),
        },
      });
    }
    if (request.url === '/v3/documents/bulk') {
      for (const id of body.ids) documents.delete(id);
      return answer({ success: true, deletedCount: 0 });
    }
    if (request.method === 'DELETE') {
      const existed = documents.delete(request.url!.replace('/v3/documents/', ''));
      return response.writeHead(existed ? 204 : 404).end(existed ? undefined : '{}');
    }
    if (request.url === '/v4/search') {
      const words = new Set<string>(body.q.toLowerCase().match(/\w+/g));
      const found = [...documents]
        .filter(([, document]) => document.container === body.containerTag)
        .map(([id, { content }]) => ({
          id,
          memory: content,
          metadata: null,
          updatedAt: '2026-11-23T00:00:00Z',
          similarity: (content.toLowerCase().match(/\w+/g) ?? []).filter((word) => words.has(word)).length,
        }))
        .toSorted((a, b) => b.similarity - a.similarity)
        .slice(0, body.limit);
      return answer({ results: found, timing: 1, total: found.length });
    }
    return response.writeHead(404).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let supermemory: Awaited<ReturnType<typeof startSupermemory>>;
beforeAll(async () => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  supermemory = await startSupermemory();
});
afterAll(() => supermemory.server.close());

const memories: Record<string, () => Memory & MemoryKeeper> = {
  'Firestore vector search': () =>
    firestoreMemory(getFirestore(initializeApp({ projectId: 'demo-memory' }, randomUUID())), { embed }),
  Supermemory: () => supermemoryMemory({ apiKey: 'key', baseUrl: supermemory.url }),
};

describe.each(Object.keys(memories))('memory by %s', (name) => {
  const { signal } = new AbortController();

  it('recalls what is nearest first, and no more than asked', async () => {
    const memory = memories[name]!();
    const uid = randomUUID();
    await memory.remember(uid, 'scan-1', 'weight and height', signal);
    await memory.remember(uid, 'scan-2', 'body fat and lean mass', signal);
    await memory.remember(uid, 'scan-3', 'sleep', signal);
    const recalled = await memory.recall(uid, 'body fat, lean mass', 2, signal);
    expect(recalled).toHaveLength(2);
    expect(recalled[0]).toBe('body fat and lean mass');
  });

  it('keeps one text per scan', async () => {
    const memory = memories[name]!();
    const uid = randomUUID();
    await memory.remember(uid, 'scan-1', 'body fat 20', signal);
    await memory.remember(uid, 'scan-1', 'body fat 21', signal);
    expect(await memory.recall(uid, 'body fat', 5, signal)).toEqual(['body fat 21']);
  });

  it('never recalls what belongs to someone else', async () => {
    const memory = memories[name]!();
    await memory.remember(randomUUID(), 'scan-1', 'body fat 20', signal);
    expect(await memory.recall(randomUUID(), 'body fat', 5, signal)).toEqual([]);
  });

  it('shows a user everything it keeps of them, and of nobody else', async () => {
    const memory = memories[name]!();
    const [uid, other] = [randomUUID(), randomUUID()];
    const scans = Array.from({ length: 5 }, () => randomUUID());
    for (const scanId of scans) await memory.remember(uid, scanId, `of ${scanId}`, signal);
    await memory.remember(other, randomUUID(), 'theirs', signal);
    const all = await memory.all(uid, signal);
    expect(all.toSorted((a, b) => a.scanId.localeCompare(b.scanId))).toEqual(
      scans.toSorted().map((scanId) => ({ scanId, text: `of ${scanId}` })),
    );
  });

  it('forgets one scan, and does not mind to be asked again', async () => {
    const memory = memories[name]!();
    const uid = randomUUID();
    const [kept, gone] = [randomUUID(), randomUUID()];
    await memory.remember(uid, kept, 'body fat 20', signal);
    await memory.remember(uid, gone, 'body fat 21', signal);
    for (let time = 0; time < 2; time += 1) await memory.forget(uid, gone, signal);
    expect(await memory.recall(uid, 'body fat', 5, signal)).toEqual(['body fat 20']);
  });

  it('forgets a user altogether, and nobody else', async () => {
    const memory = memories[name]!();
    const [uid, other] = [randomUUID(), randomUUID()];
    for (const id of [randomUUID(), randomUUID(), randomUUID()])
      await memory.remember(uid, id, 'mine', signal);
    await memory.remember(other, randomUUID(), 'theirs', signal);
    for (let time = 0; time < 2; time += 1) await memory.forgetAll(uid, signal);
    expect(await memory.all(uid, signal)).toEqual([]);
    expect(await memory.all(other, signal)).toHaveLength(1);
  });
});
