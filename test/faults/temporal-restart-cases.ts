/** A Temporal server that is killed while scans run, and starts again on its database. */

import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { submitTo } from '../e2e/own-queue.ts';
import type { World } from '../e2e/world.ts';
import { whileDown } from './parts.ts';
import { it } from './world.ts';

/** How long Temporal is down (ms). */
const AWAY_MS = 3000;

it('scans under way go on where they were', async ({ world, everyonesModel, chance, measured }) => {
  const users = await Promise.all(Array.from({ length: 4 }, () => world.newUser()));
  await everyonesModel.fault({ step: 'estimation', kind: 'slow', afterSeconds: 10, times: 4 });
  const scans = await Promise.all(users.map((user) => world.submitScan(user)));
  await everyonesModel.untilStruck();
  await wait(chance.between(0, 3000));

  let killedAt = 0;
  await whileDown(stackOf(world), 'temporal', 'SIGKILL', async () => {
    killedAt = Date.now();
    await wait(AWAY_MS);
  });
  for (const { scanId, seen } of scans) {
    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'completed', warnings: [] });
    const after = (scan.completedAt!.toMillis() - killedAt) / 1000;
    expect(after, 'the server was killed in the middle').toBeGreaterThan(0);
    measured('temporalLost', after);
    await world.expectInvariants(scanId);
  }
});

it('a completion that was on its way when the server died is not lost, nor made twice', async ({
  world,
  fleet,
}) => {
  const user = await world.newUser();
  const worker = await fleet.start();
  const completion = { path: '/RespondActivityTaskCompleted', about: 'estimation' } as const;
  const underWay = worker.temporal.strike({ ...completion, fate: 'hold request' });
  const { scanId, seen } = await submitTo(fleet.taskQueue, world, user);
  worker.go();
  await underWay.first;
  await whileDown(stackOf(world), 'temporal', 'SIGKILL', async () => {
    underWay.release();
    await wait(AWAY_MS);
  });
  expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
  await world.expectInvariants(scanId);
  expect(await world.pushes(scanId)).toHaveLength(1);
});

const stackOf = ({ servers: { stack } }: World) => ({ instanceDir: inject('instanceDir'), stack });
