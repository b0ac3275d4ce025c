/**
 * What the desk says of an activity that has not ended, and of each attempt of a step: a real server, and a worker's part done by
 * hand, call by call.
 */

import { randomUUID } from 'node:crypto';
import {
  DAILY_SCAN_WORKFLOW,
  dailyScanWorkflowId,
  RETRY_STEP_WORKFLOW,
  retryStepWorkflowId,
} from '@reddyfit/shared/names/ids';
import { payloadCodec } from '@reddyfit/shared/temporal/payload-codec';
import { STEP_ATTEMPT_SIGNAL } from '@reddyfit/shared/temporal/step-attempts';
import { ApplicationFailure, Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { activitiesOf, attemptsAgain } from '../src/operator/activities.ts';
import type { TemporalClient } from '../src/platform/temporal-client.ts';
import { workflowsAt } from './scan-fixture.ts';

/** Temporal's CommandTypes and the kind of a task queue, by their numbers. */
const SCHEDULE_ACTIVITY_TASK = 1;
const REQUEST_CANCEL_ACTIVITY_TASK = 2;
const COMPLETE_WORKFLOW_EXECUTION = 4;
const NORMAL = 1;

const seconds = (count: number) => ({ seconds: count as never });

let workflows: Awaited<ReturnType<typeof workflowsAt>>;
/** A client with a key, as the functions and the worker have it. */
let keyed: Client;
let temporal: TemporalClient;

const by = (client: Client): TemporalClient => ({
  warm: () => {},
  use: (_, call) => call(client),
  close: async () => {},
});
const withKey = (id: string) =>
  new Client({
    connection: workflows.client.connection,
    dataConverter: {
      payloadCodecs: [
        payloadCodec({ namespace: 'default', keys: [{ id, bytes: new Uint8Array(32) }], encrypts: true }),
      ],
    },
  });

beforeAll(async () => {
  workflows = await workflowsAt(inject('temporal'));
  keyed = withKey('a-key');
  temporal = by(keyed);
});
afterAll(() => workflows.close());

/** A scan whose workflow has begun one activity, tried again after `retryS` (s), and what a worker does with it. */
async function scanWithActivity(retryS: number, name = 'estimateBodyFat', isAgain = false) {
  const scanId = randomUUID();
  const { client } = workflows;
  const { workflowService } = client.connection;
  // The server refuses a poll that says no time.
  const poll = <Task>(ask: () => Promise<Task>) => client.withDeadline(Date.now() + 15_000, ask);
  const of = { namespace: 'default', identity: 'by hand', taskQueue: { name: scanId, kind: NORMAL } };
  const workflowId = isAgain ? retryStepWorkflowId(scanId, 'insights') : dailyScanWorkflowId(scanId);
  await client.workflow.start(isAgain ? RETRY_STEP_WORKFLOW : DAILY_SCAN_WORKFLOW, {
    workflowId,
    taskQueue: scanId,
    args: [],
  });
  const { taskToken } = await poll(() => workflowService.pollWorkflowTaskQueue(of));
  const activity = {
    activityId: '1',
    activityType: { name },
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
    scanId,
    take: async () => (await poll(() => workflowService.pollActivityTaskQueue(of))).taskToken,
    fail: (token: Uint8Array) =>
      workflowService.respondActivityTaskFailed({
        ...of,
        taskToken: token,
        failure: { message: 'no', applicationFailureInfo: { type: 'ModelOverloadedError' } },
      }),
    /** Fails the step with what a worker says of it, encrypted as by a worker. */
    failFor: async (token: Uint8Array, error: ApplicationFailure) => {
      const { failureConverter, payloadConverter, payloadCodecs } = keyed.options.loadedDataConverter;
      const failure = failureConverter.errorToFailure(error, payloadConverter);
      const details = failure.applicationFailureInfo!.details!;
      const context = { type: 'workflow', namespace: 'default', workflowId } as const;
      details.payloads = await payloadCodecs[0]!.encode(details.payloads!, context);
      await workflowService.respondActivityTaskFailed({ ...of, taskToken: token, failure });
    },
    /** The workflow asks the activity to cancel, and ends without waiting for that. */
    cancelAndEnd: async () => {
      const task = await poll(() => workflowService.pollWorkflowTaskQueue(of));
      const { scheduledEventId } = task.history!.events!.flatMap(
        ({ eventId, activityTaskScheduledEventAttributes: asked }) =>
          asked && eventId ? [{ scheduledEventId: eventId }] : [],
      )[0]!;
      await workflowService.respondWorkflowTaskCompleted({
        ...of,
        taskToken: task.taskToken,
        commands: [
          {
            commandType: REQUEST_CANCEL_ACTIVITY_TASK,
            requestCancelActivityTaskCommandAttributes: { scheduledEventId },
          },
          { commandType: COMPLETE_WORKFLOW_EXECUTION, completeWorkflowExecutionCommandAttributes: {} },
        ],
      });
    },
    tell: (news: object) => keyed.workflow.getHandle(workflowId).signal(STEP_ATTEMPT_SIGNAL, news),
    shown: async () => {
      const { events } = (await activitiesOf(temporal, scanId))!;
      return events.filter(({ what }) => what === name);
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

it('each attempt of a step is told by itself: its error, its wait, and what it has asked of a model', async () => {
  const { scanId, take, fail, failFor, tell } = await scanWithActivity(1, 'insights');
  const spent = { model: 'gpt-5.2', asks: 2, inputTokens: 1000, outputTokens: 200, ms: 4000 };
  // The first attempt fails and says so, the second one's worker is gone, and the third one is the last.
  let token = await take();
  const nextRetryAt = new Date(Date.now() + 30_000).toISOString();
  const failed = { code: 'ModelResponseError', ms: 4100, spent };
  await tell({ step: 'insights', attempt: 1, nextRetryAt, failed });
  await fail(token);
  token = await take();
  await fail(token);
  token = await take();
  await tell({ step: 'insights', attempt: 3 });
  const open = (await activitiesOf(temporal, scanId))!;
  expect(open.attempts).toEqual([
    {
      step: 'insights',
      attempt: 1,
      at: expect.any(String),
      outcome: 'failed',
      code: 'ModelResponseError',
      ms: 4100,
      waitMs: expect.any(Number),
    },
    {
      step: 'insights',
      attempt: 2,
      at: expect.any(String),
      outcome: 'unheard',
      code: 'ModelOverloadedError',
    },
    { step: 'insights', attempt: 3, at: expect.any(String), outcome: 'running' },
  ]);
  expect(open.attempts[0]!.waitMs).toBeGreaterThan(25_000);
  // The detail of a failure has more than the desk reads.
  const detail = { messageCode: 'ModelRefusedError', params: { bodyFat: 23.4567 }, spent };
  const last = { type: 'ModelRefusedError', nonRetryable: true, details: [detail] };
  await failFor(token, ApplicationFailure.create(last));
  const ended = (await activitiesOf(temporal, scanId))!;
  expect(ended.attempts.at(-1)).toMatchObject({ attempt: 3, outcome: 'failed', code: 'ModelRefusedError' });
  expect(ended.failedCalls).toEqual([
    { step: 'insights', attempt: 1, code: 'ModelResponseError', ...spent },
    { step: 'insights', attempt: 3, code: 'ModelRefusedError', ...spent },
  ]);
  expect(JSON.stringify(ended)).not.toContain('23.4567');
  expect(ended.unread).toBe(0);
  // Whoever lacks the key is told of it, and sees what needs none.
  const blind = (await activitiesOf(by(withKey('another-key')), scanId))!;
  expect(blind.unread).toBe(3);
  expect(blind.attempts.at(-1)).toMatchObject({ attempt: 3, outcome: 'failed', code: 'ModelRefusedError' });
});

it('no attempt is running that another one has followed, or whose run has closed', async () => {
  const { scanId, take, fail, tell, cancelAndEnd } = await scanWithActivity(1, 'insights');
  const outcomes = async () => (await activitiesOf(temporal, scanId))!.attempts.map(({ outcome }) => outcome);
  // The workers of the first two attempts say that they begin, and are gone.
  for (const attempt of [1, 2]) {
    const token = await take();
    await tell({ step: 'insights', attempt, ...(attempt === 1 && { begun: true }) });
    expect((await outcomes()).at(-1)).toBe('running');
    await fail(token);
  }
  await take();
  await tell({ step: 'insights', attempt: 3 });
  expect(await outcomes()).toEqual(['unheard', 'unheard', 'running']);
  await cancelAndEnd();
  expect(await outcomes()).toEqual(['unheard', 'unheard', 'canceled']);
});

it('an attempt whose workflow was terminated, of whose end nothing is known, is unheard', async () => {
  const { scanId, take } = await scanWithActivity(1);
  await take();
  await workflows.handle(scanId).terminate();
  const { attempts } = (await activitiesOf(temporal, scanId))!;
  expect(attempts.map(({ outcome }) => outcome)).not.toContain('running');
});

it('attempts of a step that ran again are told as such', async () => {
  const { scanId, take, fail, tell } = await scanWithActivity(1, 'insights', true);
  const token = await take();
  const spent = { model: null, asks: 1, inputTokens: 0, outputTokens: 0, ms: 90 };
  const nextRetryAt = new Date(Date.now() + 30_000).toISOString();
  const failed = { code: 'ModelUnavailableError', ms: 100, spent };
  await tell({ step: 'insights', attempt: 1, nextRetryAt, failed });
  // It has told of its failure, and Temporal does not know of that yet.
  expect((await attemptsAgain(temporal, scanId, ['insights'])).attempts).toMatchObject([
    { outcome: 'failed' },
  ]);
  await fail(token);
  await take();
  await tell({ step: 'insights', attempt: 2 });
  const found = await attemptsAgain(temporal, scanId, ['insights', 'nutrition']);
  expect(found.attempts).toMatchObject([
    { step: 'insights', attempt: 1, again: true, outcome: 'failed', code: 'ModelUnavailableError' },
    { step: 'insights', attempt: 2, again: true, outcome: 'running' },
  ]);
  expect(found.failedCalls).toEqual([
    { step: 'insights', attempt: 1, again: true, code: 'ModelUnavailableError', ...spent },
  ]);
  expect(await activitiesOf(temporal, scanId)).toBeNull();
});
