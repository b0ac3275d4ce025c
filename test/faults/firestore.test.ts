/** A database that stands still, contradicts, or hears late. */

import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, inject, vi } from 'vitest';
import { submitTo } from '../e2e/own-queue.ts';
import { whileFrozen } from './parts.ts';
import { it, WHOLE } from './world.ts';

/** How long the database stands still (ms). */
const PAUSE_MS = 30_000;

it.runIf(WHOLE)('a pause of half a minute in the middle of scans', async ({ world, chance }) => {
  const users = await Promise.all(Array.from({ length: 3 }, () => world.newUser()));
  await world.model.fault({ step: 'estimation', kind: 'slow', afterSeconds: 8, times: 3 });
  const scans = await Promise.all(users.map((user) => world.submitScan(user)));
  await vi.waitFor(async () => expect(await world.model.waitingFaults()).toEqual([]), 60_000);
  await wait(chance.between(0, 3000));
  await whileFrozen(inject('instanceDir'), 'firestore', () => wait(PAUSE_MS));
  for (const { scanId, seen } of scans) {
    expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
    await world.expectInvariants(scanId);
  }
});

describe.concurrent('answers', () => {
  it.for(['ABORTED', 'UNAVAILABLE'] as const)(
    '%s to writes and reads, again and again',
    async (fate, { world, fleet, chance }) => {
      const user = await world.newUser();
      const worker = await fleet.start();
      const paths = ['/Commit', '/BatchGetDocuments', '/RunQuery'];
      const strikes = paths.map((path) =>
        worker.firestore.strike({ path, fate, times: Math.ceil(chance.between(1, 4)) }),
      );
      const { scanId, seen } = await submitTo(fleet.taskQueue, world, user);
      worker.go();
      expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
      await world.expectInvariants(scanId);
      for (const [index, { calls }] of strikes.entries())
        expect(calls, `calls of ${paths[index]}`).toBeGreaterThan(0);
    },
  );

  it.runIf(WHOLE).for([
    ['a status', 'processing'],
    ['the credit', 'ledger'],
    ['the audit chain', 'auditLogs'],
    ['the push record', 'pushes'],
  ] as const)('a write of %s whose answer is lost is made once', async ([, about], { world, fleet }) => {
    const user = await world.newUser();
    const worker = await fleet.start();
    const lost = worker.firestore.strike({ path: '/Commit', about, fate: 'hold answer' });
    const { scanId, seen } = await submitTo(fleet.taskQueue, world, user);
    worker.go();
    await lost.first;
    expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
    await world.expectInvariants(scanId);
    expect(await world.pushes(scanId)).toHaveLength(1);
  });

  it.runIf(WHOLE)(
    'a write of an old status that arrives after the end changes nothing',
    async ({ world, fleet }) => {
      const user = await world.newUser();
      const worker = await fleet.start();
      const late = worker.firestore.strike({ path: '/Commit', about: 'processing', fate: 'hold request' });
      const { scanId, seen } = await submitTo(fleet.taskQueue, world, user);
      worker.go();
      await late.first;
      const scan = await seen.ended;
      expect(scan).toMatchObject({ status: 'completed', warnings: [] });
      late.release();
      await late.firstEnded;
      expect((await world.document(scanId)).rev).toBe(scan.rev);
      await world.expectInvariants(scanId);
    },
  );
});
