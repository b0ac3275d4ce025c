/** The measurements of one turn of a version. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Angle } from '@reddyfit/shared/scan/photos';
import { countDocuments } from './count-firestore.ts';
import type { Sender } from './scans.ts';
import type { BenchStack } from './stack.ts';
import { startOnce } from './start-seconds.ts';
import { coreSeconds, memoryMiB } from './usage.ts';

export const VERSIONS = ['before', 'today'] as const;
export type Version = (typeof VERSIONS)[number];

const SIZES = ['2 MP', '12 MP'] as const;
export type Size = (typeof SIZES)[number];

/** One value for each turn, except for the times of verdict and body fat: these have one value for each scan. */
export interface Figures {
  /** From the start of a worker's process to its first poll: elapsed time and CPU time (s). */
  readonly startSeconds: number[];
  readonly startCoreSeconds: number[];
  /** CPU time of the worker and its children for each scan (s). */
  readonly coreSeconds: Record<Size, number[]>;
  /** From the document to the verdict on the photos, and to the first body fat (s). */
  readonly verdict: number[];
  readonly bodyFat: number[];
  /** Temporal's actions in the history of a scan, and the heartbeats of a scan, which are no part of the history. */
  readonly actions: number[];
  readonly heartbeats: number[];
  /** Memory of the worker and its children (MiB): after the turn's scans, and the maximum while eight scans run at once. */
  readonly memoryAfter: number[];
  readonly memoryPeak: number[];
  /** Documents that the worker reads and writes for one scan: reads for a user without and with 300 earlier scans. */
  readonly reads: Record<'none' | 'many', number[]>;
  readonly writes: number[];
}

/** The earlier scans of the user with a long history. */
const MANY = 300;

/** The number of scans that run at once when the maximum of the memory is measured. */
const CROWD = 8;

/** How long to wait for what follows a scan's end (push, memory, events), which is part of its cost (ms). */
const AFTERMATH_MS = 3000;

/**
 * Time between two measurements of the memory (ms): in each, the kernel walks all pages of the worker, which takes some ten
 * milliseconds of a core.
 */
const LOOK_MS = 1000;

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** Runs scans that are not counted: the first scans of a worker compile what all later scans use. */
export async function warmUp(sender: Sender, photos: Record<Size, Record<Angle, Buffer>>): Promise<void> {
  const uid = await sender.settle(0);
  // oxlint-disable-next-line no-await-in-loop -- one after another
  for (const size of [...SIZES, ...SIZES]) await sender.scan(uid, photos[size]);
}

/**
 * Measures one start of a worker; scans one after another, for times and costs; eight scans at once, for the memory; and two
 * scans whose documents are counted. Resolves with how many of the eight did not complete: on a machine with other load they
 * may exceed the time limit of a step.
 */
export async function measureRound(
  bench: BenchStack,
  sender: Sender,
  photos: Record<Size, Record<Angle, Buffer>>,
  { scans, into }: { scans: number; into: Figures },
): Promise<number> {
  const { workerPid } = bench;
  const start = await startOnce(bench);
  into.startSeconds.push(start.seconds);
  into.startCoreSeconds.push(start.coreSeconds);
  const uid = await sender.settle(0);
  for (const size of SIZES) {
    const [cpu, beats] = [coreSeconds(workerPid), await sender.heartbeats()];
    const watched = [];
    // oxlint-disable-next-line no-await-in-loop -- one scan after another is what is measured
    for (let scan = 0; scan < scans; scan++) watched.push(await sender.scan(uid, photos[size]));
    await wait(AFTERMATH_MS);
    into.coreSeconds[size].push((coreSeconds(workerPid) - cpu) / scans);
    into.heartbeats.push(((await sender.heartbeats()) - beats) / scans);
    into.verdict.push(...watched.map(({ verdict }) => verdict));
    into.bodyFat.push(...watched.map(({ bodyFat }) => bodyFat));
    // oxlint-disable-next-line no-await-in-loop -- after the scans
    const counts = await Promise.all(watched.map(({ scanId }) => sender.actions(scanId)));
    into.actions.push(mean(counts.map(({ actions }) => actions)));
  }
  into.memoryAfter.push(memoryMiB(workerPid));

  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, memoryMiB(workerPid))), LOOK_MS);
  const crowd = await Promise.allSettled(
    Array.from({ length: CROWD }, () => sender.scan(uid, photos['2 MP'])),
  );
  clearInterval(timer);
  into.memoryPeak.push(peak);
  await wait(AFTERMATH_MS);

  const documents = await countDocuments(bench);
  try {
    for (const [history, past] of [
      ['none', 0],
      ['many', MANY],
    ] as const) {
      const user = await sender.settle(past);
      // The first scan that reads a long history makes its summary, once.
      // oxlint-disable-next-line no-await-in-loop -- one after another
      if (past > 0) await sender.scan(user, photos['2 MP']);
      if (past > 0) await wait(AFTERMATH_MS);
      const before = await documents.read();
      await sender.scan(user, photos['2 MP']);
      await wait(AFTERMATH_MS);
      const after = await documents.read();
      into.reads[history].push(after.reads - before.reads);
      if (history === 'none') into.writes.push(after.writes - before.writes);
    }
  } finally {
    await documents.close();
  }
  return crowd.filter(({ status }) => status === 'rejected').length;
}
