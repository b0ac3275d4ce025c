/** What an examined photo leaves in memory of its pixels: nothing. */

import { join } from 'node:path';
import type { Networks } from '@reddyfit/shared/gate/networks';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { developed, plainCamera, takePhoto } from '../../../../fixtures/bodies/photo.ts';
import { watchFreed } from '../photos/freed-pixels.fixture.ts';
import { examinePhoto } from './examine-photo.ts';
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

it.each([
  ['stands', 0, ['the copy without a lean', 'the decoded pixels']],
  ['lies on its side', 90, ['the copy without a lean', 'the decoded pixels', 'the quarter turn']],
])('frees the pixels of a photo that %s', { timeout: 60_000 }, async (_, degrees, pictures) => {
  const file = await sharp(photo).rotate(degrees).jpeg().toBuffer();
  const freed = watchFreed();
  const request = { photo: file, angle: 'front', declaredType: null, copy: 'faces hidden' } as const;
  const { pose, copy } = await examinePhoto(networks, request, () => undefined);
  expect(pose?.silhouette).toBeDefined();
  expect(copy).toBeDefined();
  expect(freed).toHaveLength(pictures.length);
  // The copy without a lean has corners more.
  expect(freed[0]).toBeGreaterThanOrEqual(width * height * 3);
  for (const size of freed.slice(1)) expect(size).toBe(width * height * 3);
});
