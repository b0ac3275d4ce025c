/** Starts workers and waits for what they say. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from '../../local/stack/child.ts';
import { untilReady } from '../../local/stack/ready.ts';
import { repositoryRoot } from '../../repository.ts';
import type { Ground } from './contender.ts';

/** How long a worker that is told to end may take (ms). */
const GRACE_MS = 10_000;

/** Runs a worker's file in a process of its own; resolves once it has printed `ready`. */
export async function startWorkerFile(
  { tree, env }: Ground,
  name: string,
  file: string,
  own: Readonly<Record<string, string>>,
): Promise<Child> {
  const child = await tree.run({
    name,
    command: process.execPath,
    args: [join(repositoryRoot, file)],
    env: { ...env, ...own },
    mayEnd: true,
  });
  await untilReady(child, async () => readFileSync(child.log, 'utf8').includes('ready'), tree.signal);
  return child;
}

/** Ends a worker in order. */
export const endWorker = (worker: Child) => worker.stop(GRACE_MS);
