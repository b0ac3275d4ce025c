/** Tests retryScanStep on real servers. No worker takes the workflows, so the requests to Temporal stay visible. */

import { randomUUID } from 'node:crypto';
import { retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import type { RetryStepInput } from '@reddyfit/shared/temporal/workflows';
import { en } from '@reddyfit/shared/words/en';
import { Client, Connection } from '@temporalio/client';
import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CallableStage, type Caller, callableStage } from './callable-stage.ts';

const ESTIMATION = { bodyFatPercent: 22, leanMassLb: 140, fatMassLb: 40 };
const STEP_BEGAN = Timestamp.fromMillis(1_790_000_000_000);

let stage: CallableStage;
let temporal: Client;
let retry: (caller: Caller, data: unknown) => Promise<{ scanId: string; step: string; state: string }>;
beforeAll(async () => {
  stage = await callableStage('demo-retry-step');
  const { retryScanStep } = await import('../src/callables/retry-scan-step.ts');
  retry = stage.callAs(retryScanStep);
  temporal = new Client({ connection: await Connection.connect({ address: inject('temporal') }) });
});
afterAll(async () => {
  await temporal.connection.close();
  await stage.close();
});

/** Makes a completed scan whose nutrition step failed, with changes. */
async function degradedScan(changes: object = {}) {
  const ids = await stage.submittedScan();
  const steps = Object.fromEntries(
    STEP_NAMES.map((name) => [
      name,
      { state: name === 'nutrition' ? 'failed' : 'completed', attempt: 1, startedAt: STEP_BEGAN },
    ]),
  );
  const delta = { previous: null, year: null, trend: null };
  await stage.db.doc(paths.scan(ids.scanId)).update({
    status: 'completed',
    rev: 9,
    steps,
    results: { estimation: ESTIMATION, delta },
    warnings: ['The nutrition plan could not be made this time.'],
    ...changes,
  });
  return ids;
}

const actions = async (scanId: string) => (await stage.audit(scanId)).map((entry) => entry.action);

it('one workflow takes the step, however often it is asked for, at no cost', async () => {
  const { uid, scanId } = await degradedScan();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => retry({ uid }, { scanId, step: 'nutrition' })),
  );
  expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['running']));

  const handle = temporal.workflow.getHandle(retryStepWorkflowId(scanId, 'nutrition'));
  const { events } = await handle.fetchHistory();
  const started = events![0]!.workflowExecutionStartedEventAttributes!;
  const input = JSON.parse(Buffer.from(started.input!.payloads![0]!.data!).toString()) as RetryStepInput;
  expect(started.workflowType?.name).toBe('retryStepWorkflow');
  expect(started.priority).toMatchObject({ priorityKey: 3, fairnessKey: expect.stringMatching(/^\w{32}$/) });
  expect(input).toMatchObject({
    scanId,
    userId: uid,
    step: 'nutrition',
    estimation: ESTIMATION,
    subject: { sex: 'female', heightCm: 168, weightLb: 181.4 },
  });

  expect(await stage.credits(uid)).toEqual({ balance: 3, ledger: [] });
  expect(await actions(scanId)).toEqual(['scan_step_retry_requested']);
  expect(await stage.scan(scanId), 'only the workflow writes the document').toMatchObject({ rev: 9 });
});

it('a step that has its result is left alone', async () => {
  const { uid, scanId } = await degradedScan();
  expect(await retry({ uid }, { scanId, step: 'workout' })).toEqual({
    scanId,
    step: 'workout',
    state: 'completed',
  });
  const handle = temporal.workflow.getHandle(retryStepWorkflowId(scanId, 'workout'));
  await expect(handle.describe()).rejects.toMatchObject({ name: 'WorkflowNotFoundError' });
  expect(await actions(scanId)).toEqual([]);
});

describe('is refused', () => {
  it.each(['queued', 'processing', 'failed', 'rejected', 'canceled'])(
    'while the scan is %s',
    async (status) => {
      const { uid, scanId } = await degradedScan({ status });
      await expect(retry({ uid }, { scanId, step: 'nutrition' })).rejects.toMatchObject({
        code: 'failed-precondition',
        message: en.calls.StepNotRetryableError,
        details: { code: 'StepNotRetryableError', reason: 'not_completed' },
      });
      expect(await actions(scanId)).toEqual([]);
    },
  );

  it('of a scan that is not theirs, as if there were none', async () => {
    const { scanId } = await degradedScan();
    const { uid } = await stage.person();
    const [another, none] = await Promise.allSettled(
      [scanId, randomUUID()].map((id) => retry({ uid }, { scanId: id, step: 'nutrition' })),
    );
    expect(another).toMatchObject({
      status: 'rejected',
      reason: { code: 'not-found', details: { code: 'ScanNotFoundError' } },
    });
    expect(none).toEqual(another);
  });

  it.each(['estimation', 'qualityCheck', 'dessert', undefined])('for the step %s', async (step) => {
    const { uid, scanId } = await degradedScan();
    await expect(retry({ uid }, { scanId, step })).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { code: 'InvalidRequestError', field: 'step' },
    });
  });

  it('once consent was withdrawn', async () => {
    const { uid, scanId } = await degradedScan();
    await stage.db.doc(paths.consent(uid, SCAN_CONSENT)).update({ granted: false });
    await expect(retry({ uid }, { scanId, step: 'nutrition' })).rejects.toMatchObject({
      code: 'failed-precondition',
      details: { code: 'StepNotRetryableError', reason: 'ConsentMissingError' },
    });
  });

  it('while the account is being deleted', async () => {
    const { uid, scanId } = await degradedScan();
    await stage.db.doc(paths.user(uid)).update({ deletion: { state: 'running' } });
    await expect(retry({ uid }, { scanId, step: 'nutrition' })).rejects.toMatchObject({
      details: { reason: 'AccountDeletionError' },
    });
  });
});
