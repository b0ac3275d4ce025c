/** A Temporal server that is killed in the middle of scans and comes back on its database. */

import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { submitTo } from '../e2e/own-queue.ts';
import { endPart } from './parts.ts';
import { it, WHOLE } from './world.ts';

/** How long it is away (ms). */
const AWAY_MS = 3000;

it('scans under way go on where they were', async ({ world, chance, measured }) => {
  const { stack } = world.servers;
  const users = await Promise.all(Array.from({ length: 4 }, () => world.newUser()));
  await world.model.fault({ step: 'estimation', kind: 'slow', afterSeconds: 5, times: 4 });
  const scans = await Promise.all(users.map((user) => world.submitScan(user)));
  await Promise.all(
    scans.map(({ seen }) => seen.until(({ steps }) => steps?.estimation.state === 'running')),
  );
  await wait(chance.between(0, 3000));

  const killedAt = Date.now();
  const startAgain = await endPart(inject('instanceDir'), 'temporal', stack);
  expect(
    (await Promise.all(scans.map(({ scanId }) => world.document(scanId)))).map(({ status }) => status),
  ).toEqual(scans.map(() => 'processing'));
  await wait(AWAY_MS);
  await startAgain();
  for (const { scanId, seen } of scans) {
    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'completed', warnings: [] });
    measured('temporalLost', (scan.completedAt!.toMillis() - killedAt) / 1000);
    await world.expectInvariants(scanId);
  }
});

it.runIf(WHOLE)(
  'a completion that was on its way when the server died is not lost, nor made twice',
  async ({ world, fleet }) => {
    const { stack } = world.servers;
    const user = await world.newUser();
    const worker = await fleet.start();
    const completion = { path: '/RespondActivityTaskCompleted', about: 'estimation' } as const;
    const underWay = worker.temporal.strike({ ...completion, fate: 'hold request' });
    const { scanId, seen } = await submitTo(fleet.taskQueue, world, user);
    worker.go();
    await underWay.first;
    const startAgain = await endPart(inject('instanceDir'), 'temporal', stack);
    underWay.release();
    await wait(AWAY_MS);
    await startAgain();
    expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
    await world.expectInvariants(scanId);
    expect(await world.pushes(scanId)).toHaveLength(1);
  },
);
