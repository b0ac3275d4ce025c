/** Tests cancelScan on real servers. No worker takes the workflows, so the requests to Temporal stay visible. */

import { paths } from '@reddyfit/shared/names/paths';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallableStage, type Caller, callableStage, newScanId } from './callable-stage.ts';

let stage: CallableStage;
let cancel: (caller: Caller, data: unknown) => Promise<{ scanId: string; status: string }>;
beforeAll(async () => {
  stage = await callableStage('demo-cancel');
  const { cancelScan } = await import('../src/callables/cancel-scan.ts');
  cancel = stage.callAs(cancelScan);
});
afterAll(() => stage.close());

const actions = async (scanId: string) => (await stage.audit(scanId)).map((entry) => entry.action);

describe('a scan that was not started', () => {
  it('and not admitted is canceled at once, at no cost, and its photos go', async () => {
    const ids = await stage.submittedScan();
    expect(await cancel({ uid: ids.uid }, { scanId: ids.scanId })).toEqual({
      scanId: ids.scanId,
      status: 'canceled',
    });
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'canceled',
      rev: 1,
      progress: 0,
      error: {
        code: 'ScanCanceledError',
        messageCode: 'ScanCanceledError.without_credit',
        message: 'The scan was canceled. No credit was used.',
        retryable: true,
      },
    });
    expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });
    expect(await stage.photosOf(ids)).toBe(0);
    expect(await stage.audit(ids.scanId)).toMatchObject([
      { action: 'scan_canceled', actor: `user:${ids.uid}` },
    ]);

    // The created event is delivered only now.
    await stage.deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'canceled', rev: 1 });
    expect(await stage.workflows.runs(ids.scanId)).toEqual([]);
  });

  it('but admitted gets its credit back, once however often it is canceled', async () => {
    const ids = await stage.submittedScan();
    const { admit } = await import('../src/scans/admission/admission.ts');
    const { config } = await import('../src/platform/config.ts');
    const now = new Date();
    await admit(stage.db, { scanId: ids.scanId, eventTime: now, now, actor: 'function:test' }, config());
    expect((await stage.credits(ids.uid)).balance).toBe(2);

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => cancel({ uid: ids.uid }, { scanId: ids.scanId })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill('canceled'));
    expect((await stage.scan(ids.scanId))?.error?.message).toBe(
      'The scan was canceled. Your credit was returned.',
    );
    expect(await stage.credits(ids.uid)).toEqual({
      balance: 3,
      ledger: [`${ids.scanId}:refund`, `${ids.scanId}:reserve`],
    });
    expect(await actions(ids.scanId)).toEqual([
      'scan_admitted',
      'credit_reserved',
      'scan_cancel_requested',
      'scan_canceled',
      'credit_refunded',
    ]);
    expect(await stage.photosOf(ids)).toBe(0);
  });

  it('but starts while it is canceled leaves no workflow that goes on', async () => {
    // Every interleaving ends in one of two ways: the scan ended before its start, or it was started and asked to
    // cancel.
    for (let round = 0; round < 8; round += 1) {
      const ids = await stage.submittedScan();
      await Promise.all([
        stage.deliver(ids.scanId),
        cancel({ uid: ids.uid }, { scanId: ids.scanId }),
        round % 2 ? stage.deliver(ids.scanId) : undefined,
      ]);
      const runs = await stage.workflows.runs(ids.scanId);
      const { status } = (await stage.scan(ids.scanId))!;
      if (runs.length > 0) expect(await stage.cancelRequests(ids.scanId)).toBeGreaterThan(0);
      else expect(status).toBe('canceled');
      const { balance } = await stage.credits(ids.uid);
      expect(balance).toBe(status === 'canceled' ? 3 : 2);
    }
  });

  it('and ended between admission and start is found by the start, which cancels what it started', async () => {
    const ids = await stage.submittedScan();
    await stage.deliver(ids.scanId);
    // As if cancelScan had come between: the document has ended, but no workflow has written to it.
    await stage.db.doc(paths.scan(ids.scanId)).update({ status: 'canceled' });
    await stage.deliver(ids.scanId);
    expect(await stage.cancelRequests(ids.scanId)).toBe(1);
  });
});

