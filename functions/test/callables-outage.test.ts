/** Tests callables and the sweeper while Temporal, or Firebase Auth, is away: what they answer, and that nothing is lost. */

import { paths } from '@reddyfit/shared/names/paths';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../local/stack/ports.ts';
import { type CallableStage, callableStage } from './callable-stage.ts';

const unavailable = { code: 'unavailable', details: { code: 'UnavailableError' } };

let stage: CallableStage;
beforeAll(async () => {
  process.env['FIREBASE_AUTH_EMULATOR_HOST'] = `127.0.0.1:${await freePort()}`;
  stage = await callableStage('demo-callables-outage', { temporal: `127.0.0.1:${await freePort()}` });
});
afterAll(() => stage.close());

// These tests run concurrently, since each waits until its deadline.

it(
  'a scan that may be running is not canceled behind the back of its workflow',
  { concurrent: true },
  async () => {
    const { cancelScan } = await import('../src/callables/cancel-scan.ts');
    const ids = await stage.submittedScan({ status: 'queued' });
    const call = stage.callAs(cancelScan)({ uid: ids.uid }, { scanId: ids.scanId });
    await expect(call).rejects.toMatchObject(unavailable);
    expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued' });
  },
);

it('a scan that cannot be running is canceled all the same', { concurrent: true }, async () => {
  const { cancelScan } = await import('../src/callables/cancel-scan.ts');
  const ids = await stage.submittedScan();
  const answer = await stage.callAs(cancelScan)({ uid: ids.uid }, { scanId: ids.scanId });
  expect(answer).toEqual({ scanId: ids.scanId, status: 'canceled' });
  expect(await stage.photosOf(ids)).toBe(0);
});

it('a step that is to run again stays failed, and may be asked for again', { concurrent: true }, async () => {
  const { retryScanStep } = await import('../src/callables/retry-scan-step.ts');
  const steps = { insights: { state: 'failed', attempt: 3 } };
  const results = { estimation: { bodyFatPercent: 22 } };
  const ids = await stage.submittedScan({ status: 'completed', steps, results });
  const call = stage.callAs(retryScanStep)({ uid: ids.uid }, { scanId: ids.scanId, step: 'insights' });
  await expect(call).rejects.toMatchObject(unavailable);
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'completed', steps });
});

it('an account stays marked for its deletion', { concurrent: true }, async () => {
  const { deleteMyAccount } = await import('../src/callables/delete-my-account.ts');
  const { uid } = await stage.person();
  await expect(stage.callAs(deleteMyAccount)({ uid }, {})).rejects.toMatchObject(unavailable);
  const user = await stage.db.doc(paths.user(uid)).get();
  expect(user.get('deletion')).toMatchObject({ state: 'requested' });
});

it('an auditor is not told that nothing was ever verified', { concurrent: true }, async () => {
  const { auditCheckOf } = await import('../src/operator/audit-check.ts');
  expect(await auditCheckOf()).toEqual({
    state: 'unknown',
    startedAt: null,
    endedAt: null,
    found: null,
    gaps: ['Temporal does not answer.'],
  });
});

it('the sweeper leaves everything to its next run', async () => {
  const { sweep } = await import('../src/triggers/sweep-scans.ts');
  const ids = await stage.submittedScan();
  const found = await sweep(new Date(Date.now() + 180_000));
  expect(found).toMatchObject({ started: 0, settled: 0, troubled: 0, more: true });
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'submitted' });
});

it('nobody is an administrator whom Firebase Auth cannot be asked about, for now', async () => {
  const { listWebhooks } = await import('../src/index.ts');
  const caller = { uid: 'admin-1', token: { admin: true } };
  await expect(stage.callAs(listWebhooks)(caller, {})).rejects.toMatchObject(unavailable);
});
