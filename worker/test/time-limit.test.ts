/** Tests a scan's time limit on a real Temporal server: steps that hang are ended by the server, without a timer of the workflow. */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import type { StepName } from '@reddyfit/shared/scan/steps';
import type { DailyScanInput, DailyScanResult } from '@reddyfit/shared/temporal/workflows';
import { Context } from '@temporalio/activity';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBothQueues } from '../src/trial/both-queues.ts';
import type { ScanUpdate } from '../src/scan/scan-store.ts';
import { ANSWER_NOTHING, RESULTS } from '../src/trial/trial-results.ts';
import { type TemporalStage, temporalStage } from './temporal-stage.ts';

const LIMIT_SECONDS = 4;
/** What a busy machine may add (s). */
const SPARE_SECONDS = 10;
/** A step that hangs takes this long (ms), far longer than its scan may. */
const HANGS_MS = 10 * 60_000;

let stage: TemporalStage;
beforeAll(async () => void (stage = await temporalStage()), 120_000);
afterAll(() => stage.close());

/** Runs a scan of LIMIT_SECONDS in which these steps hang. */
async function run(hanging: readonly StepName[]) {
  const taskQueue = randomUUID();
  const writes: ScanUpdate[] = [];
  const givenUp: string[] = [];
  const steps = Object.entries(RESULTS).map(([name, result]) => [
    name,
    async () => {
      if (!hanging.includes(name as StepName)) return result;
      const context = Context.current();
      const beating = setInterval(() => context.heartbeat(), 500);
      try {
        await wait(HANGS_MS, undefined, { signal: context.cancellationSignal });
      } catch (error) {
        givenUp.push(name);
        throw error;
      } finally {
        clearInterval(beating);
      }
      return result;
    },
  ]);
  const others = ANSWER_NOTHING.map((name) => [name, async () => undefined]);
  const worker = await onBothQueues({
    connection: stage.connection,
    taskQueue,
    workflowBundle: stage.workflowBundle,
    shutdownGraceTime: 0,
    activities: {
      ...Object.fromEntries([...steps, ...others]),
      async updateFirestore(update: ScanUpdate) {
        writes.push(update);
        return { outcome: 'applied' };
      },
    },
  });
  const scanId = randomUUID();
  const photo = (angle: string) => `gs://b/scans/u/${scanId}/${angle}.jpg`;
  const input: DailyScanInput = {
    scanId,
    userId: 'u',
    photoUrls: { front: photo('front'), back: photo('back'), left: photo('left'), right: photo('right') },
    subject: { sex: 'male', heightCm: 180, ageYears: 36, weightLb: 180 },
    createdAt: new Date().toISOString(),
    rev: 1,
    timeLimitSeconds: LIMIT_SECONDS,
  };
  return worker.runUntil(async () => {
    const handle = await stage.client.workflow.start(DAILY_SCAN_WORKFLOW, {
      workflowId: dailyScanWorkflowId(scanId),
      taskQueue,
      args: [input],
    });
    const { status } = (await handle.result()) as DailyScanResult;
    const { events = [] } = await handle.fetchHistory();
    const timers = (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) =>
      timer ? [Number(timer.startToFireTimeout?.seconds ?? 0)] : [],
    );
    const { startTime, closeTime } = await handle.describe();
    const seconds = (closeTime!.getTime() - startTime.getTime()) / 1000;
    return { status, seconds, last: writes.at(-1)!, timers, givenUp };
  });
}

it('a scan whose steps hang ends in its time, and its worker gives them up', async () => {
  const { status, seconds, last, timers, givenUp } = await run(['estimation', 'hydration']);
  expect(status).toBe('failed');
  expect(last.error?.code).toBe('ScanTimedOutError');
  expect(seconds).toBeGreaterThanOrEqual(LIMIT_SECONDS - 0.5);
  expect(seconds).toBeLessThan(LIMIT_SECONDS + SPARE_SECONDS);
  expect(timers.filter((each) => each > 1)).toEqual([]);
  expect(givenUp).toContain('estimation');
}, 60_000);

it('a scan that has shown its body fat completes in its time, with a warning for each step that hangs', async () => {
  const { status, seconds, last } = await run(['insights', 'workout']);
  expect(status).toBe('completed');
  expect(last.warningCodes.map(({ messageCode }) => messageCode).toSorted()).toEqual(['insights', 'workout']);
  expect(last.steps).toMatchObject({ insights: { state: 'failed' }, nutrition: { state: 'completed' } });
  expect(seconds).toBeLessThan(LIMIT_SECONDS + SPARE_SECONDS);
}, 60_000);
