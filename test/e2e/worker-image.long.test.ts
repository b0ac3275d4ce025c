/** The worker of its image: built by the steps of the Dockerfile, and run with the image's settings. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect } from 'vitest';
import { buildImage, type Image } from '../../deploy/image/build.ts';
import { IMAGE_LIMIT_BYTES, megabytes, WORKER_DOCKERFILE } from '../../deploy/image/worker-image.ts';
import { repositoryRoot } from '../../repository.ts';
import { freePort } from '../../local/stack/ports.ts';
import { startOwnWorker, type WorkerProgram } from './own-worker.ts';
import { submitTo } from './own-queue.ts';
import { it } from './world.ts';

/** The time for two installs by npm on a machine that is also busy with other work (ms). */
const BUILD_MS = 1_200_000;

let image: Image;

beforeAll(async () => {
  image = await buildImage({ dockerfile: WORKER_DOCKERFILE, context: repositoryRoot });
  // Another user runs the programs of the image.
  chmodSync(dirname(image.root), 0o755);
}, BUILD_MS);

afterAll(() => image?.remove());

const inImage = (path: string) => join(image.root, path);

/**
 * A program of the image, run like a container as far as a process can be: by the image's user when this process may change
 * users, and without a file that the program can write.
 */
function program([command, ...args]: readonly string[], env: Record<string, string> = {}) {
  const { uid, gid, env: settings } = image.container;
  const inside = Object.entries(settings).map(([name, value]) => [
    name,
    value.startsWith('/app') ? inImage(value) : value,
  ]);
  return {
    command: inImage(`usr/local/bin/${command}`),
    args,
    cwd: inImage(image.workdir),
    ...(process.getuid?.() === 0 && { user: { uid, gid } }),
    env: {
      ...Object.fromEntries(inside),
      HOME: '/nonexistent',
      PATH: inImage('usr/local/bin'),
      // The program may read, load native modules, and start threads and processes, but not write.
      NODE_OPTIONS: '--permission --allow-fs-read=* --allow-addons --allow-worker --allow-child-process',
      ...env,
    },
  } satisfies WorkerProgram;
}

it('is not larger than it may be, and holds no code that is not run', () => {
  process.stdout.write(`the worker's image: ${megabytes(image.bytes)}\n`);
  expect(image.bytes).toBeLessThanOrEqual(IMAGE_LIMIT_BYTES);
  expect(readdirSync(inImage('app'))).toEqual(['node_modules', 'package.json', 'worker']);
  expect(existsSync(inImage('app/worker/src'))).toBe(false);
  for (const development of ['tsdown', 'typescript', 'vitest', 'firebase-tools']) {
    expect(existsSync(inImage(`app/node_modules/${development}`))).toBe(false);
  }
});

it('completes a scan, healthy by its own check, without writing a file', async ({ world }) => {
  const taskQueue = `worker-image-${randomUUID()}`;
  const { scanId, seen } = await submitTo(taskQueue, world, await world.newUser());

  const health = { WORKER_HEALTH_PORT: String(await freePort()) };
  const check = program(image.container.healthcheck, health);
  const healthy = () =>
    promisify(execFile)(check.command, check.args, { ...check, ...check.user }).then(
      () => true,
      () => false,
    );
  expect(await healthy()).toBe(false);
  const worker = await startOwnWorker(
    world.servers.stack,
    taskQueue,
    'worker-of-the-image',
    program(image.container.entrypoint, health),
  );
  try {
    expect(await healthy()).toBe(true);
    expect((await seen.ended).status).toBe('completed');
    await world.expectInvariants(scanId);
  } finally {
    await worker.stop(10_000);
  }
  expect(await worker.ended).toBe('exited with code 0');
});
