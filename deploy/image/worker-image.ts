/** The worker's image: where its Dockerfile is, and how large it may get. */

import { join } from 'node:path';
import { repositoryRoot } from '../../repository.ts';

export const WORKER_DOCKERFILE = join(repositoryRoot, 'deploy/worker.Dockerfile');

/** The size limit, base image included (bytes): a new instance loads the image before its first scan. */
export const IMAGE_LIMIT_BYTES = 400_000_000;

/** A size for people, such as `312 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
