/**
 * How long the web workers of a browser have had a processor, read from Linux's /proc. Other work on the machine makes a
 * look late, but hardly makes it cost more.
 */

import { readdir, readFile } from 'node:fs/promises';

/** The name that Chromium gives to the thread of a web worker. */
const WORKER = /^DedicatedWorker/;

/** The processor time (ms) of all web workers in browsers that this process started; undefined where there is no /proc. */
export async function workerTime(): Promise<number | undefined> {
  try {
    return await timeBelow(process.pid);
  } catch {
    return undefined;
  }
}

async function timeBelow(pid: number): Promise<number> {
  const threads = `/proc/${pid}/task`;
  const times = (await readdir(threads)).map(async (thread) => {
    const [name, schedule, children] = await Promise.all(
      ['comm', 'schedstat', 'children'].map((file) => readFile(`${threads}/${thread}/${file}`, 'utf8')),
    );
    const below = await Promise.all((children!.match(/\d+/g) ?? []).map((child) => timeBelow(Number(child))));
    // The first number is the time on a processor (ns).
    const own = WORKER.test(name!) ? Number(schedule!.split(' ')[0]) / 1e6 : 0;
    return own + sum(below);
  });
  // A thread or a process that ends meanwhile is not counted.
  const settled = await Promise.allSettled(times);
  return sum(settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
}

const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0);
