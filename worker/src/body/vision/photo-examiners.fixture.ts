/** The processes in which a worker examines photos, as Linux's /proc shows them. */

import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of the processes in which the worker `pid` examines photos. */
export function photoExaminersOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        // After the program's name in parentheses come the state and the parent's process id.
        const parent = Number(readFileSync(`/proc/${child}/stat`, 'latin1').split(') ')[1]!.split(' ')[1]);
        return parent === pid && readFileSync(`/proc/${child}/cmdline`, 'latin1').includes('photo-examiner');
      } catch {
        return false; // It has ended since it was listed.
      }
    });
}
