/** Tests the sweeper on real servers. A sweep covers all users' scans, so each test checks its own scans only. */

import { createHash, randomUUID } from 'node:crypto';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { announceScanWorkflowId, deleteAccountWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { en } from '@reddyfit/shared/words/en';
import { scan as scanSchema } from '@reddyfit/shared/scan/document';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type CallableStage, callableStage } from './callable-stage.ts';

let stage: CallableStage;
let sweep: typeof import('../src/triggers/sweep-scans.ts').sweep;
let client: Client;
beforeAll(async () => {
  stage = await callableStage('demo-sweep');
  ({ sweep } = await import('../src/triggers/sweep-scans.ts'));
  client = new Client({ connection: await Connection.connect({ address: inject('temporal') }) });
});
afterAll(async () => {
  await client.connection.close();
  await stage.close();
});

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const minutesAgo = (minutes: number) => Timestamp.fromMillis(Date.now() - minutes * 60_000);
const leftBehind = (changes: object = {}) => stage.submittedScan({ createdAt: minutesAgo(3), ...changes });

const isStarted = (workflowId: string) =>
  client.workflow
    .getHandle(workflowId)
    .describe()
    .then(() => true)
    .catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    });

it('starts a scan whose created event never came, once', async () => {
  const ids = await leftBehind();
  const [found] = await Promise.all([sweep(new Date()), sweep(new Date())]);
  expect(found.started).toBeGreaterThan(0);
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued', rev: 1 });
  expect(await stage.workflows.runs(ids.scanId)).toEqual(['RUNNING']);
  expect(await stage.credits(ids.uid)).toEqual({ balance: 2, ledger: [`${ids.scanId}:reserve`] });
  expect(await stage.audit(ids.scanId)).toMatchObject([
    { action: 'scan_admitted', actor: 'function:sweepScans' },
    { action: 'credit_reserved', actor: 'function:sweepScans', detail: { amount: -1 } },
  ]);

  const again = await sweep(new Date());
  expect(again.running).toBeGreaterThan(0);
  await stage.deliver(ids.scanId);
  expect((await stage.credits(ids.uid)).balance).toBe(2);
});

it('starts a scan that was admitted and never started', async () => {
  const ids = await leftBehind();
  const { admit } = await import('../src/scans/admission/admission.ts');
  const { config } = await import('../src/platform/config.ts');
  const now = new Date();
  await admit(stage.db, { scanId: ids.scanId, eventTime: now, now, actor: 'function:test' }, config());
  await sweep(new Date());
  expect(await stage.workflows.runs(ids.scanId)).toEqual(['RUNNING']);
  expect((await stage.credits(ids.uid)).balance).toBe(2);
});

it('leaves a scan of the last two minutes to its event', async () => {
  const ids = await stage.submittedScan({ createdAt: minutesAgo(1) });
  await sweep(new Date());
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'submitted' });
  expect(await stage.workflows.runs(ids.scanId)).toEqual([]);
});

it('ends a scan that nobody waits for any more', async () => {
  const ids = await leftBehind({ createdAt: minutesAgo(90) });
  await sweep(new Date());
  expect(await stage.scan(ids.scanId)).toMatchObject({
    status: 'failed',
    error: { code: 'ScanExpiredError' },
  });
  expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });
});

it('refuses what admission refuses', async () => {
  const ids = await leftBehind({ weightLb: 7 });
  await sweep(new Date());
  expect(await stage.scan(ids.scanId)).toMatchObject({ error: { code: 'InvalidScanError' } });
});

