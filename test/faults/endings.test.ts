/** How a scan ends when somebody else ends it or when its time is up, and how its credit is then settled. */

import { en } from '@reddyfit/shared/words/en';
import { retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, inject, vi } from 'vitest';
import { submitTo } from '../e2e/own-queue.ts';
import type { User } from '../e2e/users.ts';
import type { World } from '../e2e/world.ts';
import { deliver, wakeOnScanCreated } from './deliver.ts';
import { strikeAt } from './link-control.ts';
import { kill, whileDown, whileFrozen } from './parts.ts';
import { sweep } from './sweep.ts';
import { it } from './world.ts';

/** A word that occurs only in the write that shows a body fat. */
const BODY_FAT = 'bodyFatRange';

const withdraw = (world: World, { uid }: User) =>
  world.servers.db.doc(paths.consent(uid, SCAN_CONSENT)).update({ granted: false, at: Timestamp.now() });

describe.concurrent('the credit of a scan that is canceled', () => {
  it('after its body fat was shown is spent: the result stays, and is paid for', async ({
    world,
    shared,
  }) => {
    const user = await world.newUser();
    await shared.modelOf(user).fault({ step: 'insights', kind: 'hang' });
    const { scanId, seen, go } = await shared.submit(world, user);
    go();
    await seen.until(({ results }) => results?.estimation !== undefined);
    expect((await world.ledger(user.uid)).entries.map(({ kind }) => kind)).toContain('commit');
    await user.phone.call('cancelScan', { scanId });
    const scan = await seen.ended;
    expect(scan).toMatchObject({
      status: 'canceled',
      error: { message: en.errors['ScanCanceledError.after_result'] },
    });
    expect(scan.results?.estimation).toBeDefined();
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(4);
    expect((await world.pushes(scanId)).map(({ body }) => body)).toEqual([
      expect.stringContaining('so the credit was used'),
    ]);
  });

  it('while the body fat is on its way to the document is spent', async ({ world, shared }) => {
    const user = await world.newUser();
    const model = shared.modelOf(user);
    await model.fault({ step: 'insights', kind: 'hang' });
    const { scanId, seen, go } = await shared.submit(world, user);
    const showing = shared.worker.firestore.strike({
      path: '/Commit',
      about: [BODY_FAT, scanId],
      fate: 'hold request',
      times: Infinity,
    });
    go();
    await showing.first;
    await model.untilStruck();
    await user.phone.call('cancelScan', { scanId });
    await insightsGivenUp(world, model);
    showing.release();
    const scan = await seen.ended;
    expect(scan).toMatchObject({
      status: 'canceled',
      error: { message: en.errors['ScanCanceledError.after_result'] },
    });
    expect(scan.results?.estimation).toBeDefined();
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(4);
  });

  it('before the body fat is written is given back, and it is never shown', async ({ world, shared }) => {
    const user = await world.newUser();
    const model = shared.modelOf(user);
    await model.fault({ step: 'insights', kind: 'hang' });
    const { scanId, seen, go } = await shared.submit(world, user);
    // The write before the one with the body fat is held, so that the latter has to wait.
    const before = shared.worker.firestore.strike({
      path: '/Commit',
      about: ['processing', scanId],
      fate: 'hold request',
      times: Infinity,
    });
    go();
    await before.first;
    await model.untilStruck();
    await user.phone.call('cancelScan', { scanId });
    await insightsGivenUp(world, model);
    before.release();
    const scan = await seen.ended;
    expect(scan).toMatchObject({ status: 'canceled', error: { code: 'ScanCanceledError' } });
    expect(seen.snapshots.some(({ results }) => results?.estimation)).toBe(false);
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(5);
  });
});

/**
 * Resolves once the model request for the insights was given up, which shows that the workflow has received the cancellation.
 */
async function insightsGivenUp(world: World, model: User['model']): Promise<void> {
  await vi.waitFor(async () => {
    const asked = await model.asked('insights', world.since);
    expect(asked.map(({ status }) => status)).toEqual([499]);
  }, 60_000);
}

