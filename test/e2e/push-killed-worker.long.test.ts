/** A worker that is killed while it sends a push to a user with many devices. */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { expect, vi } from 'vitest';
import { submitTo } from './own-queue.ts';
import { startOwnWorker } from './own-worker.ts';
import { newToken } from './users.ts';
import { it, type World } from './world.ts';

const reached = async (world: World, scanId: string) =>
  (await world.pushes(scanId)).map(({ token }) => token).toSorted();

it('a worker that goes on for a killed one sends only to the device that is left', async ({ world }) => {
  const { stack, db } = world.servers;
  const devices = Array.from({ length: 5 }, newToken);
  const user = await world.newUser({ devices });
  await world.fcm.fault({ token: devices[2]!, code: 'UNAVAILABLE', times: 1, retryAfterSeconds: 5 });

  const taskQueue = `killed-push-${randomUUID()}`;
  const { scanId, seen } = await submitTo(taskQueue, world, user);

  const first = await startOwnWorker(stack, taskQueue, 'pushing-worker-to-be-killed');
  try {
    const record = db.doc(paths.push(user.uid, scanId, 'completed'));
    await vi.waitFor(async () => expect((await record.get()).exists).toBe(true), {
      timeout: 60_000,
      interval: 20,
    });
    process.kill(-first.pid, 'SIGKILL');
    await first.ended;
    expect(await reached(world, scanId)).toEqual(devices.toSpliced(2, 1).toSorted());

    const second = await startOwnWorker(stack, taskQueue, 'pushing-worker-that-goes-on');
    try {
      expect((await seen.ended).status).toBe('completed');
      await world.workflowResult(scanId);
      await world.expectInvariants(scanId);
      expect(await reached(world, scanId)).toEqual(devices.toSorted());
    } finally {
      await second.stop(10_000);
    }
  } finally {
    await first.stop(1000);
  }
}, 180_000);
