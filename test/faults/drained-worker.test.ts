/** A worker that is told to stop while it runs a step. */

import { describe, expect } from 'vitest';
import { signal } from '../../local/processes/marked.ts';
import { retryDelay } from '@reddyfit/shared/scan/steps';
import { lastAttempt } from '../e2e/attempts.ts';
import { submitTo } from '../e2e/own-queue.ts';
import { it } from './world.ts';

/** How long a worker may take in addition to its grace (ms). */
const BESIDE_MS = 8000;

describe.concurrent('SIGTERM in the middle of a step', () => {
  it('with a long grace: the worker ends the step and then itself, and nothing is done twice', async ({
    world,
    fleet,
  }) => {
    const user = await world.newUser();
    const first = await fleet.start({ WORKER_SHUTDOWN_GRACE_SECONDS: '30' });
    const second = await fleet.start();
    await fleet.model.fault({ step: 'estimation', kind: 'slow', afterSeconds: 5 });
    const { scanId, seen } = await submitTo(fleet.taskQueue, world, user);
    first.go();
    await fleet.model.untilStruck();
    signal(-first.pid, 'SIGTERM');
    second.go();
    expect(await first.ended).toBe('exited with code 0');

    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'completed', warnings: [] });
    for (const step of Object.values(scan.steps!)) expect(step.attempt).toBe(1);
    expect((await fleet.model.asked('estimation', world.since)).map(({ status }) => status)).toEqual([200]);
    await world.expectInvariants(scanId);
  });

  it('with a short grace: the worker hands the step back, and another takes it at once', async ({
    world,
    fleet,
    measured,
  }) => {
    const user = await world.newUser();
    const first = await fleet.start({ WORKER_SHUTDOWN_GRACE_SECONDS: '1' });
    const second = await fleet.start();
    await fleet.model.fault({ step: 'estimation', kind: 'hang' });
    const { scanId, seen } = await submitTo(fleet.taskQueue, world, user);
    first.go();
    await fleet.model.untilStruck();
    const toldAt = Date.now();
    signal(-first.pid, 'SIGTERM');
    second.go();
    expect(await first.ended).toBe('exited with code 0');
    expect(Date.now() - toldAt).toBeLessThan(1000 + BESIDE_MS);

    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'completed', warnings: [] });
    await world.expectInvariants(scanId);
    const { attempt, at } = await lastAttempt(world, scanId, 'estimation');
    expect(attempt).toBe(2);
    const handedBack = at - toldAt - retryDelay('estimation', 1)!;
    measured('handedBack', handedBack / 1000);
    expect(handedBack, 'sooner than a heartbeat runs out').toBeLessThan(1000 + BESIDE_MS);
  });
});
