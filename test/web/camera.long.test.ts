/** Photos taken with a camera that shows a mannequin. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Angle, ANGLES } from '@reddyfit/shared/names/angles';
import { paths } from '@reddyfit/shared/names/paths';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completed, faultsOf, goodPhotos, openStage, scanShown, signUp, type Stage } from './stage.ts';

let stage: Stage;
let folder: string;
/** The file that the camera shows; Chromium reads it each time the camera is opened. */
let film: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reddyfit-camera-'));
  film = join(folder, 'film.mjpeg');
  await show((await goodPhotos()).front);
  stage = await openStage([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
});
afterAll(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

const FRAMES = 10;

async function show(photo: Buffer): Promise<void> {
  await writeFile(film, Buffer.concat(Array.from({ length: FRAMES }, () => photo)));
}

/** The mean difference of two pictures' pixels, 0 to 255. */
async function distance(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((photo) =>
      sharp(photo).resize(60, 80, { fit: 'fill' }).removeAlpha().greyscale().raw().toBuffer(),
    ),
  );
  return a!.reduce((sum, value, index) => sum + Math.abs(value - b![index]!), 0) / a!.length;
}

/** The photo of a tile, as PNG. */
async function photoIn(page: Page, angle: Angle): Promise<Buffer> {
  await page.locator(`.tile[data-angle=${angle}] img`).waitFor();
  const address = await page.evaluate<string>(`(async () => {
    const image = document.querySelector('.tile[data-angle=${angle}] img');
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL();
  })()`);
  return Buffer.from(address.split(',')[1]!, 'base64');
}

it('says how to stand while one poses, and takes a photo with a fault once more', async () => {
  const photos = await goodPhotos();
  const { width, height } = await sharp(photos.front).metadata();
  // The feet are not in the picture.
  const cut = { left: 0, top: 0, width: Math.round(width * 0.8), height: Math.round(height * 0.8) };
  await show(await sharp(photos.front).extract(cut).resize(width, height).jpeg().toBuffer());
  // What the countdown showed when each frame was sent to the gate.
  const page = await stage.open({}, async (context) => {
    await context.addInitScript(`{
      const { postMessage } = Worker.prototype;
      globalThis.framesAt = [];
      Worker.prototype.postMessage = function (data, ...rest) {
        if (data.photo instanceof ImageBitmap)
          globalThis.framesAt.push(document.querySelector('.count')?.textContent ?? 'none');
        return postMessage.call(this, data, ...rest);
      };
    }`);
  });
  const sounds: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('.wav') && answer.ok()) sounds.push(new URL(answer.url()).pathname);
  });
  await signUp(page);
  await page.getByRole('button', { name: /^Use the camera: front/ }).click();
  await page.locator('[data-hint=hintFeet]').waitFor({ timeout: 60_000 });
  await page.getByText('Step back: your feet are cut off').waitFor();
  // Which side to show, and how to stand, is said when it changes, for whoever cannot see it.
  expect(await page.getByRole('heading', { name: 'Face the camera' }).getAttribute('aria-live')).toBe(
    'polite',
  );
  expect(await page.locator('dialog header p').getAttribute('role')).toBe('status');
  expect(await faultsOf(page)).toEqual([]);
  // A hint about one camera's image goes at once when the other camera is chosen, which sees the same film.
  const afterTheChange = await page.evaluate<string>(`(async () => {
    const dialog = document.querySelector('dialog.camera');
    [...dialog.querySelectorAll('button')].find((button) => button.textContent === 'Other camera').click();
    await Promise.resolve();
    return dialog.querySelector('header p').dataset.hint ?? 'none';
  })()`);
  expect(afterTheChange).toBe('none');
  await page.locator('[data-hint=hintFeet]').waitFor({ timeout: 60_000 });
  expect(sounds).toEqual([]);
  await page.getByRole('button', { name: 'Test the sound' }).click();
  await expect.poll(() => sounds.length).toBe(3);

  await page.getByLabel('Countdown').selectOption('3');
  await page.getByRole('button', { name: 'Start the countdown' }).click();
  await page.locator('dialog').getByText('Your feet are cut off in the front photo.').waitFor();
  expect(await page.locator('.count').count()).toBe(1);
  // The gate is free when the photo is taken: no frame was sent to it in the last second.
  const framesAt = await page.evaluate<string[]>('framesAt');
  expect(framesAt).toContain('none');
  expect(framesAt).not.toContain('1');
  // The second photo is kept, whatever is wrong with it.
  await page.locator('dialog.camera').waitFor({ state: 'detached', timeout: 20_000 });
  await page.locator('.tile[data-angle=front] .doubts').waitFor();

  await show(photos.front);
  await page.getByRole('button', { name: /^Use the camera: front/ }).click();
  await page.locator('[data-hint=hintGood]').waitFor({ timeout: 60_000 });
  await page.context().close();
});

