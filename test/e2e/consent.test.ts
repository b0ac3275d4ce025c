/** Consent withdrawn while the model works on the scan. */

import { paths } from '@reddyfit/shared/names/paths';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { Timestamp } from 'firebase-admin/firestore';
import { expect, vi } from 'vitest';
import { it } from './world.ts';

it('withdrawing consent cancels the scan at once, and nothing more goes to the model', async ({ world }) => {
  const user = await world.newUser();
  await user.model.fault({ step: 'estimation', kind: 'hang' });
  const { scanId, seen } = await world.submitScan(user);
  await seen.until((scan) => scan.steps?.hydration.state === 'completed');
  await vi.waitFor(async () => expect(await user.model.waitingFaults()).toEqual([]), 30_000);

  const consent = world.servers.db.doc(paths.consent(user.uid, SCAN_CONSENT));
  await consent.update({ granted: false, at: Timestamp.now() });
  const scan = await seen.ended;
  expect(scan.status).toBe('canceled');
  await world.expectInvariants(scanId);
  expect(await world.photosLeft(user.uid, scanId)).toEqual([]);
  for (const step of ['insights', 'nutrition', 'workout'] as const)
    expect(await user.model.asked(step, world.since), step).toEqual([]);
});
