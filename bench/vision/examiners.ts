/** CPU time and memory of this process and the photo examiners that it has started, from Linux's /proc. */

import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Processor time so far (ms). */
  readonly cpuMs: number;
  /** Resident memory now (MiB). */
  readonly rssMiB: number;
}

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** The usage of this process and of those examiners that are its children now, added up. Throws where there is no /proc. */
export function usage(): Usage {
  const examiners = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isExaminer(Number(name)));
  const all = [String(process.pid), ...examiners].map(usageOf);
  const sum = (field: keyof Usage) => all.reduce((total, each) => total + each[field], 0);
  return { cpuMs: sum('cpuMs'), rssMiB: sum('rssMiB') };
}

/** The fields of /proc/<pid>/stat from the third on. */
const statOf = (pid: string) => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ', 2)[1]!.split(' ');

function isExaminer(pid: number): boolean {
  try {
    const child = Number(statOf(String(pid))[1]) === process.pid;
    return child && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('photo-examiner');
  } catch {
    return false;
  }
}

function usageOf(pid: string): Usage {
  const stat = statOf(pid);
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return {
    cpuMs: (Number(stat[11]) + Number(stat[12])) * TICK_MS,
    rssMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  };
}