describe('a step that runs again', () => {
  /** A completed scan whose nutrition step has failed and is now running again, with a model request that gets no answer. */
  async function retrying(world: World, user: User) {
    await user.model.fault({ step: 'nutrition', kind: 'server_error', times: 3 });
    const { scanId, seen } = await world.submitScan(user);
    expect((await seen.ended).steps?.nutrition.state).toBe('failed');
    await world.expectInvariants(scanId);
    await user.model.fault({ step: 'nutrition', kind: 'hang' });
    await user.phone.call('retryScanStep', { scanId, step: 'nutrition' });
    await user.model.untilStruck();
    const run = world.servers.temporal.workflow.getHandle(retryStepWorkflowId(scanId, 'nutrition'));
    const abandoned = () =>
      vi.waitFor(async () => {
        const asked = await user.model.asked('nutrition', world.since);
        expect(asked.at(-1)?.status, 'the question was given up').toBe(499);
      }, 30_000);
    return { scanId, run, abandoned };
  }

  it('gives up its question when consent is withdrawn, and writes no result', async ({ world }) => {
    const user = await world.newUser();
    const { scanId, run, abandoned } = await retrying(world, user);
    await withdraw(world, user);
    expect(await run.result()).toMatchObject({ state: 'failed' });
    await abandoned();
    const scan = await world.document(scanId);
    expect(scan.steps?.nutrition.state).toBe('failed');
    expect(scan.results).not.toHaveProperty('nutrition');
  });

  it('gives it up when its scan is deleted', async ({ world }) => {
    const user = await world.newUser();
    const { scanId, run, abandoned } = await retrying(world, user);
    await user.phone.call('deleteScan', { scanId });
    await run.result();
    await abandoned();
    await vi.waitFor(async () => expect(await world.document(scanId)).toBeUndefined(), 30_000);
  });

  it('gives it up when its account is deleted', async ({ world }) => {
    const user = await world.newUser();
    const { run, abandoned } = await retrying(world, user);
    await user.phone.call('deleteMyAccount', {});
    await run.result();
    await abandoned();
  });
});

describe.concurrent('a scan whose model wants to be left alone', () => {
  it('for two hours at an optional step completes in its time, with a warning, and promises no attempt after it', async ({
    world,
    shared,
  }) => {
    const user = await world.newUser();
    await shared
      .modelOf(user)
      .fault({ step: 'insights', kind: 'rate_limit', retryAfterSeconds: 7200, times: 9 });
    const { scanId, seen, go } = await shared.submit(world, user, { timeLimitSeconds: 60 });
    go();
    const scan = await seen.ended;
    const promised = seen.snapshots.map(({ steps }) => steps?.insights.nextRetryAt?.toMillis());
    expect(promised.filter((at) => at !== undefined && at > scan.createdAt.toMillis() + 65_000)).toEqual([]);
    expect(scan).toMatchObject({ status: 'completed', steps: { insights: { state: 'failed' } } });
    expect(scan.warnings).toHaveLength(1);
    await world.expectInvariants(scanId);
  });

  it('for three thousand years at the estimation fails in its time, at no cost', async ({
    world,
    shared,
  }) => {
    const user = await world.newUser();
    await shared
      .modelOf(user)
      .fault({ step: 'estimation', kind: 'rate_limit', retryAfterSeconds: 1e11, times: 9 });
    const { scanId, seen, go } = await shared.submit(world, user, { timeLimitSeconds: 20 });
    go();
    expect(await seen.ended).toMatchObject({ status: 'failed', error: { code: 'ScanTimedOutError' } });
    await world.expectInvariants(scanId);
    expect((await world.ledger(user.uid)).balance).toBe(5);
  });
});

it('a cancellation is shown at once where model calls hold every slot', async ({
  world,
  fleet,
  measured,
}) => {
  const worker = await fleet.start({ WORKER_CONCURRENCY: 'fixed:1' });
  await fleet.model.fault({ step: 'estimation', kind: 'slow', afterSeconds: 40, times: 4 });
  await fleet.model.fault({ step: 'hydration', kind: 'slow', afterSeconds: 40, times: 4 });
  const users = await Promise.all(Array.from({ length: 4 }, () => world.newUser()));
  const scans = await Promise.all(users.map((user) => submitTo(fleet.taskQueue, world, user)));
  worker.go();
  // The worker has three slots, and each waits for the model.
  await vi.waitFor(async () => {
    expect((await fleet.model.waitingFaults()).length).toBeLessThanOrEqual(2);
  }, 30_000);
  await Promise.all(scans.map(({ seen }) => seen.until(({ status }) => status === 'processing')));
  for (const [index, { scanId, seen }] of scans.entries()) {
    const askedAt = Date.now();
    await users[index]!.phone.call('cancelScan', { scanId });
    expect((await seen.ended).status).toBe('canceled');
    measured('canceled', (Date.now() - askedAt) / 1000);
    expect(Date.now() - askedAt).toBeLessThan(20_000);
    await world.expectInvariants(scanId);
  }
});

