/** A worker that is killed while it has a step under way: the scan goes on with another one, and nothing shows twice. */

import { setTimeout as wait } from 'node:timers/promises';
import { retryDelay, STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { describe, expect } from 'vitest';
import { RECENT_SCANS } from '../../worker/src/steps/delta/activity.ts';
import { MOST_DOUBTFUL } from '../../worker/src/store/firestore-scans.ts';
import { lastAttempt } from '../e2e/attempts.ts';
import { submitTo } from '../e2e/own-queue.ts';
import type { User } from '../e2e/users.ts';
import type { Chance } from './chance.ts';
import type { Fleet, FleetWorker } from './fleet.ts';
import { it } from './world.ts';

/** A dead worker is to be noticed within this time (ms): its heartbeat's, and what a busy machine adds. */
const NOTICED_MS = 15_000;

/** How long a scan may take until it comes to its moment (ms). */
const COMES_WITHIN_MS = 200_000;

/** Resolves with `moment`; rejects, naming the step, when it does not come. */
async function inTime(step: StepName, moment: Promise<void>): Promise<void> {
  const late = wait(COMES_WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new Error(`no scan came to the moment in ${step}`);
  });
  await Promise.race([moment, late]);
}

interface Victim {
  readonly step: StepName;
  readonly scanId: string;
  readonly user: User;
}

/** Prepares for the moment when a step's work has reached the other side, and goes no further; resolves with who waits for it. */
async function reached(
  { step, user }: Victim,
  fleet: Fleet,
  { firestore }: FleetWorker,
): Promise<() => Promise<void>> {
  if (step === 'delta') {
    // It asks no model: its work is one query for earlier scans, told from the estimation's by its limit as it stands in the
    // request: field 5, an Int32Value below 128.
    const about = [user.uid, `*\x02\x08${String.fromCharCode(RECENT_SCANS + MOST_DOUBTFUL)}`];
    const query = firestore.strike({ path: '/RunQuery', about, fate: 'hold request' });
    return () => query.first;
  }
  const model = fleet.modelOf(user);
  await model.fault({ step, kind: 'hang' });
  return () => model.untilStruck();
}

/** Moment → prepares for it; what that resolves with resolves at the moment. */
const MOMENTS = {
  'at its start': reached,
  'in the middle': async (scan: Victim, fleet: Fleet, worker: FleetWorker, chance: Chance) => {
    const begun = await reached(scan, fleet, worker);
    return async () => {
      await begun();
      await wait(chance.between(200, 3000));
    };
  },
  'after it was answered and before that was recorded': async (
    { scanId, step }: Victim,
    _: Fleet,
    { temporal }: FleetWorker,
  ) => {
    const about = [scanId, step];
    const answered = temporal.strike({ path: '/RespondActivityTaskCompleted', about, fate: 'hold request' });
    return () => answered.first;
  },
} as const;
type Moment = keyof typeof MOMENTS;

describe.concurrent('a worker that has a scan in each step is killed', () => {
  for (const moment of Object.keys(MOMENTS) as Moment[]) {
    it(moment, async ({ world, fleet, chance, measured }) => {
      const [worker, survivor] = await Promise.all([fleet.start(), fleet.start()]);
      const scans = await Promise.all(
        STEP_NAMES.map(async (step) => {
          const user = await world.newUser();
          return { step, user, ...(await submitTo(fleet.taskQueue, world, user)) };
        }),
      );
      const moments = await Promise.all(scans.map((scan) => MOMENTS[moment](scan, fleet, worker, chance)));
      worker.go();
      await Promise.all(moments.map((isThere, index) => inTime(scans[index]!.step, isThere())));

      const killedAt = Date.now();
      await worker.kill();
      measured('kills', 1);
      survivor.go();
      for (const { step, scanId, seen } of scans) {
        const scan = await seen.ended;
        expect(scan, step).toMatchObject({ status: 'completed', warnings: [] });
        expect(scan.steps?.[step].state).toBe('completed');
        await world.expectInvariants(scanId);
        expect(await world.pushes(scanId)).toHaveLength(1);

        const { attempt, at } = await lastAttempt(world, scanId, step);
        expect(attempt, step).toBe(2);
        const noticed = at - killedAt - retryDelay(step, 1)!;
        measured('noticed', noticed / 1000);
        measured('lost', (at - killedAt) / 1000);
        expect(noticed, step).toBeLessThan(NOTICED_MS);
      }
    });
  }
});

it('of two workers one is killed while both have scans', async ({ world, fleet, chance, measured }) => {
  // Few enough slots that one cannot have all.
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
