/** How long a worker took from its process to its first poll. */

import { readFileSync } from 'node:fs';
import type { BenchStack } from './stack.ts';
import { startedAt } from './usage.ts';

/** By the line that the worker writes before it polls (s). Throws when there is none. */
export function startSeconds({ workerPid, workerLog }: BenchStack): number {
  const line = readFileSync(workerLog, 'utf8')
    .split('\n')
    .find((each) => each.includes('"worker_started"'));
  if (!line) throw new Error(`${workerLog} does not say that the worker has started`);
  return (Date.parse((JSON.parse(line) as { time: string }).time) - startedAt(workerPid)) / 1000;
}
