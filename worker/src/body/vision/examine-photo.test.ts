/** What a photo leaves in memory of its pixels: one picture between look and outline, and nothing after. */

import { join } from 'node:path';
import type { Networks } from '@reddyfit/shared/gate/networks';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { developed, plainCamera, takePhoto } from '../../../../fixtures/bodies/photo.ts';
import { watchFreed } from '../photos/freed-pixels.fixture.ts';
import { lookAtPhoto, outlineFigure, releaseFigure } from './examine-photo.ts';
import { loadModels } from './models.ts';

const [width, height] = [660, 880];

let networks: Networks;
let photo: Buffer;
beforeAll(async () => {
  const camera = plainCamera(DEMO_SCENE.body, { width, height });
  [networks, photo] = await Promise.all([
    loadModels(join(import.meta.dirname, '../..')),
    takePhoto(DEMO_SCENE, camera, 'front').then(developed),
  ]);
}, 60_000);

const drawn = width * height * 3;

/** Looks at a photo that is turned by `degrees`. */
async function look(degrees: number, copy: 'faces hidden' | false = 'faces hidden') {
  const file = await sharp(photo).rotate(degrees).jpeg().toBuffer();
  const freed = watchFreed();
  const request = { photo: file, angle: 'front', declaredType: null, copy } as const;
  return { freed, ...(await lookAtPhoto(networks, request, () => undefined)) };
}

it.each([
  ['stands', 0, []],
  ['lies on its side', 90, ['the decoded pixels']],
])('keeps no more than one picture of a photo that %s', { timeout: 60_000 }, async (_, degrees, pictures) => {
  const { freed, examination, figure } = await look(degrees);
  expect(examination.copy).toBeDefined();
  expect(freed).toEqual(pictures.map(() => drawn));
  expect(figure!.picture.pixels).toHaveLength(drawn);
});

it('outlines the picture as it was, whatever the copy hides', { timeout: 60_000 }, async () => {
  const pixels = async (copy: 'faces hidden' | false) => (await look(0, copy)).figure!.picture.pixels;
  expect(Buffer.from(await pixels('faces hidden')).equals(await pixels(false))).toBe(true);
});

it('frees it, and the copy without a lean, once the person is outlined', { timeout: 60_000 }, async () => {
  const { freed, figure } = await look(0, false);
  expect(await outlineFigure(networks, figure!)).toBeDefined();
  const [leanless, ...others] = freed;
  // The copy without a lean has corners more.
  expect(leanless).toBeGreaterThanOrEqual(drawn);
  expect(others).toEqual([drawn]);
});

it('says of a bare neck that nothing covers it, beside the outline', { timeout: 60_000 }, async () => {
  const { figure } = await look(0, false);
  const { cover } = (await outlineFigure(networks, figure!))!;
  expect(Math.max(cover!.neck.left, cover!.neck.right)).toBeLessThan(0.5);
});

it('frees it when nobody is to be outlined after all', { timeout: 60_000 }, async () => {
  const { freed, figure } = await look(0, false);
  releaseFigure(figure!);
  expect(freed).toEqual([drawn]);
});
