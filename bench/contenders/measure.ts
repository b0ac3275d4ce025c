/** The measurements of one engine: a scan alone, many at once, and a worker that is killed. */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '@reddyfit/shared/names/paths';
import type { StepName } from '@reddyfit/shared/scan/steps';
import type { Firestore } from 'firebase-admin/firestore';
import type { Child } from '../../local/stack/child.ts';
import { within } from '../cost/deadline.ts';
import { coreSeconds, memoryMiB } from '../cost/usage.ts';
import type { Contender, Setting } from './contender.ts';
import { type Model, stepMs } from './model.ts';
import { ORDER } from './order.ts';
import { endWorker } from './processes.ts';
import { wentBack } from './shown.ts';
import { isCompleted, watch } from './watch.ts';

/** An engine with its worker, and how that was started. */
export interface Running {
  readonly contender: Contender;
  worker: Child;
  setting: Setting;
}

export interface Bench {
  readonly db: Firestore;
  readonly model: Model;
}

/** One scan alone: from the call that starts it to `completed` on the listener, and processor time of worker and server (s). */
export interface Alone {
  readonly seconds: number;
  readonly coreSeconds: number;
}

/** Many scans at once. */
export interface Together {
  readonly perSecond: number;
  /** Processor time of worker and server for each scan (s). */
  readonly coreSeconds: number;
  /** Memory of worker and server after it (MiB, shared memory counted once). */
  readonly workerMiB: number;
  readonly serverMiB: number;
}

/** When a worker is killed: while the model thinks about a step, or as soon as the listener sees the step's result. */
export type Moment = 'middle' | 'shown';

/** What a killed worker did to the scan that it ran, while the next worker was started at once. */
export interface Recovered {
  /** From the kill to the next question to the model (s); absent where nobody saw the questions. */
  readonly goesOn?: number;
  /** From the call that starts the scan to its end (s). */
  readonly seconds: number;
  /** The number of steps that ran more than once. */
  readonly twice: number;
  readonly wentBack: boolean;
}

const used = ({ contender, worker }: Running) => coreSeconds(contender.server.pid) + coreSeconds(worker.pid);

const submitted = { status: 'submitted', progress: 0, results: {} };

/** Writes a scan's document and starts its workflow. */
async function begin({ db, model }: Bench, { contender, setting }: Running, scanId: string, pace: number) {
  const document = db.doc(paths.scan(scanId));
  await document.set(submitted);
  model.setPace(scanId, pace);
  const watched = await watch(document);
  const completed = watched.until(isCompleted);
  completed.catch(() => undefined);
  const begun = performance.now();
  await contender.start(scanId, setting);
  return { scanId, watched, completed, begun };
}

export async function scanAlone(bench: Bench, running: Running, pace: number): Promise<Alone> {
  const before = used(running);
  const { watched, completed, begun } = await begin(bench, running, randomUUID(), pace);
  try {
    const seconds = ((await completed) - begun) / 1000;
    return { seconds, coreSeconds: used(running) - before };
  } finally {
    watched.stop();
  }
}

/** How long many scans at once may take (ms). */
const TOGETHER_MS = 240_000;

/** Looks for the last documents so often (ms), once the model has answered their last step. */
const LOOK_MS = 50;

/** How long a scan may take to the step in which it is to be hit (ms). */
const HIT_MS = 120_000;

export async function scansTogether(
  bench: Bench,
  running: Running,
  count: number,
  pace: number,
): Promise<Together> {
  const { db, model } = bench;
  const ids = Array.from({ length: count }, () => randomUUID());
  const documents = ids.map((scanId) => db.doc(paths.scan(scanId)));
  const batch = db.batch();
  for (const document of documents) batch.set(document, submitted);
  await batch.commit();
  for (const scanId of ids) model.setPace(scanId, pace);
  // Without listeners, of which so many would take as much of the processor as the scans.
  const lastSteps = ids.map((scanId) =>
    model.nextCall((call) => call.scanId === scanId && call.step === ORDER.at(-1)),
  );
  const before = used(running);
  const begun = Date.now();
  await Promise.all(ids.map((scanId) => running.contender.start(scanId, running.setting)));
  await within(`${count} scans on ${running.contender.name}`, TOGETHER_MS, Promise.all(lastSteps));
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- it waits
    const snapshots = await db.getAll(...documents);
    if (snapshots.every((snapshot) => snapshot.get('status') === 'completed')) {
      const ended = Math.max(...snapshots.map(({ updateTime }) => updateTime!.toMillis()));
      return {
        perSecond: (count * 1000) / (ended - begun),
        coreSeconds: (used(running) - before) / count,
        workerMiB: memoryMiB(running.worker.pid),
        serverMiB: memoryMiB(running.contender.server.pid),
      };
    }
    // oxlint-disable-next-line no-await-in-loop -- it waits
    await wait(LOOK_MS);
  }
}

/** Sees that the worker is one of this setting. */
export async function settle(running: Running, setting: Setting): Promise<void> {
  if (running.setting === setting) return;
  await endWorker(running.worker);
  running.worker = await running.contender.startWorker(setting);
  running.setting = setting;
}

export interface Kill {
  readonly step: StepName;
  readonly moment: Moment;
  readonly pace: number;
  /** How many scans the worker runs, all in the same step. */
  readonly scans: number;
}

/** Kills a worker with SIGKILL in its scans, and starts the next one at once, as whatever supervises workers would. */
export async function recover(bench: Bench, running: Running, kill: Kill): Promise<Recovered[]> {
  const { model } = bench;
  const { step, moment, pace } = kill;
  const ids = Array.from({ length: kill.scans }, () => randomUUID());
  const asked = ids.map((id) => model.nextCall((call) => call.scanId === id && call.step === step));
  const scans = await Promise.all(ids.map((id) => begin(bench, running, id, pace)));
  try {
    if (moment === 'middle') {
      await within(`${step} of a scan that is to be hit`, HIT_MS, Promise.all(asked));
      await wait(stepMs(step, pace) / 2);
    } else
      await Promise.all(
        scans.map(({ watched }) => watched.until(({ results }) => results?.[step] !== undefined)),
      );
    const killed = performance.now();
    process.kill(running.worker.pid, 'SIGKILL');
    await running.worker.ended;
    running.worker = await running.contender.startWorker(running.setting);
    return await Promise.all(
      scans.map(async ({ scanId, watched, completed, begun }) => {
        const seconds = ((await completed) - begun) / 1000;
        const calls = model.callsOf(scanId);
        const next = calls.find(({ at }) => at > killed);
        return {
          ...(next && { goesOn: (next.at - killed) / 1000 }),
          seconds,
          twice: calls.length - new Set(calls.map((call) => call.step)).size,
          wentBack: wentBack(watched.states),
        };
      }),
    );
  } finally {
    for (const { watched } of scans) watched.stop();
  }
}
