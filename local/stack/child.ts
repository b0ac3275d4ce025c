/** One server of the stack as a child process: in its own process group, its output in its own log. */

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { signal } from '../processes/marked.ts';

export interface ChildOptions {
  /** The name that messages use. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Path of its log, which is overwritten. */
  readonly log: string;
  /** Runs it as another user; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
  /** Resolves when it has ended, with a phrase like "exited with code 1". Never rejects. */
  readonly ended: Promise<string>;
  readonly running: () => boolean;
  /** Sends SIGTERM to its group, and SIGKILL when it still runs after `graceMs`. Resolves when it has ended. */
  stop(graceMs: number): Promise<void>;
}

/** Starts a child. Throws when the command cannot be run. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, args, env, cwd, log, user } = options;
  // The child writes to the file itself, so its log outlives the launcher, and the child never writes to a dead
  // launcher's pipe.
  const output = openSync(log, 'w');
  const stdio = ['ignore', output, output] as const;
  const child = spawn(command, args, { cwd, env, stdio: [...stdio], detached: true, ...user });
  closeSync(output);

  let running = true;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signalName) => {
      running = false;
      resolve(signalName === null ? `exited with code ${code}` : `was ended by ${signalName}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Error(`${name} could not be run: ${command}`, { cause })));
  });
  const pid = child.pid!;

  return {
    name,
    pid,
    log,
    ended,
    running: () => running,
    async stop(graceMs) {
      if (!running) return;
      signal(-pid, 'SIGTERM');
      await Promise.race([ended, wait(graceMs, undefined, { ref: false })]);
      if (running) signal(-pid, 'SIGKILL');
      await ended;
    },
  };
}

/** The last 20 lines of a log, for an error message. */
export function logTail(path: string): string {
  try {
    const text = readFileSync(path, 'utf8').trimEnd();
    return text
      .split('\n')
      .slice(-20)
      .map((line) => `    ${line}`)
      .join('\n');
  } catch {
    return '    (no log)';
  }
}
