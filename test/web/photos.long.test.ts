/**
 * How a photo is prepared between its file and its upload: by a web worker, by the page where there is no worker, or
 * not at all where the photo cannot be opened.
 */

import { createHash } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { ANGLES } from '@reddyfit/shared/names/angles';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { choosePhotos, goodPhotos, scanShown, signUp, type Stage } from './stage.ts';
import { it } from './staged.ts';

const WIDTH = 1800;
const HEIGHT = 2400;

/** A photo as a phone stores it: on its side, with an EXIF orientation and the place where it was taken. */
const asStored = async (photo: Buffer): Promise<Buffer> =>
  sharp(await sharp(photo).resize(WIDTH, HEIGHT, { fit: 'fill' }).rotate(270).toBuffer())
    .withExif({ IFD0: { Make: 'a phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer();

/**
 * Sends four photos by the form. `sent` holds the bytes of each, as the browser sent them, by their SHA-256; `workers` the
 * addresses of the web workers that began.
 */
async function sentBy(
  stage: Stage,
  photos: Awaited<ReturnType<typeof goodPhotos>>,
  prepare: (context: BrowserContext) => Promise<void>,
): Promise<{ page: Page; sent: Map<string, Buffer>; workers: string[] }> {
  const sent = new Map<string, Buffer>();
  const workers: string[] = [];
  const page = await stage.open({}, async (context) => {
    await prepare(context);
    await context.route(`${stage.servers.stack.storage}/**`, async (route) => {
      const body = route.request().postDataBuffer();
      if (body) sent.set(createHash('sha256').update(body).digest('hex'), body);
      await route.continue();
    });
  });
  page.on('worker', (worker) => workers.push(worker.url()));
  await signUp(page);
  await choosePhotos(page, photos);
  await page.getByLabel('Weight').fill('83.1');
  await page.getByRole('button', { name: 'Start the scan' }).click();
  await page.waitForURL(/\/scans\//, { timeout: 60_000 });
  return { page, sent, workers };
}

/** The mean difference of two pictures' pixels, 0 to 255. */
async function distance(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((photo) => sharp(photo).resize(60, 80, { fit: 'fill' }).greyscale().raw().toBuffer()),
  );
  return a!.reduce((sum, value, index) => sum + Math.abs(value - b![index]!), 0) / a!.length;
}

it.for([
  ['a web worker', '', 4],
  ['the page, without OffscreenCanvas', 'delete globalThis.OffscreenCanvas;', 0],
  [
    'the page, without workers',
    'globalThis.Worker = class { constructor() { throw new Error("none"); } };',
    0,
  ],
] as const)('is made upright, small and plain by %s', async ([, script, inWorkers], { stage }) => {
  const good = await goodPhotos();
  const stored = Object.fromEntries(
    await Promise.all(ANGLES.map(async (angle) => [angle, await asStored(good[angle])])),
  ) as typeof good;
  expect(await sharp(stored.left).metadata()).toMatchObject({ width: HEIGHT, height: WIDTH, orientation: 6 });
  const { page, sent, workers } = await sentBy(stage, stored, async (context) => {
    await context.addInitScript(script);
  });
  expect(workers.filter((url) => url.includes('photo-worker'))).toHaveLength(inWorkers);
  const { uploads } = (await stage.servers.db.doc(paths.scan(scanShown(page))).get()).data()!;
  for (const angle of ANGLES) {
    const bytes = sent.get(uploads[angle].sha256)!;
    expect(bytes.length).toBe(uploads[angle].bytes);
    const { format, width, height, orientation, exif, icc } = await sharp(bytes).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1200, height: 1600 });
    expect([orientation ?? 1, exif, icc && 'profile']).toEqual([1, undefined, icc && 'profile']);
    expect(await distance(bytes, good[angle])).toBeLessThan(3);
  }
  await page.context().close();
});

it('goes as it is where no browser opens it, and the server says what is wrong', async ({ stage }) => {
  const good = await goodPhotos();
  // The file begins like a JPEG, but is none.
  const broken = Buffer.concat([good.left.subarray(0, 300), Buffer.alloc(2000, 7)]);
  const { page, sent } = await sentBy(stage, { ...good, left: broken }, async () => undefined);
  expect([...sent.values()].some((bytes) => bytes.equals(broken))).toBe(true);
  await page.locator('.tile[data-angle=left] .faults').waitFor({ timeout: 90_000 });
  await page.context().close();
});