/** Says of the camera that it is that beside the screen, as phones do; Chromium's camera from a file is at no side. */
const AT_SCREEN = `{
  const { getSettings } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.getSettings = function () {
    return { ...getSettings.call(this), facingMode: 'user' };
  };
}`;

/** What a phone's sensor reports that leans back by so many degrees; null is what a device without one reports. */
const LEANS_BACK: Partial<Record<Angle, number | null>> = { front: null, left: 4, right: -3 };

it('makes a scan of what the camera saw, mirrored in the preview and not in the photo', async () => {
  const page = await stage.open({}, async (context) => {
    await context.addInitScript(AT_SCREEN);
  });
  await signUp(page);
  const photos = await goodPhotos();
  // What is called missing is so no longer once the camera has taken it.
  const missing = page.locator('.tile .fault');
  await page.getByRole('button', { name: 'Start the scan' }).click();
  await expect.poll(() => missing.count()).toBe(4);
  for (const angle of ANGLES) {
    await show(photos[angle]);
    await page.getByRole('button', { name: new RegExp(`^Use the camera: ${angle}`) }).click();
    await page.locator('.stage .silhouette').waitFor();
    const leans = LEANS_BACK[angle];
    if (leans !== undefined) {
      const report = leans === null ? { beta: null, gamma: null } : { beta: 90 - leans, gamma: 0 };
      await page.evaluate(
        `dispatchEvent(new DeviceOrientationEvent('deviceorientation', ${JSON.stringify(report)}))`,
      );
    }
    if (angle === 'front') expect(await faultsOf(page)).toEqual([]);
    const transform = "getComputedStyle(document.querySelector('.stage video')).transform";
    expect(await page.evaluate<string>(transform)).toMatch(/^matrix\(-1,/);
    await page.getByLabel('Countdown').selectOption('3');
    await page.getByRole('button', { name: 'Start the countdown' }).click();
    await page.locator('.count').waitFor();
    await page.locator('dialog.camera').waitFor({ state: 'detached', timeout: 20_000 });
  }
  expect(await missing.count()).toBe(0);
  expect(await page.locator('.tile [aria-invalid]').count()).toBe(0);
  // Seen from the side, a body differs from its mirror image.
  const photo = await photoIn(page, 'left');
  const { width, height } = await sharp(photo).metadata();
  expect(width / height).toBeCloseTo(3 / 4, 1);
  const mirrored = await sharp(photos.left).flop().jpeg().toBuffer();
  expect(await distance(photo, photos.left)).toBeLessThan(await distance(photo, mirrored));

  await page.getByLabel('Weight').fill('83.1');
  await page.getByRole('button', { name: 'Start the scan' }).click();
  expect(await completed(page)).toMatch(/^\d+\.\d%$/);
  const scan = await stage.servers.db.doc(paths.scan(scanShown(page))).get();
  expect(scan.get('cameraElevationAngles')).toEqual({ left: 4, right: -3 });
  await page.context().close();
});
