/**
 * `npm run image`: builds the image of deploy/worker.Dockerfile without Docker, and fails when the image exceeds its size
 * limit.
 */

import { renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { buildImage } from './image/build.ts';
import { IMAGE_LIMIT_BYTES, megabytes, WORKER_DOCKERFILE } from './image/worker-image.ts';
import { repositoryRoot } from '../repository.ts';

const { out } = new Command('npm run image --')
  .description("Follows the worker's Dockerfile in empty folders, and measures what comes of it.")
  .option('--out <folder>', 'keeps what would be / in the image; must not exist')
  .parse()
  .opts<{ out?: string }>();

const say = (line: string) => void process.stdout.write(`${line}\n`);

const image = await buildImage({ dockerfile: WORKER_DOCKERFILE, context: repositoryRoot, onStep: say });
try {
  say(`\n${megabytes(image.bytes)} of ${megabytes(IMAGE_LIMIT_BYTES)}, the base image included`);
  process.exitCode = image.bytes <= IMAGE_LIMIT_BYTES ? 0 : 1;
  if (out) renameSync(image.root, resolve(out));
} finally {
  image.remove();
}
