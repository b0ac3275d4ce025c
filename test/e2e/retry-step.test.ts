/** A failed step of a completed scan, which the user runs again. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import { expect, vi } from 'vitest';
import { it, type World } from './world.ts';

/** Follows the scan's document past the scan's end until `holds` is true. Resolves with every version seen. */
function follow({ servers }: World, scanId: string, holds: (scan: Scan) => boolean): Promise<Scan[]> {
  const seen: Scan[] = [];
  return new Promise((resolve, reject) => {
    const stop = servers.db.doc(paths.scan(scanId)).onSnapshot((snapshot) => {
      const scan = snapshot.data() as Scan;
      seen.push(scan);
      if (!holds(scan)) return;
      stop();
      resolve(seen);
    }, reject);
  });
}

it('brings what was missing, shows its course, and costs nothing', async ({ world, events }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'nutrition', kind: 'server_error', times: 3 });
  const { scanId, seen } = await world.submitScan(user);
  const degraded = await seen.ended;
  expect(degraded).toMatchObject({ status: 'completed', steps: { nutrition: { state: 'failed' } } });
  expect(degraded.warnings).toHaveLength(1);
  // Checked for the scan's own end, before anything follows it.
  await world.expectInvariants(scanId);
  const [ledger, pushes] = await Promise.all([world.ledger(user.uid), world.pushes(scanId)]);

  // The step's second run fails once more, waits, and then succeeds.
  await user.model.fault({ step: 'nutrition', kind: 'rate_limit', retryAfterSeconds: 2 });
  const course = follow(world, scanId, ({ steps }) => steps?.nutrition.state === 'completed');
  expect(await user.phone.call('retryScanStep', { scanId, step: 'nutrition' })).toEqual({
    scanId,
    step: 'nutrition',
    state: 'running',
  });
  const versions = await course;
  expect(versions.map(({ steps }) => steps?.nutrition.state)).toContain('retrying');
  const revs = versions.map(({ rev }) => rev!);
  expect(revs).toEqual([...new Set(revs)].sort((a, b) => a - b));
  expect(new Set(versions.map(({ status, progress }) => `${status} ${progress}`))).toEqual(
    new Set(['completed 100']),
  );

  const scan = versions.at(-1)!;
  const { nutrition, ...others } = scan.results!;
  expect(nutrition?.calorieTargetKcal).toBeGreaterThan(0);
  expect(others).toEqual(degraded.results);
  expect(scan.warnings).toEqual([]);
  const unchanged = ({ completedAt, steps }: Scan) =>
    withIsoTimes({ completedAt, steps: { ...steps, nutrition: null } });
  expect(unchanged(scan)).toEqual(unchanged(degraded));

  const handle = world.servers.temporal.workflow.getHandle(retryStepWorkflowId(scanId, 'nutrition'));
  expect(await handle.result()).toEqual({ scanId, step: 'nutrition', state: 'completed' });
  expect(await world.ledger(user.uid)).toEqual(ledger);
  expect(await world.pushes(scanId)).toEqual(pushes);
  await vi.waitFor(
    () =>
      expect(events.about(scanId).at(-1)).toMatchObject({
        id: `${scanId}:scan.step.completed:nutrition`,
        data: { userId: user.uid, status: 'completed', step: 'nutrition' },
      }),
    30_000,
  );
  expect(await user.phone.call('retryScanStep', { scanId, step: 'nutrition' })).toEqual({
    scanId,
    step: 'nutrition',
    state: 'completed',
  });
});

it('is stopped when its scan is deleted meanwhile', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'workout', kind: 'server_error', times: 3 });
  const { scanId, seen } = await world.submitScan(user);
  await seen.ended;
  await world.expectInvariants(scanId);

  await user.model.fault({ step: 'workout', kind: 'rate_limit', retryAfterSeconds: 120 });
  const retrying = follow(world, scanId, ({ steps }) => steps?.workout.state === 'retrying');
  await user.phone.call('retryScanStep', { scanId, step: 'workout' });
  await retrying;
  await user.phone.call('deleteScan', { scanId });
  const handle = world.servers.temporal.workflow.getHandle(retryStepWorkflowId(scanId, 'workout'));
  // The run ends before its next attempt, which would come after two minutes: even a busy machine deletes a scan sooner.
  expect(await handle.result()).toMatchObject({ scanId, step: 'workout', state: 'failed' });
  expect(await user.model.asked('workout', world.since)).toHaveLength(4);
  await vi.waitFor(
    async () => expect((await world.servers.db.doc(paths.scan(scanId)).get()).exists).toBe(false),
    30_000,
  );
});
