/** Faults between the creation of the document and the first workflow task: the function dies, or Temporal is unreachable. */

import { setTimeout as wait } from 'node:timers/promises';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, inject } from 'vitest';
import { redeliver } from '../e2e/redelivery.ts';
import type { User } from '../e2e/users.ts';
import type { World } from '../e2e/world.ts';
import { deliver } from './deliver.ts';
import { strikeAt } from './link-control.ts';
import { kill, whileFrozen } from './parts.ts';
import { sweep } from './sweep.ts';
import { it } from './world.ts';

/** How long Temporal is unreachable (ms). */
const AWAY_MS = 60_000;

/** A scan whose document was written three minutes ago, which is old enough for the sweeper. */
async function leftBehind({ prepareScan, servers: { db, stack } }: World, user: User) {
  const { scanId, seen } = await prepareScan(user);
  await db.doc(paths.scan(scanId)).create({
    userId: user.uid,
    photoUrls: photoUrlsOf(stack.bucket, user.uid, scanId),
    weightLb: 150,
    status: 'submitted',
    createdAt: Timestamp.fromMillis(Date.now() - 3 * 60_000),
  });
  return { scanId, seen };
}

describe('a function that is killed', () => {
  it.for([
    ['after it admitted the scan and before it started the workflow', 'hold request', false],
    ['after it started the workflow and before it heard so', 'hold answer', true],
  ] as const)('%s does no harm', async ([, fate, started], { world, everyonesModel }) => {
    const { stack } = world.servers;
    const user = await world.newUser();
    const { scanId, seen, submit } = await world.prepareScan(user);
    const path = '/StartWorkflowExecution';
    // Not the scan's id: the ids of the scan's events, and so of the webhooks' workflows, contain that, too.
    const about = dailyScanWorkflowId(scanId);
    const struck = await strikeAt(inject('functionsLink'), { path, about, fate });
    // The estimation is slow, since the scan would otherwise end before the event is delivered again.
    await everyonesModel.fault({ step: 'estimation', kind: 'slow', afterSeconds: 3 });
    try {
      await submit();
      await struck.first;
      await kill(inject('instanceDir'), 'onScanCreated');
    } finally {
      await struck.lose();
    }
    await seen.until((scan) => scan.status !== 'submitted');
    expect((await world.workflow(scanId)) !== null).toBe(started);

    await deliver(stack, scanId);
    expect((await seen.ended).status).toBe('completed');
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(4);
  });
});

it('a scan whose function died is begun by the sweeper', async ({ world }) => {
  const { stack } = world.servers;
  const user = await world.newUser();
  const path = '/StartWorkflowExecution';
  const struck = await strikeAt(inject('functionsLink'), { path, fate: 'hold request' });
  let scan: Awaited<ReturnType<typeof leftBehind>>;
  try {
    scan = await leftBehind(world, user);
    await struck.first;
    await kill(inject('instanceDir'), 'onScanCreated');
  } finally {
    await struck.lose();
  }
  await scan.seen.until(({ status }) => status === 'queued');
  await sweep(stack);
  expect((await scan.seen.ended).status).toBe('completed');
  await world.expectInvariants(scan.scanId);
});

it('a minute without Temporal delays scans that are created in it, and loses none', async ({ world }) => {
  const { stack } = world.servers;
  const [once, again, swept] = await Promise.all([world.newUser(), world.newUser(), world.newUser()]);
  const prepared = await world.prepareScan(once!);
  const other = await world.prepareScan(again!);
  const left = await whileFrozen(inject('instanceDir'), 'temporal', async () => {
    const over = wait(AWAY_MS);
    await Promise.all([prepared.submit(), other.submit()]);
    const behind = await leftBehind(world, swept!);
    for (const { scanId } of [prepared, other]) {
      expect(await redeliver(stack, scanId), 'asks to be delivered again').not.toBe(200);
    }
    await over;
    return behind;
  });
  for (const { scanId } of [prepared, other]) await deliver(stack, scanId);
  await sweep(stack);
  for (const { scanId, seen } of [prepared, other, left]) {
    expect((await seen.ended).status).toBe('completed');
    await world.expectInvariants(scanId);
  }
});
