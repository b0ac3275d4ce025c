/** Identifies a process by its pid and its start time, since the system reuses a pid alone. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const processIdentity = z.strictObject({
  pid: z.int().positive(),
  /** The start time in the operating system's own format; it is only compared. */
  started: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** Identity of a running process, or null when there is none (a zombie counts as gone). */
export function identify(pid: number): ProcessIdentity | null {
  const started = process.platform === 'linux' ? startedByProc(pid) : startedByPs(pid);
  return started === null ? null : { pid, started };
}

/** True while this very process runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** Start time in clock ticks since boot, with the boot's id, since ticks repeat after a restart. */
function startedByProc(pid: number): string | null {
  try {
    return parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'), bootId());
  } catch {
    return null;
  }
}

/**
 * Reads a line of /proc/<pid>/stat. The command's name may hold spaces and brackets, so fields are counted from the last
 * closing bracket.
 */
export function parseProcStat(stat: string, boot: string): string | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === undefined || startTicks === undefined || state === 'Z' || state === 'X') return null;
  return `${boot}:${startTicks}`;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function startedByPs(pid: number): string | null {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const [state = '', ...started] = stdout.trim().split(/\s+/);
  if (status !== 0 || state === '' || state.startsWith('Z')) return null;
  return started.join(' ');
}