it('a scan that is refused after its workflow has started ends once, and its workflow with it', async ({
  world,
}) => {
  const { db, stack } = world.servers;
  const user = await world.newUser();
  await user.model.fault({ step: 'qualityCheck', kind: 'slow', afterSeconds: 20 });
  // The worker is frozen before its first write, so that the document stays queued.
  const { scanId, seen, submit } = await world.prepareScan(user);
  await whileFrozen(inject('instanceDir'), 'worker', async () => {
    await submit();
    await vi.waitFor(async () => expect((await world.workflow(scanId))?.status.name).toBe('RUNNING'), 30_000);
    await db.doc(paths.user(user.uid)).update({ heightCm: 'tall' });
    await deliver(stack, scanId);
  });
  const scan = await seen.ended;
  expect(scan).toMatchObject({ status: 'failed', error: { code: 'ProfileIncompleteError' } });
  await vi.waitFor(async () => expect((await world.workflow(scanId))?.status.name).toBe('COMPLETED'), 60_000);
  // The sweeper, like another delivery of the event, may complete the refusal and do nothing else.
  await sweepOwed(world, scanId);
  await world.expectInvariants(scanId);
  expect((await world.ledger(user.uid)).balance).toBe(5);
  expect((await world.document(scanId)).results).toBeUndefined();
  const memories = await db.collection(paths.memories(user.uid)).count().get();
  expect(memories.data().count, 'memories of a scan that failed').toBe(0);
});

it('an end whose function died before it was announced is announced by the sweeper, once', async ({
  world,
  events,
}) => {
  const { db } = world.servers;
  const user = await world.newUser();
  const { scanId, seen, submit } = await world.prepareScan(user);
  const path = '/StartWorkflowExecution';
  await wakeOnScanCreated(world.servers.stack);
  await whileFrozen(inject('instanceDir'), 'onScanCreated', async () => {
    await submit();
    const struck = await strikeAt(inject('functionsLink'), {
      path,
      about: ['announce-scan', scanId],
      fate: 'hold request',
    });
    try {
      const canceling = user.phone.call('cancelScan', { scanId }).catch(() => undefined);
      await struck.first;
      await kill(inject('instanceDir'), 'cancelScan');
      await canceling;
    } finally {
      await struck.lose();
    }
  });
  expect((await seen.ended).status).toBe('canceled');
  expect((await db.doc(paths.announcement(scanId)).get()).exists, 'that it is owed').toBe(true);
  await sweepOwed(world, scanId);
  await events.of(scanId, 'scan.canceled');
  await vi.waitFor(async () => expect(await world.pushes(scanId)).toHaveLength(1), 30_000);
  await sweepOwed(world, scanId);
  await world.expectInvariants(scanId);
  expect(await world.pushes(scanId)).toHaveLength(1);
});

/** Runs the sweeper with the announcement owed for a scan made old enough for it. */
async function sweepOwed({ servers: { db, stack } }: World, scanId: string): Promise<void> {
  const owed = db.doc(paths.announcement(scanId));
  if ((await owed.get()).exists) await owed.update({ at: Timestamp.fromMillis(Date.now() - 10 * 60_000) });
  await sweep(stack);
  expect((await owed.get()).exists, 'still owed').toBe(false);
}

it('a scan is told to be queued when it is, while no worker takes it', async ({ world, events }) => {
  const user = await world.newUser();
  const { stack } = world.servers;
  const { scanId, seen, submit } = await world.prepareScan(user);
  await whileDown({ instanceDir: inject('instanceDir'), stack }, 'worker', 'SIGTERM', async () => {
    await submit();
    expect((await events.of(scanId, 'scan.queued')).data.status).toBe('queued');
    expect((await world.document(scanId)).status).toBe('queued');
  });
  expect((await seen.ended).status).toBe('completed');
  await world.expectInvariants(scanId);
  const first = events.about(scanId)[0];
  expect(first?.type).toBe('scan.queued');
  expect(events.about(scanId).filter(({ type }) => type === 'scan.queued')).toHaveLength(1);
});
