/** The push to a user with many devices: each gets it once, whatever FCM answers for the others. */

import { paths } from '@reddyfit/shared/names/paths';
import { expect } from 'vitest';
import { newToken, type User } from './users.ts';
import { it, type World } from './world.ts';

const reached = async (world: World, scanId: string) =>
  (await world.pushes(scanId)).map(({ token }) => token).toSorted();

async function devicesOf(world: World, { uid }: User): Promise<string[]> {
  const { docs } = await world.servers.db.collection(paths.devices(uid)).get();
  return docs.map((device) => device.get('token') as string).toSorted();
}

it('of five devices each gets the push once, but those that FCM refuses', async ({ world }) => {
  const [fine, gone, busy, throttled, foreign] = Array.from({ length: 5 }, newToken) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const user = await world.newUser({ devices: [fine, gone, busy, throttled, foreign] });
  await world.fcm.fault({ token: gone, code: 'UNREGISTERED' });
  await world.fcm.fault({ token: busy, code: 'UNAVAILABLE', times: 1, retryAfterSeconds: 2 });
  await world.fcm.fault({ token: throttled, code: 'QUOTA_EXCEEDED', times: 2, retryAfterSeconds: 3 });
  await world.fcm.fault({ token: foreign, code: 'SENDER_ID_MISMATCH' });

  const { scanId, seen } = await world.submitScan(user);
  expect((await seen.ended).status).toBe('completed');
  await world.workflowResult(scanId);
  await world.expectInvariants(scanId);
  expect(await reached(world, scanId)).toEqual([fine, busy, throttled].toSorted());
  // A token that is unregistered or belongs to another sender is useless and is removed.
  expect(await devicesOf(world, user)).toEqual([fine, busy, throttled].toSorted());
});
