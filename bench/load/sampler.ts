/** Samples the machine once a second. */

import { cpus } from 'node:os';
import pidusage from 'pidusage';
import type { Sample } from './figures.ts';

/** Time between two samples (ms). */
const EVERY_MS = 1000;

/** Busy time and total time of all cores since the machine started (ms). */
function clock() {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const { idle, user, nice, sys, irq } = times;
    busy += user + nice + sys + irq;
    all += idle + user + nice + sys + irq;
  }
  return { busy, all };
}

/**
 * Starts to sample the machine and the workers; `open` returns the number of scans under way. `stop` resolves with the
 * samples.
 */
export function sampleMachine(
  workerPids: readonly number[],
  open: () => number,
  startAt: number,
): { stop(): Promise<Sample[]> } {
  const samples: Sample[] = [];
  let before = clock();
  let last = Promise.resolve();
  const look = async () => {
    const now = clock();
    const [busy, all] = [now.busy - before.busy, now.all - before.all];
    before = now;
    // pidusage reports nothing for a worker that has ended.
    const usage = Object.values(await pidusage([...workerPids]).catch(() => ({}))).filter((each) => each);
    samples.push({
      second: (Date.now() - startAt) / 1000,
      busyCores: all > 0 ? (busy / all) * cpus().length : 0,
      workerCores: usage.reduce((sum, { cpu }) => sum + cpu, 0) / 100,
      workerMiB: usage.reduce((sum, { memory }) => sum + memory, 0) / 1024 ** 2,
      open: open(),
    });
  };
  const timer = setInterval(() => (last = last.then(look)), EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await last;
      return samples;
    },
  };
}
