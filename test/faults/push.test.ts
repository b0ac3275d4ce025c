/** FCM refuses or is busy: who receives the push, and how often. */

import { paths } from '@reddyfit/shared/names/paths';
import { describe, expect } from 'vitest';
import { newToken } from '../e2e/users.ts';
import { it } from './world.ts';

interface Answer {
  readonly code?: string;
  readonly times?: number;
  readonly retryAfterSeconds?: number;
  /** Whether the device receives the push in the end. */
  readonly reached: boolean;
  /** Whether its token is kept. */
  readonly kept: boolean;
}

/** FCM's possible answers for one device. */
const ANSWERS: readonly Answer[] = [
  { reached: true, kept: true },
  { code: 'UNREGISTERED', reached: false, kept: false },
  { code: 'UNAVAILABLE', times: 2, reached: true, kept: true },
  { code: 'UNAVAILABLE', times: 1, retryAfterSeconds: 3, reached: true, kept: true },
  { code: 'QUOTA_EXCEEDED', times: 1, retryAfterSeconds: 2, reached: true, kept: true },
  { code: 'INTERNAL', times: 1, reached: true, kept: true },
  { code: 'SENDER_ID_MISMATCH', reached: false, kept: false },
];

describe.concurrent('five devices, of which FCM says one thing or another', () => {
  it.for([1, 2, 3] as const)('(%i)', async (_, { world, shared, chance }) => {
    const devices = Array.from({ length: 5 }, () => ({ token: newToken(), ...chance.one(ANSWERS) }));
    const user = await world.newUser({ devices: devices.map(({ token }) => token) });
    for (const { token, code, times, retryAfterSeconds } of devices) {
      if (code === undefined) continue;
      await world.fcm.fault({
        token,
        code,
        ...(times && { times }),
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      });
    }
    const { scanId, seen, go } = await shared.submit(world, user);
    go();
    expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
    await world.workflowResult(scanId);
    await world.expectInvariants(scanId);

    const tokens = (kept: (device: Answer) => boolean) =>
      devices
        .filter(kept)
        .map(({ token }) => token)
        .toSorted();
    const reached = (await world.pushes(scanId)).map(({ token }) => token).toSorted();
    expect(reached, 'who got it, once each').toEqual(tokens((device) => device.reached));
    const { docs } = await world.servers.db.collection(paths.devices(user.uid)).get();
    const left = docs.map((device) => device.get('token') as string).toSorted();
    expect(left, 'who is still known').toEqual(tokens(({ kept }) => kept));
  });

  it('QUOTA_EXCEEDED without a Retry-After is left alone for a minute', async ({ world, shared }) => {
    const user = await world.newUser();
    await world.fcm.fault({ token: user.devices[0]!, code: 'QUOTA_EXCEEDED', times: 1 });
    const { scanId, seen, go } = await shared.submit(world, user);
    go();
    const scan = await seen.ended;
    await world.workflowResult(scanId);
    expect(Date.now() - scan.completedAt!.toMillis()).toBeGreaterThanOrEqual(59_000);
    expect(await world.pushes(scanId)).toHaveLength(1);
    await world.expectInvariants(scanId);
  });
});
