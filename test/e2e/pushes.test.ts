/** The push: its text, its recipients, and what happens when FCM does not accept it. */

import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { newToken } from './users.ts';
import { it } from './world.ts';

it('a user who keeps the lock screen private gets a push without the number', async ({ world }) => {
  const user = await world.newUser({ profile: { pushPreview: 'private' } });
  const { scanId, seen } = await world.submitScan(user);
  expect((await seen.ended).status).toBe('completed');
  await world.expectInvariants(scanId);
  expect(await world.pushes(scanId)).toMatchObject([
    { title: 'Scan Results Ready! 🎉', body: 'Your body composition analysis is complete.' },
  ]);
});

it('a token that FCM no longer knows is removed, and the other device gets its push', async ({ world }) => {
  const [gone, kept] = [newToken(), newToken()];
  const user = await world.newUser({ devices: [gone, kept] });
  await world.fcm.fault({ token: gone, code: 'UNREGISTERED' });
  const { scanId, seen } = await world.submitScan(user);
  expect((await seen.ended).status).toBe('completed');
  await world.expectInvariants(scanId);
  expect((await world.pushes(scanId)).map(({ token }) => token)).toEqual([kept]);
  const devices = await world.servers.db.collection(paths.devices(user.uid)).get();
  expect(devices.docs.map((device) => device.get('token') as string)).toEqual([kept]);
});

it('an FCM that is away for a while holds back the push, not the result', async ({ world, events }) => {
  const user = await world.newUser();
  // The worker waits 1, 2 and 4 s between its attempts.
  await world.fcm.fault({ token: user.devices[0]!, code: 'UNAVAILABLE', times: 3 });
  const { scanId, seen } = await world.submitScan(user);
  expect((await seen.ended).status).toBe('completed');
  expect(await events.of(scanId, 'scan.completed')).toMatchObject({
    data: { userId: user.uid, status: 'completed' },
  });
  expect(await world.pushes(scanId)).toEqual([]);

  await world.workflowResult(scanId);
  expect(await world.pushes(scanId)).toHaveLength(1);
  await world.expectInvariants(scanId);
});

it('a user without a device has no push, and the scan completes', async ({ world }) => {
  const user = await world.newUser({ devices: [] });
  const { scanId, seen } = await world.submitScan(user);
  expect((await seen.ended).status).toBe('completed');
  await world.expectInvariants(scanId);
  expect(await world.pushes(scanId)).toEqual([]);
});
