/** A scan that is canceled while the model works on it. */

import { expect, vi } from 'vitest';
import { it } from './world.ts';

it('a canceled scan gives up its model request, returns the credit, deletes the photos and says so', async ({
  world,
  events,
}) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'estimation', kind: 'hang' });
  const { scanId, seen } = await world.submitScan(user);
  await seen.until((scan) => scan.steps?.hydration.state === 'completed');
  await vi.waitFor(async () => expect(await user.model.waitingFaults()).toEqual([]), 30_000);

  await world.cancel(scanId);
  const scan = await seen.ended;
  expect(scan).toMatchObject({ status: 'canceled', error: { code: 'ScanCanceledError', retryable: true } });
  expect(scan.steps?.estimation.state).toBe('skipped');
  expect(scan.steps?.hydration.state).toBe('completed');

  await world.expectInvariants(scanId);
  await vi.waitFor(async () => {
    const asked = await user.model.asked('estimation', world.since);
    expect(asked.map(({ status }) => status)).toEqual([499]);
  }, 30_000);
  expect((await world.ledger(user.uid)).balance).toBe(5);
  expect(await world.photosLeft(user.uid, scanId)).toEqual([]);
  expect(await world.pushes(scanId)).toEqual([
    {
      token: user.devices[0],
      title: 'Scan canceled',
      body: 'Your scan was canceled. Your credit was returned.',
      data: { scanId, status: 'canceled', link: `reddyfit://scans/${scanId}` },
    },
  ]);
  expect(await events.of(scanId, 'scan.canceled')).toMatchObject({
    data: { userId: user.uid, status: 'canceled' },
  });
});
