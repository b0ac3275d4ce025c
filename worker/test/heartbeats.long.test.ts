/** Tests the heartbeats of a step on a real Temporal server, with a link between it and the worker that answers as a server that is away. */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { RETRY_STEP_WORKFLOW, retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import type { RetryStepInput, RetryStepResult } from '@reddyfit/shared/temporal/workflows';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GrpcLink, openGrpcLink } from '../../test/faults/grpc-link.ts';
import { onBothQueues } from '../src/trial/both-queues.ts';
import { stepActivityInterceptors } from '../src/scan/step-activity.ts';
import { ANSWER_NOTHING, RESULTS } from '../src/trial/trial-results.ts';
import { type TemporalStage, temporalStage } from './temporal-stage.ts';

/** Longer than the heartbeat timeout (ms): the step is lost unless its heartbeat arrives. */
const STEP_MS = 17_000;

let stage: TemporalStage;
let link: GrpcLink;
beforeAll(async () => {
  stage = await temporalStage();
  link = await openGrpcLink(stage.address);
}, 120_000);
afterAll(async () => {
  await link.close();
  await stage.close();
});

it('a heartbeat that the server refuses five times is sent again in time', { timeout: 120_000 }, async () => {
  const connection = await NativeConnection.connect({ address: link.address });
  try {
    const refused = link.strike({ path: '/RecordActivityTaskHeartbeat', fate: 'UNAVAILABLE', times: 5 });
    let attempts = 0;
    const client = new Client({ connection });
    const taskQueue = randomUUID();
    const worker = await onBothQueues({
      connection,
      taskQueue,
      workflowBundle: stage.workflowBundle,
      shutdownGraceTime: 0,
      interceptors: { activity: [stepActivityInterceptors(() => client)] },
      activities: {
        ...Object.fromEntries(ANSWER_NOTHING.map((name) => [name, async () => undefined])),
        updateStep: async () => 'applied',
        async workout() {
          attempts += 1;
          await wait(STEP_MS);
          return RESULTS.workout;
        },
      },
    });
    const scanId = randomUUID();
    const input: RetryStepInput = { scanId, userId: 'u', step: 'workout' };
    const result = await worker.runUntil(
      async () =>
        (await stage.client.workflow.execute(RETRY_STEP_WORKFLOW, {
          workflowId: retryStepWorkflowId(scanId, 'workout'),
          taskQueue,
          args: [input],
        })) as RetryStepResult,
    );
    expect(result.state).toBe('completed');
    expect(refused.calls).toBe(5);
    expect(attempts).toBe(1);
  } finally {
    await connection.close();
  }
});
