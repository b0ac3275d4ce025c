/** CPU time and memory of a process and all its descendants, from Linux's /proc. */

import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

/** The fields of /proc/<pid>/stat from the third on; null when the process is gone. */
function statOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ', 2)[1]!.split(' ');
  } catch {
    return null;
  }
}

/** A process and its running descendants. */
function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const stat = statOf(Number(name));
    if (stat) parents.set(Number(name), Number(stat[1]));
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

/** CPU time so far (s), including that of children that have ended. */
export function coreSeconds(root: number): number {
  const ticks = treeOf(root).map((pid) => {
    const [user, system, children, childrenSystem] = (statOf(pid) ?? []).slice(11, 15).map(Number);
    return (user ?? 0) + (system ?? 0) + (children ?? 0) + (childrenSystem ?? 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS;
}

/** Resident memory now (MiB). Memory that processes share is counted once (PSS). */
export function memoryMiB(root: number): number {
  const kib = treeOf(root).map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kib.reduce((sum, each) => sum + each, 0) / 1024;
}