it.each(['queued', 'processing'])('settles a %s scan whose workflow was ended hard, once', async (status) => {
  const ids = await leftBehind();
  await stage.deliver(ids.scanId);
  const step = { state: 'retrying', attempt: 2, nextRetryAt: Timestamp.now(), message: 'Trying again.' };
  if (status === 'processing') {
    await stage.db.doc(paths.scan(ids.scanId)).update({
      status,
      rev: 5,
      progress: 40,
      workflow: { id: `daily-scan-${ids.scanId}`, runId: 'run' },
      'steps.qualityCheck': { state: 'completed', attempt: 1 },
      'steps.estimation': step,
    });
  }
  await stage.workflows.handle(ids.scanId).terminate();
  const before = (await stage.scan(ids.scanId))!;

  const sweeps = await Promise.all([sweep(new Date()), sweep(new Date())]);
  expect(sweeps.reduce((sum, { settled }) => sum + settled, 0)).toBe(1);
  await sweep(new Date());

  const scan = (await stage.scan(ids.scanId))!;
  expect(scan).toMatchObject({
    status: 'failed',
    rev: before.rev! + 1,
    progress: before.progress,
    error: { code: 'InternalError', retryable: true },
  });
  expect(scanSchema.safeParse(scan).error).toBeUndefined();
  const states = STEP_NAMES.map((name) => scan.steps![name].state);
  expect(states.every((state) => state === 'skipped' || state === 'completed')).toBe(true);
  expect(scan.steps!.estimation.nextRetryAt).toBeUndefined();
  expect(await stage.credits(ids.uid)).toEqual({
    balance: 3,
    ledger: [`${ids.scanId}:refund`, `${ids.scanId}:reserve`],
  });
  expect(await stage.photosOf(ids)).toBe(0);
  const audit = await stage.audit(ids.scanId);
  expect(audit).toMatchObject([
    { action: 'scan_admitted' },
    { action: 'credit_reserved' },
    // What the workflow had written, and would have recorded with its next result or its end.
    ...(status === 'processing'
      ? [
          {
            action: 'daily_scan_workflow_started',
            actor: `workflow:daily-scan-${ids.scanId}`,
            detail: { runId: 'run' },
          },
          {
            action: 'step_completed',
            actor: `workflow:daily-scan-${ids.scanId}`,
            detail: { step: 'qualityCheck', attempt: 1 },
          },
        ]
      : []),
    {
      action: 'daily_scan_workflow_failed',
      actor: 'function:sweepScans',
      detail: { code: 'InternalError' },
    },
    { action: 'credit_refunded', actor: 'function:sweepScans', detail: { amount: 1 } },
    ...(status === 'processing' ? STEP_NAMES : [])
      .filter((name) => name !== 'qualityCheck')
      .map((name) => ({
        action: 'step_skipped',
        actor: 'function:sweepScans',
        detail: { step: name, attempt: scan.steps![name].attempt },
      })),
  ]);
  expect(verifyAudit(audit, sha256)).toBeNull();
  expect(await isStarted(announceScanWorkflowId(ids.scanId))).toBe(true);
});

it('ends a scan that its workflow has not ended in its time, and the workflow with it', async () => {
  const ids = await leftBehind();
  await stage.deliver(ids.scanId);
  const inTime = new Date(Date.now() + 31 * 60_000);
  await sweep(inTime);
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'queued' });
  await sweep(new Date(Date.now() + 33 * 60_000));
  expect(await stage.scan(ids.scanId)).toMatchObject({
    status: 'failed',
    error: { code: 'ScanTimedOutError', retryable: true },
  });
  expect(await stage.workflows.runs(ids.scanId)).toEqual(['TERMINATED']);
  expect((await stage.credits(ids.uid)).balance).toBe(3);
  expect(await stage.photosOf(ids)).toBe(0);
  expect(await isStarted(announceScanWorkflowId(ids.scanId))).toBe(true);
});

it('completes a scan that has shown its body fat, with warnings for what is missing, and spends its credit', async () => {
  const ids = await leftBehind();
  await stage.deliver(ids.scanId);
  await stage.db.doc(paths.scan(ids.scanId)).update({
    status: 'processing',
    workflow: { id: `daily-scan-${ids.scanId}`, runId: 'run' },
    'steps.qualityCheck': { state: 'completed', attempt: 1 },
    'steps.estimation': { state: 'completed', attempt: 1 },
    'steps.hydration': { state: 'completed', attempt: 1 },
    'steps.insights': { state: 'running', attempt: 2 },
    'results.estimation': { bodyFatPercent: 20, leanMassLb: 145, fatMassLb: 36 },
  });
  await stage.workflows.handle(ids.scanId).terminate();
  await sweep(new Date());
  const scan = (await stage.scan(ids.scanId))!;
  const history = await stage.db.doc(paths.scanHistory(ids.uid)).get();
  expect(history.get(`scans.${ids.scanId}.estimation`)).toMatchObject({ bodyFatPercent: 20, fatMassLb: 36 });
  expect(scan).toMatchObject({
    status: 'completed',
    progress: 100,
    steps: { insights: { state: 'failed', attempt: 2 }, hydration: { state: 'completed' } },
    warnings: [en.warnings.delta, en.warnings.insights, en.warnings.nutrition, en.warnings.workout],
  });
  expect(scan.error).toBeUndefined();
  expect(await stage.credits(ids.uid)).toEqual({
    balance: 2,
    ledger: [`${ids.scanId}:commit`, `${ids.scanId}:reserve`],
  });
  expect(await stage.photosOf(ids)).toBe(4);
});

