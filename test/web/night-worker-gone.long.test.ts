/**
 * The first of the three nights of docs/operating.md, from its first step to its last: the only worker is killed, an operator at the desk
 * and users in the web client, all in Chromium, on a stack of its own.
 */

import { DEFAULT_TASK_QUEUE } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { Timestamp } from 'firebase-admin/firestore';
import type { Page } from 'playwright-core';
import { expect, it as plain } from 'vitest';
import { signal } from '../../local/processes/marked.ts';
import { type RunningStack, startStack } from '../../local/stack/start-stack.ts';
import { atDesk, because } from './at-desk.ts';
import { findAll, newcomer, NIGHT_MS, openFrom, rowsOf, scanIn, untilIs, watchOf } from './night.ts';
import { completed, goodPhotos, openStage, type Stage, startScan } from './stage.ts';

const NIGHT = 'web-night';

/** How long a worker has said nothing when the desk no longer counts it (s). */
const SILENT_SECONDS = 90;

interface Night {
  readonly stack: RunningStack;
  readonly stage: Stage;
}

// oxlint-disable-next-line eslint/no-empty-pattern -- Vitest reads there which fixtures this one takes: none.
const it = plain.extend('night', { scope: 'file' }, async ({}, { onCleanup }): Promise<Night> => {
  const stack = await startStack({
    instance: NIGHT,
    pace: 0.02,
    scheduled: false,
    web: true,
    mayEnd: ['worker-1'],
    // The alert's two minutes pass while the desk waits for the worker's silence.
    monitoring: { windows: 0.1 },
  });
  let stage: Stage | undefined;
  onCleanup(async () => {
    await stage?.close();
    await stack.stop();
  });
  stage = await openStage([], NIGHT);
  return { stack, stage };
});

/** For how long the queue of scans has heard nothing of any worker (s), by Temporal's own record. */
async function silentSeconds({ servers: { temporal, stack } }: Stage): Promise<number> {
  const pollers = await Promise.all(
    [1, 2].map(async (taskQueueType) => {
      const { temporalNamespace: namespace } = stack;
      const taskQueue = { name: DEFAULT_TASK_QUEUE };
      const asked = { namespace, taskQueue, taskQueueType };
      return (await temporal.workflowService.describeTaskQueue(asked)).pollers ?? [];
    }),
  );
  const last = Math.max(...pollers.flat().map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0)));
  return Date.now() / 1000 - last;
}

/** What Watch says of the queue of scans: how many tasks wait, and how many workers ask for them. */
async function queueAt(desk: Page): Promise<{ waiting: number; workers: number }> {
  const [row = []] = await rowsOf(desk, 'Task queues', new RegExp(`^${DEFAULT_TASK_QUEUE} `));
  const [waiting = NaN, workers = NaN] = row.map(Number);
  return { waiting, workers };
}

// A second try would find its stack without the first worker.
it('the worker is gone', { timeout: NIGHT_MS, retry: 0 }, async ({ night: { stack, stage } }) => {
  const { db } = stage.servers;
  const running = await newcomer(stage);
  await running.model.fault({ step: 'qualityCheck', kind: 'hang' });
  const begun = await scanIn(running.page);
  await running.model.untilStruck();
  signal(-stack.addresses.workerPids[0]!, 'SIGKILL');
  const desk = await atDesk(stage, 'operator');
  const [unseen, hurried, late] = await Promise.all([newcomer(stage), newcomer(stage), newcomer(stage)]);
  const [waiting, soon] = [await scanIn(unseen.page), await scanIn(hurried.page)];
  await untilIs(stage, waiting, 'queued');
  await untilIs(stage, soon, 'queued');

  // Watch shows no worker at the queue, and what waits there.
  await expect
    .poll(() => silentSeconds(stage), { timeout: 120_000, interval: 500 })
    .toBeGreaterThan(SILENT_SECONDS + 1);
  await watchOf(desk, '6 h');
  await expect.poll(() => queueAt(desk), { timeout: 30_000 }).toMatchObject({ workers: 0 });
  expect((await queueAt(desk)).waiting).toBeGreaterThan(0);
  // The alert says so, and where its runbook is.
  const [alert] = await rowsOf(desk, 'Alerts', /^NoWorkerPolling /);
  expect(alert).toEqual([
    'page',
    expect.any(String),
    'No worker takes scans',
    expect.stringMatching(/docs\/runbooks\/NoWorkerPolling\.md$/),
  ]);

  // The list of what is stuck for 600 seconds grows: a scan is as old as that once its document says so.
  const stuck = (...scans: string[]) => findAll(desk, 'Stuck for (s)', '600', scans);
  const elevenMinutesAgo = Timestamp.fromMillis(Date.now() - 660_000);
  const age = (scanId: string) => db.doc(paths.scan(scanId)).update({ createdAt: elevenMinutesAgo });
  await age(begun);
  await stuck(begun);
  await desk.getByText('1 scan is shown.').waitFor();
  await Promise.all([waiting, soon].map(age));
  await stuck(begun, waiting, soon);

  // In each way stands an activity that waits, with the timeout of a worker that was lost with it, or the workflow's own task.
  const outcomes = async (what: string) =>
    (await rowsOf(desk, 'Timeline', new RegExp(` ${what} activity`))).map((cells) => cells[6]);
  await openFrom(desk, begun);
  expect(await outcomes('qualityCheck')).toEqual(['waits timeout']);
  await stuck(waiting);
  await openFrom(desk, waiting);
  expect(await outcomes('workflow task')).toEqual(['waits']);

  // No new scans: users are told, and nothing piles up.
  await desk.getByRole('link', { name: 'Watch' }).click();
  await because(desk, 'Take no new scans', 'INC-1');
  await desk.getByText(/^No new scans are taken\. 3 have not ended/).waitFor();
  await startScan(late.page, await goodPhotos());
  await late.page.getByText('No new scans are taken right now').waitFor({ timeout: 60_000 });

  // A scan that has to end now.
  const paid = await hurried.credits();
  await stuck(soon);
  await openFrom(desk, soon);
  await because(desk, 'End as failed, with refund', 'INC-1');
  await desk.getByText('Done: the scan is failed now.').waitFor();
  expect(await hurried.credits()).toBe(paid + 1);

  // Workers start, and what waits goes on by itself.
  await stack.addWorker();
  await completed(running.page);
  await completed(unseen.page);
  await watchOf(desk, '1 h');
  await expect.poll(() => queueAt(desk), { timeout: 90_000 }).toEqual({ waiting: 0, workers: 1 });
  await desk.getByText('It is drained: nothing runs any more.').waitFor({ timeout: 60_000 });
  await because(desk, 'Take new scans again', 'INC-1');
  await desk.getByText(/^New scans are taken\./).waitFor();
  await late.page.getByRole('button', { name: 'Try again' }).click();
  await completed(late.page);
});
