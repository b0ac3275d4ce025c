/** What the desk says of an activity that has not ended: a real server, and a worker's part done by hand, call by call. */

import { randomUUID } from 'node:crypto';
import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { activitiesOf } from '../src/operator/activities.ts';
import type { TemporalClient } from '../src/platform/temporal-client.ts';
import { workflowsAt } from './scan-fixture.ts';

/** Temporal's CommandType and the kind of a task queue, by their numbers. */
const SCHEDULE_ACTIVITY_TASK = 1;
const NORMAL = 1;

const seconds = (count: number) => ({ seconds: count as never });

let workflows: Awaited<ReturnType<typeof workflowsAt>>;
let temporal: TemporalClient;
beforeAll(async () => {
  workflows = await workflowsAt(inject('temporal'));
  const { client } = workflows;
  temporal = { warm: () => {}, use: (_, call) => call(client), close: async () => {} };
});
afterAll(() => workflows.close());

/** A scan whose workflow has begun one activity, tried again after `retryS` (s), and what a worker does with it. */
async function scanWithActivity(retryS: number) {
  const scanId = randomUUID();
  const { client } = workflows;
  const { workflowService } = client.connection;
  // The server refuses a poll that says no time.
  const poll = <Task>(ask: () => Promise<Task>) => client.withDeadline(Date.now() + 15_000, ask);
  const of = { namespace: 'default', identity: 'by hand', taskQueue: { name: scanId, kind: NORMAL } };
  const workflowId = dailyScanWorkflowId(scanId);
  await client.workflow.start(DAILY_SCAN_WORKFLOW, { workflowId, taskQueue: scanId, args: [] });
  const { taskToken } = await poll(() => workflowService.pollWorkflowTaskQueue(of));
  const activity = {
    activityId: '1',
    activityType: { name: 'estimateBodyFat' },
    taskQueue: of.taskQueue,
    startToCloseTimeout: seconds(600),
    retryPolicy: { initialInterval: seconds(retryS), backoffCoefficient: 1 },
  };
  await workflowService.respondWorkflowTaskCompleted({
    ...of,
    taskToken,
    commands: [{ commandType: SCHEDULE_ACTIVITY_TASK, scheduleActivityTaskCommandAttributes: activity }],
  });
  return {
    take: async () => (await poll(() => workflowService.pollActivityTaskQueue(of))).taskToken,
    fail: (token: Uint8Array) =>
      workflowService.respondActivityTaskFailed({
        ...of,
        taskToken: token,
        failure: { message: 'no', applicationFailureInfo: { type: 'ModelOverloadedError' } },
      }),
    shown: async () => {
      const events = await activitiesOf(temporal, scanId);
      return events!.filter(({ what }) => what === 'estimateBodyFat');
    },
  };
}

it('an activity waits until a worker takes it, and runs then', async () => {
  const { take, shown } = await scanWithActivity(1);
  expect(await shown()).toMatchObject([{ outcome: 'waits', attempts: 1 }]);
  await take();
  expect(await shown()).toMatchObject([{ outcome: 'running', attempts: 1 }]);
});

it('an activity between two attempts is retrying: it waits for its time, and for no worker', async () => {
  const { take, fail, shown } = await scanWithActivity(3600);
  await fail(await take());
  expect(await shown()).toMatchObject([{ outcome: 'retrying', attempts: 2, code: 'ModelOverloadedError' }]);
});

it('an activity whose next attempt is due, and which no worker takes, waits', async () => {
  const { take, fail, shown } = await scanWithActivity(1);
  await fail(await take());
  await vi.waitFor(
    async () => expect(await shown()).toMatchObject([{ outcome: 'waits', attempts: 2 }]),
    10_000,
  );
});
