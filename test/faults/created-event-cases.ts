/** The created event: delivered many times, late, or for a document that has changed since. */

import { paths } from '@reddyfit/shared/names/paths';
import { expect, inject, vi } from 'vitest';
import { redeliver } from '../e2e/redelivery.ts';
import { logTraces } from '../e2e/traces.ts';
import { deliver, wakeOnScanCreated } from './deliver.ts';
import { whileFrozen } from './parts.ts';
import { it } from './world.ts';

it('ten times at once, and again after the end: one workflow, one credit, one push', async ({ world }) => {
  const { stack } = world.servers;
  const user = await world.newUser({ credits: 4 });
  const { scanId, seen } = await world.submitScan(user);
  // Each is repeated until the function accepts it: some machines cannot start ten processes in time.
  const tenTimes = () =>
    Promise.all(Array.from({ length: 10 }, () => deliver(stack, scanId, `created-${scanId}`)));
  await tenTimes();
  const scan = await seen.ended;
  expect(scan.status).toBe('completed');
  await world.expectInvariants(scanId);

  await tenTimes();
  expect((await world.document(scanId)).rev).toBe(scan.rev);
  await world.expectInvariants(scanId);
  expect((await world.ledger(user.uid)).balance).toBe(3);
  expect(await world.pushes(scanId)).toHaveLength(1);
});

it('a document that is changed before the function runs is taken as it is then', async ({ world }) => {
  const { db, stack } = world.servers;
  await wakeOnScanCreated(stack);
  const user = await world.newUser();
  const { scanId, seen, submit } = await world.prepareScan(user, { weightLb: 150 });
  await whileFrozen(inject('instanceDir'), 'onScanCreated', async () => {
    await submit();
    await seen.until((scan) => scan.status === 'submitted');
    await db.doc(paths.scan(scanId)).update({ weightLb: 160 });
  });
  const scan = await seen.ended;
  expect(scan).toMatchObject({ status: 'completed', weightLb: 160 });
  const { leanMassLb, fatMassLb } = scan.results!.estimation!;
  expect(leanMassLb + fatMassLb).toBeCloseTo(160, 0);
  await world.expectInvariants(scanId);
});

it('a document that is deleted before the function runs leaves nothing behind', async ({ world }) => {
  const { db, stack } = world.servers;
  await wakeOnScanCreated(stack);
  const user = await world.newUser();
  const { scanId, seen, submit } = await world.prepareScan(user);
  const again = await whileFrozen(inject('instanceDir'), 'onScanCreated', async () => {
    await submit();
    await seen.until((scan) => scan.status === 'submitted');
    await db.doc(paths.scan(scanId)).delete();
    return { answer: redeliver(stack, scanId) };
  });
  expect(await again.answer).toBe(200);
  await vi.waitFor(() => expect(logTraces(inject('instanceDir'))['firebase.log']).toContain(scanId), 30_000);
  expect((await world.ledger(user.uid)).entries.map(({ kind }) => kind)).toEqual(['grant']);
  expect((await world.auditChain(scanId)).entries).toEqual([]);
  expect(await world.workflow(scanId)).toBeNull();
  expect(await world.pushes(scanId)).toEqual([]);
});
