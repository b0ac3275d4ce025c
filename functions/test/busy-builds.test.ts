/** Which builds' tasks stand in the way of a scan: a real server's queue with two builds of the worker, polled by hand. */

import { randomUUID } from 'node:crypto';
import { DAILY_SCAN_WORKFLOW } from '@reddyfit/shared/names/ids';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { backlogCounter, type Build } from '../src/scans/queue/queue-backlog.ts';
import { workflowsAt } from './scan-fixture.ts';
import { NORMAL, stepTasks } from './step-tasks.ts';

/** Temporal's enums by their numbers. */
const ACTIVITIES = 2;
const VERSIONED = 2;
const PINNED = 1;

/** How long a server may take to count a queue anew (ms). */
const COUNTED_MS = 20_000;

const namespace = 'default';
const deploymentName = `scans-${randomUUID()}`;
const taskQueue = `builds-${randomUUID()}`;
let workflows: Awaited<ReturnType<typeof workflowsAt>>;
beforeAll(async () => {
  workflows = await workflowsAt(inject('temporal'));
});
afterAll(async () => {
  vi.useRealTimers();
  await workflows.close();
});

const service = () => workflows.client.connection.workflowService;
const within = <Answer>(ms: number, ask: () => Promise<Answer>) =>
  workflows.client.withDeadline(Date.now() + ms, ask);

/** The polls of a worker of a build. */
function workerOf(buildId: string) {
  const deploymentOptions = { deploymentName, buildId, workerVersioningMode: VERSIONED };
  const of = { namespace, identity: `worker of ${buildId}`, deploymentOptions };
  const queue = { name: taskQueue, kind: NORMAL };
  return {
    deploymentOptions,
    /** Resolves with a task or, when there is none for a moment, without one. */
    pollActivities: () =>
      within(2500, () => service().pollActivityTaskQueue({ ...of, taskQueue: queue })).catch(() => null),
    pollWorkflows: (ms: number) =>
      within(ms, () => service().pollWorkflowTaskQueue({ ...of, taskQueue: queue })).catch(() => null),
  };
}

/** Makes a build current, once it has polled. */
const makeCurrent = (buildId: string) =>
  vi.waitFor(
    () =>
      service().setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId,
        identity: 'by hand',
      }),
    { timeout: COUNTED_MS, interval: 500 },
  );

/** Has a workflow of the current build, which is this worker's, schedule as many tasks of steps as said. */
async function fill(worker: ReturnType<typeof workerOf>, tasks: number) {
  const workflowId = randomUUID();
  const taken = worker.pollWorkflows(15_000);
  await workflows.client.workflow.start(DAILY_SCAN_WORKFLOW, { workflowId, taskQueue, args: [] });
  const commands = stepTasks(taskQueue, tasks);
  await service().respondWorkflowTaskCompleted({
    namespace,
    identity: 'by hand',
    taskToken: (await taken)!.taskToken,
    commands,
    versioningBehavior: PINNED,
    deploymentOptions: worker.deploymentOptions,
  });
}

const counter = backlogCounter((request) => request(service()), { namespace, taskQueue });
const count = (told: readonly Build[] = []) => counter(Promise.resolve(told));
const counted = (backlog: number) =>
  vi.waitFor(async () => expect((await count()).backlog).toBe(backlog), {
    timeout: COUNTED_MS,
    interval: 500,
  });

it('tasks that are pinned to a build whose workers are gone are in no scan’s way', async () => {
  const [dead, alive] = [workerOf('dead'), workerOf('alive')];
  await Promise.all([dead.pollActivities(), dead.pollWorkflows(2500)]);
  await makeCurrent('dead');
  await fill(dead, 7);
  await counted(7);

  await Promise.all([alive.pollActivities(), alive.pollWorkflows(2500)]);
  await makeCurrent('alive');
  await fill(alive, 3);
  // The workers of the earlier build still take what is theirs.
  await counted(10);

  // A minute and a half later nobody has polled for it. The current build counts, whoever polls.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 91_000 });
  await counted(3);
  // A worker whose slots are all taken does not poll. Its heartbeats tell of it.
  expect((await count([{ deploymentName, buildId: 'dead' }])).backlog).toBe(10);
  // Temporal itself adds all of them up.
  const total = async () => {
    const queue = { namespace, taskQueue: { name: taskQueue }, taskQueueType: ACTIVITIES };
    const { stats } = await service().describeTaskQueue({ ...queue, reportStats: true });
    return Number(stats?.approximateBacklogCount);
  };
  await expect.poll(total, { timeout: COUNTED_MS, interval: 500 }).toBe(10);
}, 120_000);
