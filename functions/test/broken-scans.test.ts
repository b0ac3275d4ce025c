/**
 * Scans in whose documents somebody has broken a field in the console, as their users and the sweeper meet them. What the
 * desk does with them stands in desk-broken.test.ts.
 */

import { paths } from '@reddyfit/shared/names/paths';
import { en } from '@reddyfit/shared/words/en';
import { es } from '@reddyfit/shared/words/es';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { FieldValue, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CallableStage, type Caller, callableStage } from './callable-stage.ts';

let stage: CallableStage;
let sweep: typeof import('../src/triggers/sweep-scans.ts').sweep;
let call: Record<'cancel' | 'remove' | 'retry', (caller: Caller, data: unknown) => Promise<unknown>>;
beforeAll(async () => {
  stage = await callableStage('demo-broken-scans');
  ({ sweep } = await import('../src/triggers/sweep-scans.ts'));
  const [{ cancelScan }, { deleteScan }, { retryScanStep }] = await Promise.all([
    import('../src/callables/cancel-scan.ts'),
    import('../src/callables/delete-scan.ts'),
    import('../src/callables/retry-scan-step.ts'),
  ]);
  call = {
    cancel: stage.callAs(cancelScan),
    remove: stage.callAs(deleteScan),
    retry: stage.callAs(retryScanStep),
  };
});
afterAll(() => stage.close());

const minutesAgo = (minutes: number) => Timestamp.fromMillis(Date.now() - minutes * 60_000);

/** A scan that was admitted and whose workflow has not started, with a change by hand. */
async function admittedScan(change: object) {
  const ids = await stage.submittedScan();
  const { admit } = await import('../src/scans/admission/admission.ts');
  const { config } = await import('../src/platform/config.ts');
  const now = new Date();
  await admit(stage.db, { scanId: ids.scanId, eventTime: now, now, actor: 'function:test' }, config());
  const ref = stage.db.doc(paths.scan(ids.scanId));
  await ref.update(change);
  return { ...ids, ref, before: (await ref.get()).data() };
}

/** A scan that was admitted three minutes ago and whose workflow is gone, with a change by hand. */
async function lostScan(change: object) {
  const ids = await stage.submittedScan({ createdAt: minutesAgo(3) });
  await stage.deliver(ids.scanId);
  await stage.workflows.handle(ids.scanId).terminate();
  const ref = stage.db.doc(paths.scan(ids.scanId));
  if (Object.keys(change).length > 0) await ref.update(change);
  return { ...ids, ref, before: (await ref.get()).data() };
}

const unreadable = (message: string = en.calls.ScanUnreadableError) => ({
  code: 'failed-precondition',
  message,
  details: { code: 'ScanUnreadableError', messageCode: 'ScanUnreadableError' },
});

const BROKEN: [change: Record<string, unknown>, mended: Record<string, unknown>][] = [
  [{ rev: 'seven' }, { rev: 7 }],
  [{ progress: 'half' }, { progress: 50 }],
  [{ results: 5 }, { results: FieldValue.delete() }],
  [{ results: { estimation: null } }, { results: FieldValue.delete() }],
  [{ steps: 'none' }, { steps: FieldValue.delete() }],
  [{ 'steps.insights': 'completed' }, { 'steps.insights': FieldValue.delete() }],
];

describe.each(BROKEN)('a scan with %j', (change, mended) => {
  it('is not ended by its user, who is told so, and loses nothing', async () => {
    const { uid, scanId, ref, before } = await admittedScan(change);
    await stage.db.doc(paths.user(uid)).set({ locale: 'es-MX' }, { merge: true });
    const cancel = () => call.cancel({ uid }, { scanId });
    await expect(cancel()).rejects.toMatchObject(unreadable(es.calls!.ScanUnreadableError));
    expect((await ref.get()).data()).toEqual(before);
    expect(await stage.credits(uid)).toEqual({ balance: 2, ledger: [`${scanId}:reserve`] });
    expect(await stage.photosOf({ uid, scanId })).toBe(4);
    await ref.update(mended);
    expect(await cancel()).toMatchObject({ status: 'canceled' });
    expect((await stage.credits(uid)).balance).toBe(3);
  });

  it('and a lost workflow is left by the sweeper, which ends the others, until it is mended', async () => {
    const [broken, whole] = [await lostScan(change), await lostScan({})];
    const { logs } = await import('../src/platform/logs.ts');
    const lines = [vi.spyOn(logs, 'scanUnreadable'), vi.spyOn(logs, 'sweepTroubled')];
    const found = await sweep(new Date());
    expect(found.troubled).toBeGreaterThan(0);
    const told = lines.map(({ mock }) => mock.calls.filter(([id]) => id === broken.scanId).length);
    expect(told, 'one line, with the fields').toEqual([1, 0]);
    vi.restoreAllMocks();
    expect((await broken.ref.get()).data()).toEqual(broken.before);
    expect((await stage.credits(broken.uid)).balance).toBe(2);
    expect(await stage.scan(whole.scanId)).toMatchObject({ status: 'failed' });
    await broken.ref.update(mended);
    await sweep(new Date());
    expect(await stage.scan(broken.scanId)).toMatchObject({ status: 'failed', rev: expect.any(Number) });
    expect((await stage.credits(broken.uid)).balance).toBe(3);
  });
});

