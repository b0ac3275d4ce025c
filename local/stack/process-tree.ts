/** The processes of one instance: allows one launcher at a time, starts its processes and ends them all. */

import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { claim, type HeldClaim } from '../processes/claim.ts';
import { markedProcesses, signal as send } from '../processes/marked.ts';
import { startChild, type Child } from './child.ts';
import { baseEnvironment } from './environment.ts';
import { endLeftovers, recordProcess } from './leftovers.ts';
import { childEnded } from './ready.ts';
import { repositoryRoot } from '../../repository.ts';
import { instanceDir, launcherPath, removeStack, stopCommand } from './stack-file.ts';
import type { Run } from './starting.ts';

/** Processes whose names match `members`; they are ended together, and killed after `graceMs` (ms). */
export interface StopStage {
  readonly members: RegExp;
  readonly graceMs: number;
}

export interface ProcessTree {
  /** The instance's folder. */
  readonly dir: string;
  /** The folder of its logs. */
  readonly logs: string;
  /** Aborted when the caller's signal is aborted, and, with the reason, when a process ends by itself. */
  readonly signal: AbortSignal;
  fail(reason: unknown): void;
  run(run: Run): Promise<Child>;
  /** Registers a function that is called at the end, after the last process has ended. */
  atEnd(release: () => void): void;
  /** Ends everything in the order of the stages and removes stack.json. A second call returns the same promise. */
  end(): Promise<void>;
}

/**
 * Claims the instance for this launcher and ends what an earlier launcher has left running. Throws when another launcher
 * holds it.
 */
export async function openProcessTree(
  instance: string,
  stages: readonly StopStage[],
  outer: AbortSignal | undefined,
): Promise<ProcessTree> {
  const dir = instanceDir(instance);
  const logs = join(dir, 'logs');
  mkdirSync(logs, { recursive: true });
  // The folder holds logs, photos and Temporal's database, which other users of this machine must not read.
  chmodSync(join(repositoryRoot, '.local'), 0o700);
  const launcher = takeInstance(instance, dir);

  // Kills what still runs when the launcher itself ends by an error.
  const killAtExit = () => markedProcesses(dir).forEach(({ pid }) => send(pid, 'SIGKILL'));
  process.once('exit', killAtExit);
  await endLeftovers(dir);
  removeStack(instance);

  const failure = new AbortController();
  const signal = outer ? AbortSignal.any([outer, failure.signal]) : failure.signal;
  const environment = baseEnvironment(process.env, dir);
  const children: Child[] = [];
  const releases: (() => void)[] = [];
  let ending: Promise<void> | undefined;

  async function endAll(): Promise<void> {
    removeStack(instance);
    for (const { members, graceMs } of stages) {
      await Promise.all(
        children.filter(({ name }) => members.test(name)).map((child) => child.stop(graceMs)),
      );
    }
    await endLeftovers(dir);
    process.off('exit', killAtExit);
    for (const release of releases) release();
    launcher.release();
  }

  async function failWhenEnded(child: Child): Promise<void> {
    const how = await child.ended;
    if (ending === undefined) failure.abort(new Error(childEnded(child.name, how, child.log)));
  }

  return {
    dir,
    logs,
    signal,
    fail: (reason) => failure.abort(reason),
    async run({ name, command, args, env = {}, cwd = repositoryRoot, mayEnd = false }) {
      signal.throwIfAborted();
      const log = join(logs, `${name}.log`);
      const child = await startChild({ name, command, args, env: { ...environment, ...env }, cwd, log });
      children.push(child);
      recordProcess(dir, child.pid);
      if (!mayEnd) void failWhenEnded(child);
      return child;
    },
    atEnd: (release) => releases.push(release),
    end: () => (ending ??= endAll()),
  };
}

function takeInstance(instance: string, dir: string): HeldClaim {
  const taken = claim(launcherPath(dir));
  if (taken.held) return taken;
  throw new Error(
    `A stack is already running for the instance "${instance}" (process ${taken.holder.pid}). ` +
      `Stop it with Ctrl-C there or with ${stopCommand(instance)}, or start another one beside it with --instance NAME.`,
  );
}
