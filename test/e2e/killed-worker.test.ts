/** A worker that is killed in the middle of a scan. */

import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { lastAttempt } from './attempts.ts';
import { submitTo } from './own-queue.ts';
import { startOwnWorker } from './own-worker.ts';
import { it } from './world.ts';

/** A dead worker is to be noticed within this time (ms). */
const NOTICED_MS = 15_000;

/** Wait before the second attempt of estimation (ms). */
const BACKOFF_MS = 5000;

it('a scan whose worker is killed in the middle of a model call goes on with another worker', async ({
  world,
}) => {
  const { stack } = world.servers;
  const user = await world.newUser();
  const taskQueue = `killed-worker-${randomUUID()}`;
  const { scanId, seen } = await submitTo(taskQueue, world, user);

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
