/** The worker's image: where its Dockerfile is, and how large it may get. */

import { join } from 'node:path';
import { repositoryRoot } from '../../repository.ts';

export const WORKER_DOCKERFILE = join(repositoryRoot, 'deploy/worker.Dockerfile');

/** What a new instance has to load before its first scan, base image included (bytes). */
export const IMAGE_LIMIT_BYTES = 400_000_000;

/** `312 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
