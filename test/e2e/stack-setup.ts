/** Starts the one stack of the suite and draws the photos that its users take. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { TestProject } from 'vitest/node';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { plainCamera, takePhotos } from '../../fixtures/bodies/photo.ts';
import { instanceDir, type StackFile } from '../../local/stack/stack-file.ts';
import { startStack } from '../../local/stack/start-stack.ts';
import { startOtlpReceiver } from '../otlp-receiver.ts';

/** The instance whose stack the suite runs on. Two checkouts that run the suite on one machine at once need two names. */
const INSTANCE = process.env['REDDYFIT_E2E_INSTANCE'] ?? 'e2e';

/** The model stand-in takes a hundredth of the time that a real model takes for a step. */
const PACE = 0.01;

/**
 * Size of the photos (px): small, since most of the work of a scan depends on it. The benches and the long tests check
 * girths.
 */
const SIZE = { width: 660, height: 880 };

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the running stack. */
    stack: StackFile;
    /** URL of the collector that receives the stack's traces and metrics. */
    collector: string;
    /** Folder of the instance; its logs are in the folder `logs` there. */
    instanceDir: string;
    /** Folder with front.jpg, back.jpg, left.jpg and right.jpg. */
    photos: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = instanceDir(INSTANCE);
  const photos = join(dir, 'photos');
  const collector = await startOtlpReceiver();
  const [stack, drawn] = await Promise.all([
    startStack({
      instance: INSTANCE,
      pace: PACE,
      visualEstimate: 'model',
      scheduled: false,
      otlpEndpoint: collector.url,
    }),
    takePhotos(DEMO_SCENE, () => plainCamera(DEMO_SCENE.body, SIZE)),
  ]);
  mkdirSync(photos, { recursive: true });
  for (const angle of ANGLES) writeFileSync(join(photos, `${angle}.jpg`), drawn[angle]);

  let stopping = false;
  const sayWhenItDies = async () => {
    const { message } = await stack.died;
    if (!stopping)
      process.stderr.write(`The stack has ended, so every test from here on fails: ${message}
`);
  };
  void sayWhenItDies();
  project.provide('stack', stack.addresses);
  project.provide('collector', collector.url);
  project.provide('instanceDir', dir);
  project.provide('photos', photos);
  return async () => {
    stopping = true;
    await stack.stop();
    collector.close();
  };
}
