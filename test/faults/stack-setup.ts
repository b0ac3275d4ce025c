/**
 * Starts the stack of the fault suite, on which the end of the Temporal server or of the worker does not end the stack, and
 * checks at the end what is left.
 */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { TestProject } from 'vitest/node';
import { DEMO_SCENE } from '../../fixtures/bodies/demo.ts';
import { plainCamera, takePhotos } from '../../fixtures/bodies/photo.ts';
import { instanceDir, type StackFile } from '../../local/stack/stack-file.ts';
import { startStack } from '../../local/stack/start-stack.ts';
import { balance } from './balance.ts';
import { theSeed } from './chance.ts';
import { openGrpcLink } from './grpc-link.ts';
import { serveControl } from './link-control.ts';

/**
 * The instance whose stack a project runs on. Two checkouts that run the suite on one machine at once need two names, of at
 * most ten characters.
 */
const instanceOf = ({ name }: TestProject) => {
  const instance = process.env['REDDYFIT_FAULTS_INSTANCE'] ?? 'faults';
  return name === 'faults-fleets' ? `${instance}-2` : instance;
};

/** The model stand-in takes a hundredth of the time that a real model takes for a step. */
const PACE = 0.01;

/** Size of the photos (px): as small as in the end-to-end suite, since this suite tests faults, not girths. */
const SIZE = { width: 660, height: 880 };

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the running stack. */
    stack: StackFile;
    /** Folder of the instance; its logs are in the folder `logs` there. */
    instanceDir: string;
    /** Folder with front.jpg, back.jpg, left.jpg and right.jpg. */
    photos: string;
    /** The seed of the random moments. */
    seed: number;
    /** URL of the controls of the link by which the functions reach Temporal. */
    functionsLink: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const seed = theSeed();
  process.stdout.write(`FAULTS_SEED=${seed}\n`);
  const instance = instanceOf(project);
  const dir = instanceDir(instance);
  const photos = join(dir, 'photos');
  mkdirSync(photos, { recursive: true });
  rmSync(join(dir, 'figures.jsonl'), { force: true });

  const links: { close(): Promise<void> }[] = [];
  const functionsTemporal = async (address: string) => {
    const link = await openGrpcLink(address);
    const control = await serveControl(link);
    links.push(link, control);
    project.provide('functionsLink', control.url);
    return link.address;
  };
  const [stack, drawn] = await Promise.all([
    startStack({
      instance,
      pace: PACE,
      visualEstimate: 'model',
      mayEnd: ['temporal', 'worker-1'],
      scheduled: false,
      functionsTemporal,
    }),
    takePhotos(DEMO_SCENE, () => plainCamera(DEMO_SCENE.body, SIZE)),
  ]);
  for (const angle of ANGLES) writeFileSync(join(photos, `${angle}.jpg`), drawn[angle]);

  let stopping = false;
  void stack.died.then(({ message }) => {
    if (stopping) return;
    process.stderr.write(`The stack has ended, so every test from here on fails: ${message}\n`);
  });
  project.provide('stack', stack.addresses);
  project.provide('instanceDir', dir);
  project.provide('photos', photos);
  return async () => {
    stopping = true;
    try {
      await balance(stack.addresses, dir, seed);
    } finally {
      await stack.stop();
      await Promise.all(links.map((link) => link.close()));
    }
  };
}
