/** A database that stops answering for a while. */

import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { whileFrozen } from './parts.ts';
import { it } from './world.ts';

/** How long the database is stopped (ms). */
const PAUSE_MS = 30_000;

it('a pause of half a minute in the middle of scans', async ({ world, everyonesModel, chance }) => {
  const users = await Promise.all(Array.from({ length: 3 }, () => world.newUser()));
  await everyonesModel.fault({ step: 'estimation', kind: 'slow', afterSeconds: 8, times: 3 });
  const scans = await Promise.all(users.map((user) => world.submitScan(user)));
  await everyonesModel.untilStruck();
  await wait(chance.between(0, 3000));
  await whileFrozen(inject('instanceDir'), 'firestore', () => wait(PAUSE_MS));
  for (const { scanId, seen } of scans) {
    expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
    await world.expectInvariants(scanId);
    // Not just one that a phone shows: writes that hung come together when the database is back.
    expect(await world.pushes(scanId)).toHaveLength(1);
  }
});
