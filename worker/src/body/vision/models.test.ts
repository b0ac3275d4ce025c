import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { type Networks, SIDE } from '@reddyfit/shared/gate/networks';
import { graphFrom, type GraphFile, runNetworks } from '@reddyfit/shared/gate/run-networks';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { setBackend, type Tensor, tensor4d, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_SCENE } from '../../../../fixtures/bodies/demo.ts';
import { plainCamera, takePhoto } from '../../../../fixtures/bodies/photo.ts';
import { loadModels } from './models.ts';
import { pictureOf } from './picture.ts';

const FOLDER = join(import.meta.dirname, '../../../models');
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');

it.each(readdirSync(FOLDER).filter((name) => name !== 'README.md'))('%s is what its page says', (name) => {
  const bytes = readFileSync(join(FOLDER, name));
  const line = README.split('\n').find((each) => each.includes(`\`${name}\``));
  expect(line).toContain(createHash('sha256').update(bytes).digest('hex'));
  expect(line).toContain(` ${bytes.length} `);
});

/** The networks as the browser runs them. */
async function browserNetworks(): Promise<Networks> {
  const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  setWasmPaths(join(dirname(wasm), 'dist/'));
  await setBackend('wasm');
  const load = (name: string) => {
    const graph = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as GraphFile;
    const weights = new Uint8Array(readFileSync(join(FOLDER, `${name}.bin`)));
    return loadGraphModel(graphFrom(graph, weights.buffer));
  };
  const [people, person] = await Promise.all([load('movenet-multipose'), load('selfie')]);
  return runNetworks<Tensor>({ tensor4d, zeros }, { people, person });
}

/** The greatest difference between the numbers of two lists at the same index. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe("the worker's runtime and the browser's", () => {
  let worker: Networks;
  let browser: Networks;
  beforeAll(async () => {
    [worker, browser] = await Promise.all([
      loadModels(join(import.meta.dirname, '../..')),
      browserNetworks(),
    ]);
  }, 60_000);

  it.each<Angle>(ANGLES)('say the same of a photo from the %s', { timeout: 60_000 }, async (angle) => {
    const { body } = DEMO_SCENE;
    const drawn = await takePhoto(DEMO_SCENE, plainCamera(body, { width: 480, height: 640 }), angle);
    const { data, info } = await drawn.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { pixels } = await pictureOf(data, info.width, info.height).square(SIDE);
    const joints = await worker.people(new Int32Array(pixels));
    // The outputs are places (shares of the picture) and their scores. The bound is less than 0.003 px of the network's
    // picture.
    expect(joints[55]).toBeGreaterThan(0.3);
    expect(apart(joints, await browser.people(new Int32Array(pixels)))).toBeLessThan(1e-5);
    // The output is a probability for each pixel. The greatest difference seen was 1.4e-4, along an outline.
    const shares = Float32Array.from(pixels, (value) => value / 255);
    const mask = await worker.person(shares);
    expect(mask.length).toBe(SIDE * SIDE);
    expect(Math.max(...Array.from(mask))).toBeGreaterThan(0.9);
    expect(apart(mask, await browser.person(shares))).toBeLessThan(5e-4);
  });
});
