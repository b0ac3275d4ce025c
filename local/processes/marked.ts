/**
 * Finds and ends the processes that carry a mark in their environment. Environments are inherited, so the mark reaches
 * grandchildren that left their parent's process group (firebase-tools detaches its emulators) and stays with them after
 * their parent is gone; and a reused pid never carries it. Written by hand, since tree-kill follows pids from parent to
 * child and finds nothing once the launcher has been killed.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './identity.ts';

/** The environment variable that marks what belongs to a stack; its value is the instance's folder. */
export const MARK = 'REDDYFIT_STACK';

/**
 * Running processes marked with `value`, except this one. The system shows only the environments of the caller's own
 * processes.
 */
export function markedProcesses(value: string): ProcessIdentity[] {
  const assignment = `${MARK}=${value}`;
  const pids = process.platform === 'linux' ? markedByProc(assignment) : markedByPs(assignment);
  return pids
    .filter((pid) => pid !== process.pid)
    .map(identify)
    .filter((identity) => identity !== null);
}

function markedByProc(assignment: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(assignment);
      } catch {
        return false;
      }
    })
    .map(Number);
}

function markedByPs(assignment: string): number[] {
  const { stdout } = spawnSync('ps', ['-Eww', '-ax', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return parsePs(stdout, assignment);
}

/** Reads the lines of `ps -E`: a pid, then the command with its environment, separated by spaces. */
export function parsePs(output: string, assignment: string): number[] {
  return output
    .split('\n')
    .filter((line) => `${line} `.includes(` ${assignment} `))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid > 0);
}

/**
 * Sends SIGKILL to each process that is still the identified one, and waits until these are gone (at most 5 s). Resolves
 * with the processes that were running.
 */
export async function killNow(identities: readonly ProcessIdentity[]): Promise<ProcessIdentity[]> {
  const running = identities.filter(isRunning);
  for (const { pid } of running) signal(pid, 'SIGKILL');
  for (const deadline = Date.now() + 5000; running.some(isRunning) && Date.now() < deadline;) await wait(20);
  return running;
}

/**
 * Kills all processes marked with `value`, and repeats this (at most five times) until none is found. Resolves with the
 * number of processes that it killed.
 */
export async function killMarked(value: string): Promise<number> {
  let killed = 0;
  for (let round = 0; round < 5; round++) {
    const found = markedProcesses(value);
    if (found.length === 0) break;
    killed += (await killNow(found)).length;
  }
  return killed;
}

/** Sends a signal; a process that is gone is fine. A negative pid names a process group. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
