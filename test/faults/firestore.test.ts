/** A database that answers with errors, or receives writes late. */

import { describe, expect } from 'vitest';
import { submitTo } from '../e2e/own-queue.ts';
import { it } from './world.ts';

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

  it.for([
    ['a status', 'processing'],
    ['the credit', 'ledger'],
    ['the audit chain', 'auditLogs'],
    ['the push record', 'pushes'],
  ] as const)('a write of %s whose answer is lost is made once', async ([, about], { world, shared }) => {
    const user = await world.newUser();
    const { scanId, seen, go } = await shared.submit(world, user);
    const lost = shared.worker.firestore.strike({
      path: '/Commit',
      about: [about, scanId],
      fate: 'hold answer',
    });
    go();
    await lost.first;
    expect(await seen.ended).toMatchObject({ status: 'completed', warnings: [] });
    await world.expectInvariants(scanId);
    expect(await world.pushes(scanId)).toHaveLength(1);
  });

  it('a write of an old status that arrives after the end changes nothing', async ({ world, shared }) => {
    const user = await world.newUser();
    const { scanId, seen, go } = await shared.submit(world, user);
    const late = shared.worker.firestore.strike({
      path: '/Commit',
      about: ['processing', scanId],
      fate: 'hold request',
    });
    go();
    await late.first;
    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'completed', warnings: [] });
    late.release();
    await late.firstEnded;
    expect((await world.document(scanId)).rev).toBe(scan.rev);
    await world.expectInvariants(scanId);
  });
});
