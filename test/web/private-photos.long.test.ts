/** Where the photos of a scan go: to the bucket by their four signed URLs, and nowhere else. */

import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { completed, goodPhotos, signUp, startScan } from './stage.ts';
import { it } from './staged.ts';

/** How a JPEG begins, and how one does that was made text. */
const JPEG = Buffer.of(0xff, 0xd8, 0xff);
const AS_TEXT = /\/9j\/|data:image/;

/** What a log line must not hold: a photo, or an address of one. */
const TELLS = /\/9j\/|data:image|blob:|\.jpg|X-Goog-Signature/i;

/** Each database and cache of this browser with the sizes (bytes) of the binary values in it, leaving out those that have none. */
const BINARY_KEPT = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const sizes = (value) =>
    value instanceof Blob ? [value.size]
      : value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? [value.byteLength]
        : value && typeof value === 'object' ? Object.values(value).flatMap(sizes) : [];
  const kept = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const found = sizes(await done(database.transaction(store).objectStore(store).getAll()));
      if (found.length > 0) kept[name + '/' + store] = found.length;
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const type = (await cache.match(request)).headers.get('content-type') ?? '';
      if (/image\\/(?!svg)/.test(type)) kept['cache ' + request.url] = type;
    }
  }
  return kept;
})()`;

it(
  'sends each photo to its own place, and keeps and logs none of it',
  { timeout: 180_000 },
  async ({ stage }) => {
    const { stack } = stage.servers;
    const said: string[] = [];
    const foreign = new Set<string>();
    /** The places that a photo was sent to, each with the hashes of what was sent there. */
    const withPhoto = new Map<string, Set<string>>();
    const page = await stage.open({}, async (context) => {
      context.on('console', (message) => said.push(message.text()));
      context.on('weberror', (failure) => said.push(String(failure.error())));
      // Every request of the page, of its workers and of its service worker.
      context.on('request', (request) => {
        const { origin, pathname, protocol } = new URL(request.url());
        const own = [
          stage.address,
          stack.storage,
          ...[stack.auth, stack.firestore, stack.functions].map((at) => `http://${at}`),
        ];
        if (protocol.startsWith('http') && !own.includes(origin)) foreign.add(origin);
        const body = request.postDataBuffer();
        if (!body || !(body.includes(JPEG) || AS_TEXT.test(body.toString('latin1')))) return;
        const place = `${request.method()} ${origin}${pathname}`;
        const sent = withPhoto.get(place) ?? new Set();
        withPhoto.set(place, sent.add(createHash('sha256').update(body).digest('hex')));
      });
    });
    await signUp(page);
    await startScan(page, await goodPhotos());
    await completed(page);
    // A photo whose upload stalls, as it may on a busy machine, is sent again: the same to the same place.
    const expectPlaces = (count: number) => {
      const places = [...withPhoto.keys()];
      expect(places).toHaveLength(count);
      expect(places.filter((place) => !place.startsWith(`PUT ${stack.storage}/`))).toEqual([]);
      expect([...withPhoto.values()].map(({ size }) => size)).toEqual(Array(count).fill(1));
    };
    expectPlaces(4);
    // The only pictures that stay are the small copies to stand by next time.
    const kept = () => page.evaluate<Record<string, unknown>>(BINARY_KEPT);
    await expect.poll(kept).toEqual({ 'reddyfit-ghosts/ghosts': 4 });

    // With them at hand a second scan sends its own four photos, and nothing of the first.
    await page.getByRole('button', { name: 'New scan' }).click();
    await page.getByRole('heading', { name: 'New scan' }).waitFor();
    await startScan(page, await goodPhotos());
    await secondCompleted(page);
    expectPlaces(8);
    await expect.poll(kept).toEqual({ 'reddyfit-ghosts/ghosts': 4 });
    // Of two measured scans there are the trends of weight, body fat, lean mass and waist; all but the weight have an interval.
    await page.getByRole('link', { name: 'History' }).click();
    await expect.poll(() => page.locator('.trend').count()).toBe(4);
    expect(await page.locator('.trend .band').count()).toBe(3);
    expect([...foreign]).toEqual([]);
    expect(said.filter((line) => TELLS.test(line))).toEqual([]);
    await page.context().close();
  },
);

/** Waits for the end of a scan that was started from a page that showed another. */
async function secondCompleted(page: Page): Promise<void> {
  await page.locator('.steps [data-state=running]').first().waitFor({ timeout: 60_000 });
  await completed(page);
}