describe('a scan whose workflow was ended hard', () => {
  /** Such a scan, with what its workflow had written. */
  const lost = async (changes: object) => {
    const ids = await stage.submittedScan();
    await stage.deliver(ids.scanId);
    const workflow = { id: `daily-scan-${ids.scanId}`, runId: 'run' };
    await stage.db.doc(paths.scan(ids.scanId)).update({ status: 'processing', rev: 5, workflow, ...changes });
    await stage.workflows.handle(ids.scanId).terminate();
    return ids;
  };

  it('is canceled at once, and its credit comes back', async () => {
    const ids = await lost({ 'steps.estimation': { state: 'running', attempt: 1 } });
    const answer = { scanId: ids.scanId, status: 'canceled' };
    expect(await cancel({ uid: ids.uid }, { scanId: ids.scanId })).toEqual(answer);
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'canceled',
      rev: 6,
      error: { code: 'ScanCanceledError' },
      steps: { estimation: { state: 'skipped' } },
    });
    expect((await stage.credits(ids.uid)).balance).toBe(3);
    expect(await stage.photosOf(ids)).toBe(0);
    expect(await cancel({ uid: ids.uid }, { scanId: ids.scanId })).toEqual(answer);
  });

  it('completes when it has shown its body fat, keeps its photos, and the credit is spent', async () => {
    const ids = await lost({ 'results.estimation': { bodyFatPercent: 20, leanMassLb: 145, fatMassLb: 36 } });
    expect(await cancel({ uid: ids.uid }, { scanId: ids.scanId })).toMatchObject({ status: 'completed' });
    expect((await stage.credits(ids.uid)).balance).toBe(2);
    expect(await stage.photosOf(ids)).toBe(4);
  });
});

it('a scan whose workflow Temporal has forgotten is canceled at once, and its credit comes back', async () => {
  const ids = await stage.submittedScan();
  const { admit } = await import('../src/scans/admission/admission.ts');
  const { config } = await import('../src/platform/config.ts');
  const now = new Date();
  await admit(stage.db, { scanId: ids.scanId, eventTime: now, now, actor: 'function:test' }, config());
  const workflow = { id: `daily-scan-${ids.scanId}`, runId: 'run' };
  await stage.db.doc(paths.scan(ids.scanId)).update({ status: 'processing', rev: 5, workflow });
  expect((await cancel({ uid: ids.uid }, { scanId: ids.scanId })).status).toBe('canceled');
  expect((await stage.credits(ids.uid)).balance).toBe(3);
  expect(await stage.photosOf(ids)).toBe(0);
  // The created event comes again, and starts nothing.
  await stage.deliver(ids.scanId);
  expect(await stage.workflows.runs(ids.scanId)).toEqual([]);
});

describe('a scan whose workflow runs', () => {
  it('is left to the workflow, which is asked to cancel', async () => {
    const ids = await stage.submittedScan();
    await stage.deliver(ids.scanId);
    expect((await cancel({ uid: ids.uid }, { scanId: ids.scanId })).status).toBe('canceling');
    expect(await stage.cancelRequests(ids.scanId)).toBe(1);
    // The workflow gives the credit back, deletes the photos and writes the status; this call does not.
    expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', rev: 1 });
    expect((await stage.credits(ids.uid)).balance).toBe(2);
    expect(await stage.photosOf(ids)).toBe(4);
    expect(await actions(ids.scanId)).toEqual(['scan_admitted', 'credit_reserved', 'scan_cancel_requested']);
  });

  it('may be canceled again', async () => {
    const ids = await stage.submittedScan();
    await stage.deliver(ids.scanId);
    await cancel({ uid: ids.uid }, { scanId: ids.scanId });
    expect((await cancel({ uid: ids.uid }, { scanId: ids.scanId })).status).toBe('canceling');
  });
});

it.each(['completed', 'rejected', 'failed', 'canceled'])('a %s scan stays as it is', async (status) => {
  const ids = await stage.submittedScan();
  await stage.db.doc(paths.scan(ids.scanId)).update({ status, workflow: { id: 'w', runId: 'r' } });
  const before = await stage.scan(ids.scanId);
  expect(await cancel({ uid: ids.uid }, { scanId: ids.scanId })).toEqual({ scanId: ids.scanId, status });
  expect(await stage.scan(ids.scanId)).toEqual(before);
  expect(await stage.photosOf(ids)).toBe(4);
  expect(await stage.audit(ids.scanId)).toEqual([]);
});

it("somebody else's scan is as if it did not exist", async () => {
  const theirs = await stage.submittedScan();
  const { uid } = await stage.person();
  const refused = { code: 'not-found', details: { code: 'ScanNotFoundError' } };
  await expect(cancel({ uid }, { scanId: theirs.scanId })).rejects.toMatchObject(refused);
  await expect(cancel({ uid }, { scanId: newScanId() })).rejects.toMatchObject(refused);
  expect(await stage.scan(theirs.scanId)).toMatchObject({ status: 'submitted' });
});

it('a refusal is told in the language of the caller, beside its code', async () => {
  const { uid } = await stage.person();
  await stage.db.doc(paths.user(uid)).set({ locale: 'es_AR' }, { merge: true });
  await expect(cancel({ uid }, { scanId: newScanId() })).rejects.toMatchObject({
    code: 'not-found',
    message: 'Ese escaneo no existe.',
    details: { code: 'ScanNotFoundError', messageCode: 'ScanNotFoundError', params: {} },
  });
});

it.each([[{}], [{ scanId: '../users' }], [{ scanId: 7 }], [{ scanId: 'a', force: true }], ['x'], [null]])(
  'refuses %j as a request',
  async (data) => {
    const { uid } = await stage.person();
    await expect(cancel({ uid }, data)).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { code: 'InvalidRequestError' },
    });
  },
);