it('makes up an announcement whose process died, once its time has come, and once', async () => {
  const { uid } = await stage.person();
  const owe = async (at: Timestamp) => {
    const scanId = randomUUID();
    await stage.db.doc(paths.announcement(scanId)).set({ userId: uid, status: 'failed', at });
    return scanId;
  };
  const [late, fresh] = [await owe(minutesAgo(3)), await owe(minutesAgo(0))];
  await Promise.all([sweep(new Date()), sweep(new Date())]);
  expect(await isStarted(announceScanWorkflowId(late))).toBe(true);
  expect((await stage.db.doc(paths.announcement(late)).get()).exists).toBe(false);
  expect(await isStarted(announceScanWorkflowId(fresh))).toBe(false);
  expect((await stage.db.doc(paths.announcement(fresh)).get()).exists).toBe(true);
});

it('settles a processing scan whose workflow Temporal has never heard of', async () => {
  const ids = await leftBehind({ status: 'processing', workflow: { id: 'x', runId: 'y' } });
  await sweep(new Date());
  expect(await stage.scan(ids.scanId)).toMatchObject({ status: 'failed', error: { code: 'InternalError' } });
  // No credit was reserved, so none is given back.
  expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });
});

it.each(['completed', 'rejected', 'failed', 'canceled'])('leaves a %s scan as it is', async (status) => {
  const ids = await leftBehind({ status });
  const before = await stage.scan(ids.scanId);
  await sweep(new Date());
  expect(await stage.scan(ids.scanId)).toEqual(before);
  expect(await stage.photosOf(ids)).toBe(4);
});

it('looks at all, a page at a time', async () => {
  const people = await Promise.all(Array.from({ length: 120 }, () => stage.person({ scanCredits: 0 })));
  await Promise.all(people.map((ids) => stage.submit(ids, { createdAt: minutesAgo(4) })));
  const found = await sweep(new Date());
  expect(found.refused).toBeGreaterThanOrEqual(120);
  expect(found.more).toBe(false);
  for (const { scanId } of people) expect((await stage.scan(scanId))!.status).toBe('failed');
});

it('starts the deletion of an account that was asked for and not started', async () => {
  const [{ uid }, { uid: fresh }] = [await stage.person(), await stage.person()];
  const mark = (at: Timestamp) => ({ deletion: { state: 'requested', startedAt: at, updatedAt: at } });
  await stage.db.doc(paths.user(uid)).set(mark(minutesAgo(3)), { merge: true });
  await stage.db.doc(paths.user(fresh)).set(mark(minutesAgo(0)), { merge: true });
  await sweep(new Date());
  expect(await isStarted(deleteAccountWorkflowId(uid))).toBe(true);
  expect(await isStarted(deleteAccountWorkflowId(fresh))).toBe(false);
});

it('leaves a sign for whoever watches that it still runs', async () => {
  const sign = stage.db.doc(paths.operation('sweeper'));
  await sign.set({ lastSuccessAt: Timestamp.fromMillis(0), kept: true });
  const now = new Date();
  await sweep(now);
  expect((await sign.get()).data()).toEqual({ lastSuccessAt: Timestamp.fromDate(now), kept: true });
});

it('is scheduled every five minutes', async () => {
  const { sweepScans } = await import('../src/triggers/sweep-scans.ts');
  expect(sweepScans.__endpoint.scheduleTrigger).toMatchObject({ schedule: 'every 5 minutes' });
});
