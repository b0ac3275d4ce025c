import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as work } from 'node:timers/promises';
import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { scanPriority } from '@reddyfit/shared/temporal/priority';
import { NOMINAL_SECONDS, STEP_NAMES } from '@reddyfit/shared/scan/steps';
import type { DailyScanInput, DailyScanResult } from '@reddyfit/shared/temporal/workflows';
import { Context } from '@temporalio/activity';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { slotsFor } from '../src/platform/concurrency.ts';
import { createShortWorker } from '../src/scan/short-worker.ts';
import type { Activities } from '../src/scan/activities.ts';
import type { ScanUpdate } from '../src/scan/scan-store.ts';
import { ANSWER_NOTHING, RESULTS } from '../src/trial/trial-results.ts';
import { type TemporalStage, temporalStage } from './temporal-stage.ts';

/** A step takes this share of its nominal seconds: long enough that the server's own work takes little time beside it. */
const PACE = 0.05;
const BURST = 50;
/** The number of scans at once in the seed requirements: 15 activities. */
const SCANS_AT_ONCE = 5;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let stage: TemporalStage;
beforeAll(async () => void (stage = await temporalStage()), 120_000);
afterAll(() => stage.close());

/**
 * Starts one worker on a queue of its own. Each of its steps takes its nominal time multiplied by `pace`, and `scans`
 * scans run at once. `begun` counts the steps that have begun; `onWrite` is called for each write to a document.
 */
async function oneWorker({
  scans = SCANS_AT_ONCE,
  pace = PACE,
  onWrite = () => undefined,
}: { scans?: number; pace?: number; onWrite?: (update: ScanUpdate) => void } = {}) {
  const taskQueue = randomUUID();
  const counts = { begun: 0 };
  const steps = STEP_NAMES.map((name) => [
    name,
    async () => {
      counts.begun++;
      const context = Context.current();
      const beating = setInterval(() => context.heartbeat(), 1000);
      try {
        await work(NOMINAL_SECONDS[name] * pace * 1000, undefined, { signal: context.cancellationSignal });
      } finally {
        clearInterval(beating);
      }
      return RESULTS[name];
    },
  ]);
  const others = ANSWER_NOTHING.map((name) => [name, async () => undefined]);
  const activities = {
    ...Object.fromEntries([...steps, ...others]),
    updateFirestore: async (update: ScanUpdate) => {
      onWrite(update);
      return { outcome: 'applied' };
    },
  } as unknown as Activities;
  const { connection, workflowBundle } = stage;
  const options = { connection, taskQueue, workflowBundle, shutdownGraceTime: 0 };
  const workers = await Promise.all([
    Worker.create({ ...options, activities, ...slotsFor({ scans }, 0) }),
    createShortWorker(options, activities),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    taskQueue,
    counts,
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
    },
  };
}

/** Starts a scan of a user in the same way as the functions do. */
function start(taskQueue: string, userId: string) {
  const scanId = randomUUID();
  const photo = (angle: string) => `gs://b/scans/${userId}/${scanId}/${angle}.jpg`;
  const input: DailyScanInput = {
    scanId,
    userId,
    photoUrls: { front: photo('front'), back: photo('back'), left: photo('left'), right: photo('right') },
    subject: { sex: 'male', heightCm: 180, ageYears: 36, weightLb: 180 },
    createdAt: new Date().toISOString(),
    rev: 1,
  };
  return stage.client.workflow.start(DAILY_SCAN_WORKFLOW, {
    workflowId: dailyScanWorkflowId(scanId),
    taskQueue,
    args: [input],
    priority: scanPriority(userId, sha256),
  });
}

/** The time that a scan takes from start to end (s). */
async function timed(taskQueue: string, userId: string): Promise<number> {
  const begun = performance.now();
  const handle = await start(taskQueue, userId);
  expect(((await handle.result()) as DailyScanResult).status).toBe('completed');
  return (performance.now() - begun) / 1000;
}

/** The time that a scan takes alone, and the time that it takes behind another user's burst (s). */
async function measured() {
  const { taskQueue, counts, stop } = await oneWorker();
  try {
    const alone = await timed(taskQueue, 'single');
    const before = counts.begun;
    await Promise.all(Array.from({ length: BURST }, () => start(taskQueue, 'burst')));
    await vi.waitFor(() => expect(counts.begun - before).toBeGreaterThan(SCANS_AT_ONCE * 3), 60_000);
    const behind = await timed(taskQueue, 'single');
    return { alone, behind };
  } finally {
    await stop();
  }
}

it('one user with 50 scans delays the scan of another by no more than a step', async () => {
  const { alone, behind } = await measured();
  const step = NOMINAL_SECONDS.estimation * PACE;
  process.stdout.write(
    `a scan alone ${alone.toFixed(2)} s, behind 50 of another user ${behind.toFixed(2)} s; the longest step ${step} s\n`,
  );
  expect(behind - alone).toBeLessThanOrEqual(step);
}, 240_000);

it('where more scans come than run at once, those that have begun end before others begin', async () => {
  const users = 8;
  const shown = new Set<string>();
  const shownAtEnds: number[] = [];
  const { taskQueue, stop } = await oneWorker({
    scans: 1,
    pace: 0.01,
    onWrite({ scanId, status, steps }) {
      if (steps.estimation.state === 'completed') shown.add(scanId);
      if (status === 'completed') shownAtEnds.push(shown.size);
    },
  });
  try {
    const handles = await Promise.all(
      Array.from({ length: users }, (_, index) => start(taskQueue, `user-${index}`)),
    );
    await Promise.all(handles.map((handle) => handle.result()));
    process.stdout.write(
      `${users} scans at once: body fats shown when each ended ${shownAtEnds.join(', ')}\n`,
    );
    // If users only took turns, nearly all scans would show their body fat before the first one ends.
    expect(shownAtEnds[0]).toBeLessThan(users / 2);
  } finally {
    await stop();
  }
}, 240_000);

it('with one scan at once, statuses and cancellations wait for no slot that model calls hold', async () => {
  const writes = new Map<string, { status: string; at: number }[]>();
  // Steps take half an hour and more, so anything that waits for a slot waits for longer than this test runs.
  const { taskQueue, counts, stop } = await oneWorker({
    scans: 1,
    pace: 100,
    onWrite: ({ scanId, status }) =>
      writes.set(scanId, [...(writes.get(scanId) ?? []), { status, at: performance.now() }]),
  });
  try {
    const handles = await Promise.all(
      Array.from({ length: 10 }, (_, index) => start(taskQueue, `user-${index}`)),
    );
    await vi.waitFor(() => expect(counts.begun).toBe(3), 60_000);
    await vi.waitFor(() => expect(writes.size, 'scans that were shown a status').toBe(10), 60_000);
    const askedAt = performance.now();
    // Cancels the scan whose steps run as well as those whose steps wait for a slot.
    await Promise.all(handles.map((handle) => handle.cancel()));
    const results = (await Promise.all(handles.map((handle) => handle.result()))) as DailyScanResult[];
    expect(results.map(({ status }) => status)).toEqual(handles.map(() => 'canceled'));
    const shown = [...writes.values()].map((all) => all.at(-1)!);
    expect(shown.map(({ status }) => status)).toEqual(handles.map(() => 'canceled'));
    const longest = Math.max(...shown.map(({ at }) => at)) - askedAt;
    process.stdout.write(
      `fixed:1, 10 scans: a cancellation shown after ${(longest / 1000).toFixed(2)} s at most\n`,
    );
  } finally {
    await stop();
  }
}, 240_000);
