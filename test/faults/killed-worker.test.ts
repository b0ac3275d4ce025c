/** A worker that is killed while it runs a step: the scan goes on with another worker, and nothing is shown twice. */

import { setTimeout as wait } from 'node:timers/promises';
import { retryDelay, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { describe, expect } from 'vitest';
import { lastAttempt } from '../e2e/attempts.ts';
import { submitTo } from '../e2e/own-queue.ts';
import type { Chance } from './chance.ts';
import type { Fleet, FleetWorker } from './fleet.ts';
import { submitHeld } from './submit-held.ts';
import { it } from './world.ts';

/** A dead worker must be noticed within this time (ms): the heartbeat's timeout, and what a busy machine adds. */
const NOTICED_MS = 15_000;

const EARLIER_SCANS = { path: '/BatchGetDocuments', about: '/summaries/scans' } as const;

/**
 * Makes the next scan's delta an activity of its own: the estimation reads the earlier scans once for itself and once for the
 * change that it brings along, and leaves the change to the step where the second answer does not come.
 */
function setApart(firestore: FleetWorker['firestore']): void {
  firestore.strike({ ...EARLIER_SCANS, passing: 1, fate: 'hold request' });
}

/** Resolves with a function that waits until the step's work has reached the other server, where it is held. */
async function reached(
  step: StepName,
  { model }: Fleet,
  { firestore }: FleetWorker,
): Promise<() => Promise<void>> {
  if (step === 'delta') {
    // The delta asks no model: it reads the earlier scans.
    setApart(firestore);
    const query = firestore.strike({ ...EARLIER_SCANS, fate: 'hold request' });
    return () => query.first;
  }
  await model.fault({ step, kind: 'hang' });
  return () => model.untilStruck();
}

/** Moment → a function that prepares for it. That resolves with a second function, which resolves at the moment. */
const MOMENTS = {
  'at its start': reached,
  'in the middle': async (step: StepName, fleet: Fleet, victim: FleetWorker, chance: Chance) => {
    const begun = await reached(step, fleet, victim);
    return async () => {
      await begun();
      await wait(chance.between(200, 3000));
    };
  },
  'after it was answered and before that was recorded': async (
    step: StepName,
    _: Fleet,
    { temporal, firestore }: FleetWorker,
  ) => {
    if (step === 'delta') setApart(firestore);
    const completion = { path: '/RespondActivityTaskCompleted', about: step, fate: 'hold request' } as const;
    const answered = temporal.strike(completion);
    return () => answered.first;
  },
} as const;
type Moment = keyof typeof MOMENTS;

describe.concurrent('a worker killed in each step in turn', () => {
  for (const moment of Object.keys(MOMENTS) as Moment[]) {
    it(moment, { timeout: 600_000 }, async ({ world, fleet, chance, measured }) => {
      // The worker that finishes one scan is killed during the next, since starting a worker costs more than a scan.
      let victim = await fleet.start();
      victim.go();
      let next: Promise<FleetWorker> | undefined = fleet.start();
      const steps = chance.shuffled(STEP_NAMES);
      for (const step of steps) {
        const survivor = await next!;
        const user = await world.newUser();
        const theMoment = await MOMENTS[moment](step, fleet, victim, chance);
        const { scanId, seen, go } = await submitHeld({ ...fleet, worker: victim }, world, user);
        go();
        await theMoment();

        const killedAt = Date.now();
        await victim.kill();
        survivor.go();
        // The next worker starts now, while the machine is idle until the kill is noticed.
        next = step === steps.at(-1) ? undefined : fleet.start();
        const scan = await seen.ended;
        expect(scan, step).toMatchObject({ status: 'completed', warnings: [] });
        expect(scan.steps?.[step].state, step).toBe('completed');
        await world.expectInvariants(scanId);
        expect(await world.pushes(scanId), step).toHaveLength(1);

        const { attempt, at, afterLostHeartbeat } = await lastAttempt(world, scanId, step);
        expect({ attempt, afterLostHeartbeat }, step).toEqual({ attempt: 2, afterLostHeartbeat: true });
        const noticed = at - killedAt - retryDelay(step, 1)!;
        measured('kills', 1);
        measured('noticed', noticed / 1000);
        measured('lost', (at - killedAt) / 1000);
        expect(noticed, step).toBeLessThan(NOTICED_MS);
        victim = survivor;
      }
    });
  }
});

it('of two workers one is killed while both have scans', async ({ world, fleet, chance, measured }) => {
  // So few slots that one worker cannot take all scans.
  const few = { WORKER_CONCURRENCY: 'fixed:2' };
  const [victim, other] = await Promise.all([fleet.start(few), fleet.start(few)]);
  const users = await Promise.all(Array.from({ length: 6 }, () => world.newUser()));
  await fleet.model.fault({ step: 'estimation', kind: 'slow', afterSeconds: 8, times: 6 });
  const scans = await Promise.all(users.map((user) => submitTo(fleet.taskQueue, world, user)));
  victim.go();
  other.go();
  await fleet.model.untilStruck();
  await wait(chance.between(0, 3000));
  await victim.kill();
  measured('kills', 1);

  const ended = await Promise.all(scans.map(({ seen }) => seen.ended));
  expect(ended.map(({ status }) => status)).toEqual(users.map(() => 'completed'));
  const begun = await Promise.all(scans.map(({ scanId }) => lastAttempt(world, scanId, 'estimation')));
  const attempts = begun.map(({ attempt }) => attempt);
  expect(Math.max(...attempts), 'the killed one had some').toBe(2);
  expect(Math.min(...attempts), 'the other one had some').toBe(1);
  for (const { scanId } of scans) await world.expectInvariants(scanId);
});
