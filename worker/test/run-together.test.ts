/** Tests on a real Temporal server how the workers of one process end when one of them cannot serve its queue. */

import { randomUUID } from 'node:crypto';
import { RETRY_STEP_WORKFLOW, retryStepWorkflowId, shortTaskQueue } from '@reddyfit/shared/names/ids';
import type { RetryStepInput } from '@reddyfit/shared/temporal/workflows';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runTogether } from '../src/platform/run-together.ts';
import { ANSWER_NOTHING, RESULTS } from '../src/trial/trial-results.ts';
import { type TemporalStage, temporalStage } from './temporal-stage.ts';

let stage: TemporalStage;
beforeAll(async () => {
  stage = await temporalStage();
}, 120_000);
afterAll(() => stage.close());

it('an activity in hand ends before a process that cannot serve one of its queues', async () => {
  const { connection, client, workflowBundle } = stage;
  const taskQueue = randomUUID();
  const begun = Promise.withResolvers<void>();
  const activities = {
    ...Object.fromEntries(ANSWER_NOTHING.map((name) => [name, async () => undefined])),
    updateStep: async () => 'applied',
    async workout() {
      begun.resolve();
      await vi.waitFor(
        () => expect(first.map((worker) => worker.getState())).not.toContain('RUNNING'),
        20_000,
      );
      return RESULTS.workout;
    },
  };
  const common = { connection, activities, shutdownGraceTime: '20s' } as const;
  const first = await Promise.all([
    Worker.create({ ...common, taskQueue, workflowBundle }),
    Worker.create({ ...common, taskQueue: shortTaskQueue(taskQueue) }),
  ]);
  const elsewhere = (namespace: string) =>
    Worker.create({ ...common, namespace, taskQueue: `other-${taskQueue}` });

  const scanId = randomUUID();
  const input: RetryStepInput = { scanId, userId: 'u', step: 'workout' };
  const begin = { workflowId: retryStepWorkflowId(scanId, 'workout'), taskQueue, args: [input] as const };
  const workflow = await client.workflow.start(RETRY_STEP_WORKFLOW, begin);
  const onAll = vi.fn<() => void>();
  const others = () => [
    begun.promise.then(() => elsewhere('nowhere')),
    // This one comes when the end has begun, so that it must not go on alone.
    begun.promise.then(() => elsewhere('nowhere')).catch(() => elsewhere('default')),
  ];
  const failures = await runTogether(first, others, onAll);

  expect(failures).toEqual([expect.objectContaining({ message: expect.stringContaining('nowhere') })]);
  expect(onAll).not.toHaveBeenCalled();
  const { events } = await workflow.fetchHistory();
  expect(events!.filter((event) => event.activityTaskCompletedEventAttributes)).toHaveLength(2);
});
