/** FCM does not answer for a while: no result waits for it. */

import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { newToken } from '../e2e/users.ts';
import { whileFrozen } from './parts.ts';
import { it } from './world.ts';

/** How long FCM does not answer (ms). */
const AWAY_MS = 60_000;

it('an FCM that hangs for a minute holds back no result, and each device shows one push', async ({
  world,
}) => {
  const user = await world.newUser({ devices: [newToken(), newToken()] });
  const { scanId } = await whileFrozen(inject('instanceDir'), 'fcm', async () => {
    const over = wait(AWAY_MS);
    const scan = await world.submitScan(user);
    expect(await scan.seen.ended).toMatchObject({ status: 'completed', warnings: [] });
    await over;
    return scan;
  });
  await world.workflowResult(scanId);
  await world.expectInvariants(scanId);
  expect((await world.visiblePushes(scanId)).map(({ token }) => token).toSorted()).toEqual(
    user.devices.toSorted(),
  );
});