it('a scan that names nobody keeps the sweeper from no other, and nobody is told of its end', async () => {
  for (const userId of [7, 'a/b', '']) {
    const { scanId, ref } = await lostScan({ userId });
    await sweep(new Date());
    expect((await ref.get()).get('status')).toBe('queued');
    expect((await stage.db.doc(paths.announcement(scanId)).get()).exists).toBe(false);
  }
});

it.each(['monday', 1_764_417_600, null, { seconds: 1 }, false])(
  'a scan whose time is %j is ended like any other once it is no longer on its way',
  async (createdAt) => {
    const lost = await lostScan({ createdAt });
    await sweep(new Date());
    expect(await stage.scan(lost.scanId), 'it may still be on its way').toMatchObject({ status: 'queued' });
    await sweep(new Date(Date.now() + 3 * 60_000));
    expect(await stage.scan(lost.scanId)).toMatchObject({ status: 'failed', createdAt });
    expect(await stage.credits(lost.uid)).toMatchObject({ balance: 3 });
    const never = await stage.submittedScan({ createdAt });
    await sweep(new Date(Date.now() + 3 * 60_000));
    expect(await stage.scan(never.scanId)).toMatchObject({
      status: 'failed',
      error: { messageCode: 'InvalidScanError.field', params: { field: 'createdAt' } },
    });
  },
);

it('a workflow that runs is asked to cancel, whatever the document is like', async () => {
  const ids = await stage.submittedScan();
  await stage.deliver(ids.scanId);
  await stage.db.doc(paths.scan(ids.scanId)).update({ rev: 'seven', steps: 'none', status: 'done' });
  expect(await call.cancel({ uid: ids.uid }, { scanId: ids.scanId })).toMatchObject({ status: 'canceling' });
  expect(await stage.cancelRequests(ids.scanId)).toBe(1);
});

it('a scan whose status cannot be read is neither canceled nor deleted, and is not called running', async () => {
  const { uid, scanId } = await admittedScan({ status: 'done' });
  for (const act of [call.cancel, call.remove])
    await expect(act({ uid }, { scanId })).rejects.toMatchObject(unreadable());
});

it('but is deleted when no workflow works on it and no credit is reserved for it', async () => {
  const { uid, scanId } = await stage.submittedScan();
  await stage.deliver(scanId);
  await stage.db.doc(paths.scan(scanId)).update({ status: 'done' });
  const remove = () => call.remove({ uid }, { scanId });
  await expect(remove(), 'its workflow runs').rejects.toMatchObject(unreadable());
  await stage.workflows.handle(scanId).terminate();
  await expect(remove(), 'its credit is reserved').rejects.toMatchObject(unreadable());
  const { moveCredit } = await import('../src/accounts/credit-ledger.ts');
  await stage.db.runTransaction(async (tx) => moveCredit(stage.db, tx, uid, scanId, 'commit'));
  expect(await remove()).toEqual({ scanId, state: 'deleting' });
});

it.each([
  { createdAt: 'monday' },
  { weightLb: 'much' },
  { 'photoUrls.front': 5 },
  { 'results.estimation': 'lean' },
  { 'steps.nutrition.startedAt': 5 },
])('a step of a completed scan with %j does not run again', async (change) => {
  const { uid, scanId } = await stage.submittedScan();
  const steps = Object.fromEntries(
    STEP_NAMES.map((name) => [name, { state: name === 'nutrition' ? 'failed' : 'completed', attempt: 1 }]),
  );
  const estimation = { bodyFatPercent: 22, leanMassLb: 140, fatMassLb: 40 };
  const results = { estimation, delta: { previous: null, year: null, trend: null } };
  await stage.db.doc(paths.scan(scanId)).update({ status: 'completed', rev: 9, steps, results });
  await stage.db.doc(paths.scan(scanId)).update(change);
  await expect(call.retry({ uid }, { scanId, step: 'nutrition' })).rejects.toMatchObject(unreadable());
  expect(await stage.audit(scanId)).toEqual([]);
});
