/**
 * Ends the stack of an instance from outside its launcher: when the launcher's terminal is gone, or the launcher itself.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { claimant } from '../processes/claim.ts';
import { isRunning } from '../processes/identity.ts';
import { killNow, signal } from '../processes/marked.ts';
import { endLeftovers } from './leftovers.ts';
import { instanceDir, launcherPath, removeStack } from './stack-file.ts';

export interface Stopped {
  /** The launcher that was told to end, or null when none was running. */
  readonly launcher: number | null;
  /** How many processes had to be killed: those whose launcher is gone, and those that did not end in time. */
  readonly killed: number;
}

/**
 * Tells the launcher to end, which ends everything in order, and kills what still runs after `graceMs`. Resolves once
 * nothing of the instance runs. A second call finds nothing to end.
 */
export async function stopStack(instance: string, graceMs: number): Promise<Stopped> {
  const dir = instanceDir(instance);
  const launcher = claimant(launcherPath(dir));
  if (launcher) {
    signal(launcher.pid, 'SIGTERM');
    for (const deadline = Date.now() + graceMs; isRunning(launcher) && Date.now() < deadline;) await wait(50);
  }
  const stuck = launcher ? await killNow([launcher]) : [];
  const killed = stuck.length + (await endLeftovers(dir));
  removeStack(instance);
  return { launcher: launcher?.pid ?? null, killed };
}
