/** What one turn of a version measures. */

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

/** One value a turn, but for the times of verdict and body fat, of which there is one a scan. */
export interface Figures {
  /** From a worker's process to its first poll: by the clock, and of the processor (s). */
  readonly startSeconds: number[];
  readonly startCoreSeconds: number[];
  /** Processor time of the worker and its children, a scan (s). */
  readonly coreSeconds: Record<Size, number[]>;
  /** From the document to the photos' verdict, and to the first body fat (s). */
  readonly verdict: number[];
  readonly bodyFat: number[];
  /** Temporal's actions by a scan's history, and beats beside them, a scan. */
  readonly actions: number[];
  readonly heartbeats: number[];
  /** Memory of the worker and its children (MiB): after the turn's scans, and the most while eight go on at once. */
  readonly memoryAfter: number[];
  readonly memoryPeak: number[];
  /** Documents that the worker reads and writes a scan: of a user without and with 300 earlier scans. */
  readonly reads: Record<'none' | 'many', number[]>;
  readonly writes: number[];
}

/** Earlier scans of the user who has many. */
const MANY = 300;

/** Scans at once for the most memory. */
const CROWD = 8;

/** What follows a scan's end (push, memory, events) belongs to its cost (ms). */
const AFTERMATH_MS = 3000;

/** Between two looks at the memory (ms): each walks all pages of the worker in the kernel and takes some ten milliseconds of a core. */
const LOOK_MS = 1000;

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** A worker's first scans compile what all later ones use: they are not counted. */
export async function warmUp(sender: Sender, photos: Record<Size, Record<Angle, Buffer>>): Promise<void> {
  const uid = await sender.settle(0);
  // oxlint-disable-next-line no-await-in-loop -- one after another
  for (const size of [...SIZES, ...SIZES]) await sender.scan(uid, photos[size]);
}

/**
 * A start, one scan after another for times and costs, then eight at once for the memory, and two whose documents are counted. Resolves with how many
 * of the eight did not complete: at once they may take longer than a step has time on a machine that does something else, too.
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
    into.actions.push(mean(await Promise.all(watched.map(({ scanId }) => sender.actions(scanId)))));
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
      // What is kept of a long history is made once, by the first scan that reads it.
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
