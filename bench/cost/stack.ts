/** Starts and ends the stack of a checkout as its users do, by `npm start`. */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { within } from './deadline.ts';

/** The part of stack.json that the bench uses, which the older commit writes, too. */
export interface Stack {
  readonly projectId: string;
  readonly bucket: string;
  readonly firestore: string;
  readonly storage: string;
  readonly temporal: string;
  readonly temporalNamespace: string;
  readonly workerPids: readonly number[];
  readonly metrics: readonly string[];
}

export interface BenchStack {
  readonly stack: Stack;
  /** The name in errors. */
  readonly name: string;
  /** The checkout whose stack it is. */
  readonly root: string;
  /** The process and the log of its only worker. */
  readonly workerPid: number;
  readonly workerLog: string;
  /** Rejects, with the end of the stack's output, when the stack ends without being told to. Otherwise it never settles. */
  readonly died: Promise<never>;
  /** Ends the whole stack. */
  stop(): Promise<void>;
}

/** How long a start may take (ms): the first one of a checkout builds the functions and downloads servers. */
const START_MS = 420_000;

/** How long a stack may take to end (ms), including its workers' grace. */
const STOP_MS = 90_000;

/** How often a start is tried: when other stacks run on the machine, a free port may be taken a moment later. */
const TRIES = 3;

/** Resolves once the stack is up. Rejects with the end of its output when it does not start. */
export async function startBenchStack(root: string, instance: string, pace: number): Promise<BenchStack> {
  for (let tries = 1; ; tries += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      return await tryToStart(root, instance, pace);
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

async function tryToStart(root: string, instance: string, pace: number): Promise<BenchStack> {
  const dir = join(root, '.local', instance);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'stack.json');
  const log = join(dir, 'bench.log');
  const out = openSync(log, 'w', 0o600);
  const args = ['start', '--', '--no-demo', '--instance', instance, '--pace', String(pace)];
  // npm gets a process group of its own, so that Ctrl-C reaches only the bench, which then ends both stacks.
  const child = spawn('npm', args, { cwd: root, detached: true, stdio: ['ignore', out, out] });
  const ended = Promise.withResolvers<void>();
  child.once('exit', () => ended.resolve());
  child.once('error', () => ended.resolve());
  let told = false;
  const stop = async () => {
    told = true;
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGINT');
    await within(`the end of the stack ${instance}`, STOP_MS, ended.promise);
  };
  const died = Promise.withResolvers<never>();
  died.promise.catch(() => undefined);
  void ended.promise.then(() => {
    if (!told)
      died.reject(new Error(`the stack ${instance} ended:\n${readFileSync(log, 'utf8').slice(-2000)}`));
  });
  const until = performance.now() + START_MS;
  const isUp = () => existsSync(file) && readFileSync(log, 'utf8').includes('The stack is up');
  while (!isUp()) {
    if (child.exitCode !== null || performance.now() > until) {
      await stop();
      throw new Error(`the stack in ${root} did not come up:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    // oxlint-disable-next-line no-await-in-loop -- it waits
    await wait(250);
  }
  const stack = JSON.parse(readFileSync(file, 'utf8')) as Stack;
  const [workerPid] = stack.workerPids;
  if (!workerPid) throw new Error(`the stack in ${root} has no worker`);
  const workerLog = join(dir, 'logs/worker-1.log');
  return { stack, name: instance, root, workerPid, workerLog, died: died.promise, stop };
}
