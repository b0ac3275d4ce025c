/** A worker that is killed in the middle of a scan. */

import { randomUUID } from 'node:crypto';
import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/ids';
import { photoUrlsOf } from '@reddyfit/shared/photos';
import type { DailyScanInput } from '@reddyfit/shared/workflow';
import { expect, vi } from 'vitest';
import { startOwnWorker } from './own-worker.ts';
import { it, type World } from './world.ts';

/** A dead worker is to be noticed within this time (ms). */
const NOTICED_MS = 15_000;

/** Wait before the second attempt of estimation (ms). */
const BACKOFF_MS = 5000;

/** When the last attempt of an activity began (ms since 1970), and which attempt it was. */
async function lastAttempt(world: World, scanId: string, activity: string) {
  const handle = world.servers.temporal.workflow.getHandle(dailyScanWorkflowId(scanId));
  const { events = [] } = await handle.fetchHistory();
  const scheduled = events!.find(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity,
  );
  const started = events!.find((event) => {
    const id = event.activityTaskStartedEventAttributes?.scheduledEventId;
    return id !== undefined && id !== null && String(id) === String(scheduled?.eventId);
  });
  const { seconds, nanos } = started!.eventTime!;
  return {
    attempt: started!.activityTaskStartedEventAttributes!.attempt,
    at: Number(seconds) * 1000 + Number(nanos) / 1e6,
  };
}

it('a scan whose worker is killed in the middle of a model call goes on with another worker', async ({
  world,
}) => {
  const { stack, temporal } = world.servers;
  const user = await world.newUser();
  const { scanId, seen, submit } = await world.prepareScan(user, { weightLb: 150 });

  // The workflow is there before the document, on a queue that only this test's workers poll; admission takes it as started.
  const taskQueue = `killed-worker-${randomUUID()}`;
  const input: DailyScanInput = {
    scanId,
    userId: user.uid,
    photoUrls: photoUrlsOf(stack.bucket, user.uid, scanId),
    subject: { sex: 'female', heightCm: 168, ageYears: 36, weightLb: 150 },
    createdAt: new Date().toISOString(),
    rev: 1,
  };
  await temporal.workflow.start(DAILY_SCAN_WORKFLOW, {
    workflowId: dailyScanWorkflowId(scanId),
    taskQueue,
    args: [input],
  });
  await submit();
  await seen.until((scan) => scan.status === 'queued');

  await world.model.fault({ step: 'estimation', kind: 'hang' });
  const first = await startOwnWorker(stack, taskQueue, 'worker-to-be-killed');
  try {
    await vi.waitFor(async () => expect(await world.model.waitingFaults()).toEqual([]), 60_000);
    // Only now, so that it is the first one that holds the call.
    const second = await startOwnWorker(stack, taskQueue, 'worker-that-goes-on');
    try {
      const killedAt = Date.now();
      process.kill(-first.pid, 'SIGKILL');
      await first.ended;

      const scan = await seen.ended;
      expect(scan.status).toBe('completed');
      expect(scan.steps?.estimation).toMatchObject({ state: 'completed', attempt: 2 });
      await world.expectInvariants(scanId);

      const { attempt, at } = await lastAttempt(world, scanId, 'estimation');
      expect(attempt).toBe(2);
      const seconds = ((at - killedAt) / 1000).toFixed(1);
      process.stdout.write(`from kill -9 of the worker to the next attempt: ${seconds} s\n`);
      expect(at - killedAt).toBeLessThanOrEqual(NOTICED_MS + BACKOFF_MS);
    } finally {
      await second.stop(10_000);
    }
  } finally {
    await first.stop(1000);
  }
});
