/**
 * Measures how long a worker takes from the start of its process to its first poll: starts one more worker of a stack, and
 * ends it again.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { freePort } from '../../local/stack/ports.ts';
import { within } from './deadline.ts';
import type { BenchStack } from './stack.ts';
import { coreSeconds } from './usage.ts';

export interface Start {
  /** Elapsed time and CPU time up to the log line that the worker writes before it polls (s). */
  readonly seconds: number;
  readonly coreSeconds: number;
}

const START_MS = 120_000;
const STOP_MS = 60_000;

/** Starts a worker as the stack started its own: with the same program and environment, on other ports. */
export async function startOnce({ workerPid, name }: BenchStack): Promise<Start> {
  const partsOf = (file: string) =>
    readFileSync(`/proc/${workerPid}/${file}`, 'utf8')
      .split('\0')
      .filter((part) => part !== '');
  const [command, ...args] = partsOf('cmdline');
  const env = Object.fromEntries(partsOf('environ').map((each) => each.split(/=(.*)/s, 2)));
  const [health, metrics] = [await freePort(), await freePort()];
  const begun = performance.now();
  const child = spawn(command!, args, {
    env: { ...env, WORKER_HEALTH_PORT: String(health), WORKER_METRICS_PORT: String(metrics) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  try {
    const started = new Promise<Start>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.includes('"worker_started"'))
          resolve({
            seconds: (performance.now() - begun) / 1000,
            coreSeconds: coreSeconds(child.pid!),
          });
      });
      void exited.then(() => reject(new Error(`one more worker of ${name} ended while it started`)));
    });
    return await within(`the first poll of one more worker of ${name}`, START_MS, started);
  } finally {
    child.kill('SIGTERM');
    await within(`the end of one more worker of ${name}`, STOP_MS, exited).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
  }
}
