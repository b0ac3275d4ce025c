/**
 * What the operator's desk offers during an incident, and what an auditor asks the morning after: by raw HTTP on real
 * servers; no worker runs.
 */

import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { ADMISSION_CHAIN, operatorChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import {
  checkAuditWorkflowId,
  DAILY_SCAN_WORKFLOW,
  DEFAULT_TASK_QUEUE,
  dailyScanWorkflowId,
  operationsTaskQueue,
  RETRY_STEP_WORKFLOW,
  webhookDeliveryWorkflowId,
} from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { AuditCheckView } from '@reddyfit/shared/operator/audit-check';
import type { AdmissionChanged, AdmissionView } from '@reddyfit/shared/operator/admission';
import type {
  Accesses,
  AccessStatement,
  DeletionLedger,
  SignedStatement,
} from '@reddyfit/shared/operator/audits';
import type { OperatorSelf } from '@reddyfit/shared/operator/acts';
import type { BulkDone } from '@reddyfit/shared/operator/bulk';
import type { FindScansResponse } from '@reddyfit/shared/operator/find';
import type { Timeline } from '@reddyfit/shared/operator/timeline';
import type { WatchView } from '@reddyfit/shared/operator/watch';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { HttpsError } from 'firebase-functions/v2/https';
import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { DEVELOPMENT_EXPORT_KEY } from '../../local/stack/development-key.ts';
import { sha256 } from '../src/platform/audit-chain.ts';
import { problemIn } from './api-stage.ts';
import { type DeskStage, deskStage } from './desk-stage.ts';
import { photosIn, workflowsAt } from './scan-fixture.ts';

type Colleague = Awaited<ReturnType<DeskStage['colleague']>>;

let stage: DeskStage;
let workflows: Awaited<ReturnType<typeof workflowsAt>>;
let viewer: Colleague;
let operator: Colleague;
let auditor: Colleague;

const why = { reason: 'incident', reference: 'INC-7' };

beforeAll(async () => {
  process.env['OPERATOR_EXPORT_KEY'] = DEVELOPMENT_EXPORT_KEY;
  process.env['ENFORCE_APP_CHECK'] = 'false';
  process.env['OPERATOR_LIMITS'] = 'act_many:100';
  process.env['TEMPORAL_UI_URL'] = 'https://temporal.example';
  process.env['TRACE_URL'] = 'https://traces.example/{traceId}';
  stage = await deskStage('demo-desk-night');
  workflows = await workflowsAt(inject('temporal'));
  const endpoint = { url: 'https://partner.example', state: 'enabled', events: ['scan.completed'] };
  await stage.db.doc(paths.webhookEndpoint('we_abcdefghijABCDEFGHIJ')).set(endpoint);
  viewer = await stage.colleague({ operator: 'viewer' });
  operator = await stage.colleague({ operator: 'operator' });
  auditor = await stage.colleague({ operator: 'auditor' });
});
afterAll(async () => {
  await workflows.close();
  await stage.close();
});

async function kindOf({ token }: Colleague, method: string, path: string, body?: object): Promise<string> {
  const { type } = await problemIn(await stage.send(token, method, path, body));
  return type.split(':').at(-1)!;
}

/** Each of these routes answers one role, or all roles. */
it.each([
  ['POST', '/acts', () => ({ act: 'cancel', scanIds: ['x'], dryRun: true, actId: 'a', ...why }), 'operator'],
  ['POST', '/admission', () => ({ state: 'open', ...why }), 'operator'],
  [
    'POST',
    '/webhooks/we_abcdefghijABCDEFGHIJ/redeliver',
    () => ({ dryRun: true, actId: 'a', ...why }),
    'operator',
  ],
  [
    'POST',
    '/accesses/export',
    () => ({ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }),
    'auditor',
  ],
  ['POST', '/deletions', () => ({ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }), 'auditor'],
  ['GET', '/admission', undefined, 'all'],
  ['GET', '/watch/1', undefined, 'all'],
] as const)('%s %s is for one role, or for all', async (method, path, body, who) => {
  for (const [role, colleague] of Object.entries({ viewer, operator, auditor })) {
    const answer = await stage.send(colleague.token, method, path, body?.());
    expect(answer.status, role).toBe(who === 'all' || who === role ? 200 : 403);
  }
  expect((await stage.send('', method, path, body?.())).status).toBe(401);
});

it('the page learns where a workflow and a trace are looked at', async () => {
  const { links } = await stage.ask<OperatorSelf>(viewer, 'GET', '/me');
  expect(links).toEqual({
    workflows: 'https://temporal.example/namespaces/default/workflows',
    trace: 'https://traces.example/{traceId}',
  });
});

it('a scan that no worker has taken shows the task that waits', async () => {
  const see = async (scanId: string) => stage.ask<Timeline>(viewer, 'GET', `/scans/${scanId}`);
  const ids = await stage.person();
  await stage.submit(ids, { status: 'queued' });
  expect((await see(ids.scanId)).gaps).toEqual(['No workflow has begun yet.']);
  await workflows.start(DAILY_SCAN_WORKFLOW, dailyScanWorkflowId(ids.scanId));
  const way = await see(ids.scanId);
  expect(way.gaps).toEqual([]);
  expect(way.events).toContainEqual({
    at: expect.any(String),
    from: 'activity',
    what: 'workflow task',
    attempts: 1,
    outcome: 'waits',
  });
  await workflows.handle(ids.scanId).terminate();
  expect((await see(ids.scanId)).events.map(({ what }) => what)).not.toContain('workflow task');
});

describe('find', () => {
  it('the slowest first, page after page, of all times and of one; and by build', async () => {
    const { uid } = await stage.person();
    const build = `build-${uid.slice(-12)}`;
    const at = Date.UTC(2026, 4, 5);
    const made: [scanId: string, seconds: number][] = [];
    for (const [index, seconds] of [40, 90, 90, 300, 20].entries()) {
      const scanId = randomUUID();
      made.push([scanId, seconds]);
      const createdAt = at + index * 60_000;
      await stage.submit(
        { uid, scanId },
        {
          status: 'completed',
          build,
          createdAt: Timestamp.fromMillis(createdAt),
          completedAt: Timestamp.fromMillis(createdAt + seconds * 1000),
          durationMs: seconds * 1000,
        },
      );
    }
    const find = (wanted: object) => stage.ask<FindScansResponse>(viewer, 'POST', '/scans/find', wanted);
    const secondsOf = ({ scans }: FindScansResponse) => scans.map(({ ms }) => ms! / 1000);
    const slow = { build, slowerThanSeconds: 30, limit: 2 };
    const first = await find(slow);
    const second = await find({ ...slow, cursor: first.cursor });
    expect([...secondsOf(first), ...secondsOf(second)]).toEqual([300, 90, 90, 40]);
    expect(new Set([...first.scans, ...second.scans].map(({ scanId }) => scanId)).size).toBe(4);
    expect(second.cursor).toBeNull();
    const early = { ...slow, limit: 50, to: new Date(at + 3 * 60_000).toISOString() };
    expect(secondsOf(await find(early))).toEqual([90, 90, 40]);
    expect(secondsOf(await find({ build }))).toEqual([20, 300, 90, 90, 40]);
    expect((await find({ scanId: made[0]![0], slowerThanSeconds: 60 })).scans).toEqual([]);
    expect((await find({ scanId: made[3]![0], slowerThanSeconds: 60 })).scans).toMatchObject([{ build }]);
    const cursorOfTime = (await find({ build, limit: 1 })).cursor;
    expect(await kindOf(viewer, 'POST', '/scans/find', { ...slow, cursor: cursorOfTime })).toBe(
      'invalid-request',
    );
  });
});

describe('incident mode', () => {
  const change = (state: string) =>
    stage.ask<AdmissionChanged>(operator, 'POST', '/admission', { state, ...why });

  it('takes no new scan at no cost and with all photos, lets what runs go on, and takes scans again', async () => {
    const { beginScan } = await import('../src/scans/begin-scan.ts');
    const { requestScanUpload } = await import('../src/callables/request-scan-upload.ts');
    const begin = (scanId: string) =>
      beginScan({ scanId, eventTime: new Date(), now: new Date(), actor: 'function:test' });
    const person = () =>
      stage.person({ profile: { sex: 'female', birthDate: '1990-05-17', heightCm: 168, locale: 'de' } });
    const before = await person();
    await stage.submit(before);
    expect(await begin(before.scanId)).toMatchObject({ outcome: 'start' });

    expect(await change('paused')).toMatchObject({
      changed: true,
      state: 'paused',
      last: { by: `operator:${operator.uid}`, ...why },
    });
    // A second call, by another operator, changes nothing, and the first operator remains recorded.
    const other = await stage.colleague({ operator: 'operator' });
    expect(
      await stage.ask(other, 'POST', '/admission', { state: 'paused', reason: 'quality', reference: 'Q-1' }),
    ).toMatchObject({ changed: false, last: { by: `operator:${operator.uid}`, ...why } });

    // The upload is refused before a photo leaves the phone, in the user's language.
    const { uid, scanId } = await person();
    await stage.auth.createUser({ uid });
    const upload = async (data: object) => requestScanUpload.run({ auth: { uid, token: {} }, data } as never);
    const refused = await upload({}).catch((error: unknown) => error as HttpsError);
    expect(refused).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Zurzeit werden keine neuen Scans angenommen'),
      details: { code: 'AdmissionPausedError', retryAfterSeconds: 60 },
    });

    // Over HTTP, no document is created, and the uploaded photos stay.
    const photos = photosIn(stage.bucket);
    await photos.upload({ uid, scanId });
    const token = await stage.api.tokenOf(uid);
    const request = { scanId, angleUrls: photoUrlsOf(stage.bucket, uid, scanId), weightLb: 180 };
    const answer = await stage.api.trigger(token, request);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(await problemIn(answer)).toMatchObject({
      type: 'urn:problem-type:reddyfit:admission-paused',
      code: 'AdmissionPausedError',
      detail: expect.stringContaining('keine neuen Scans'),
    });
    expect(await stage.scan(scanId)).toBeUndefined();
    expect(await photos.count({ uid, scanId })).toBe(4);

    // A document that is created nevertheless ends as failed. It may be sent again, and has cost nothing.
    const late = await person();
    await stage.submit(late);
    expect(await begin(late.scanId)).toMatchObject({ outcome: 'refused', code: 'AdmissionPausedError' });
    expect(await stage.scan(late.scanId)).toMatchObject({
      status: 'failed',
      error: { code: 'AdmissionPausedError', retryable: true, messageCode: 'AdmissionPausedError' },
    });
    expect(await stage.credits(late.uid)).toEqual({ balance: 3, ledger: [] });

    // A scan that was admitted before goes on, also when its event comes again.
    expect(await begin(before.scanId)).toMatchObject({ outcome: 'start', again: true });
    const drained = await stage.ask<AdmissionView>(viewer, 'GET', '/admission');
    expect(drained.running).toBeGreaterThan(0);
    expect(drained.oldestAt).not.toBeNull();

    expect(await change('open')).toMatchObject({ changed: true, state: 'open' });
    expect(await change('open')).toMatchObject({ changed: false });
    expect((await stage.api.trigger(token, request)).status).toBe(202);
    await expect(upload({})).resolves.toMatchObject({ uploads: {} });
    const entries = await stage.audit(ADMISSION_CHAIN);
    expect(entries.slice(-2)).toMatchObject([
      { action: 'admission_paused', actor: `operator:${operator.uid}`, detail: why },
      { action: 'admission_resumed', actor: `operator:${operator.uid}`, detail: why },
    ]);
    expect(verifyAudit(entries, sha256)).toBeNull();
  });
});

describe('steps that run again', () => {
  const switchTo = (state: string) =>
    stage.ask<AdmissionChanged>(operator, 'POST', '/admission', { state, ...why });

  it('do not begin while no new scans are taken, for a user or an operator; those that run are counted', async () => {
    const { retryScanStep } = await import('../src/callables/retry-scan-step.ts');
    const [begun, later] = [await stage.canaryScan(), await stage.canaryScan()];
    for (const { uid } of [begun, later])
      await stage.db
        .doc(paths.user(uid))
        .set({ sex: 'female', birthDate: '1990-05-17', heightCm: 168, locale: 'de' });
    const retry = ({ scanId }: { scanId: string }) =>
      stage.send(operator.token, 'POST', `/scans/${scanId}/acts`, {
        act: 'retry_step',
        step: 'nutrition',
        actId: randomUUID(),
        ...why,
      });
    const retries = async () => (await stage.ask<AdmissionView>(viewer, 'GET', '/admission')).retries!;
    const id = `retry-nutrition-scan-${begun.scanId}`;
    // Other suites begin and end such workflows on this server meanwhile, and Temporal's index lags behind.
    const expectCounted = (runs: boolean) =>
      vi.waitFor(async () => {
        const query = `WorkflowType = '${RETRY_STEP_WORKFLOW}' AND ExecutionStatus = 'Running'`;
        const running: string[] = [];
        for await (const { workflowId } of workflows.client.workflow.list({ query }))
          running.push(workflowId);
        expect(running.includes(id)).toBe(runs);
        expect(await retries()).toBe(running.length);
      }, 20_000);
    await expectCounted(false);
    expect(await (await retry(begun)).json()).toEqual({ outcome: 'running' });
    await expectCounted(true);
    await switchTo('paused');
    try {
      const refused = await retry(later);
      expect(refused.headers.get('retry-after')).toBe('60');
      expect((await problemIn(refused)).type).toContain('admission-paused');
      const preview = await stage.ask<BulkDone>(operator, 'POST', '/acts', {
        act: 'retry_step',
        step: 'nutrition',
        scanIds: [later.scanId],
        dryRun: true,
        actId: randomUUID(),
        ...why,
      });
      expect(preview.scans).toEqual([
        { scanId: later.scanId, verdict: 'refused', word: 'AdmissionPausedError' },
      ]);
      const asked = {
        auth: { uid: later.uid, token: {} },
        data: { scanId: later.scanId, step: 'nutrition' },
      };
      await expect(retryScanStep.run(asked as never)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('keine Schritte wiederholt'),
        details: { code: 'AdmissionPausedError', retryAfterSeconds: 60 },
      });
      expect(await stage.audit(later.scanId)).not.toContainEqual(
        expect.objectContaining({ action: 'scan_step_retry_requested' }),
      );
      // A retry that began before goes on, and is counted.
      await expectCounted(true);
      await workflows.client.workflow.getHandle(id).terminate();
      await expectCounted(false);
    } finally {
      await switchTo('open');
    }
    expect(await (await retry(later)).json()).toEqual({ outcome: 'running' });
  });
});

describe('many at once', () => {
  it('says first what it would do, then does it, each scan by itself and once', async () => {
    const running = await stage.person();
    await stage.submit(running, { status: 'processing' });
    const done = await stage.canaryScan();
    const own = randomUUID();
    await stage.submit({ uid: operator.uid, scanId: own }, { status: 'processing' });
    const request = {
      act: 'fail',
      scanIds: [running.scanId, done.scanId, own, 'never-was'],
      actId: randomUUID(),
      ...why,
    };
    const many = (dryRun: boolean) => stage.ask<BulkDone>(operator, 'POST', '/acts', { ...request, dryRun });
    const preview = await many(true);
    expect(preview.scans).toEqual([
      { scanId: running.scanId, verdict: 'acts', word: 'processing' },
      { scanId: done.scanId, verdict: 'changes_nothing', word: 'completed' },
      { scanId: own, verdict: 'refused', word: 'OwnAccountError' },
      { scanId: 'never-was', verdict: 'refused', word: 'ScanNotFoundError' },
    ]);
    expect((await stage.scan(running.scanId))?.status).toBe('processing');
    expect(await stage.audit(running.scanId)).toEqual([]);

    expect((await many(false)).scans[0]).toEqual({
      scanId: running.scanId,
      verdict: 'acts',
      word: 'failed',
    });
    expect((await stage.scan(running.scanId))?.status).toBe('failed');
    expect((await many(false)).scans[0]).toEqual({
      scanId: running.scanId,
      verdict: 'changes_nothing',
      word: 'failed',
    });
    const acted = (await stage.audit(running.scanId)).filter(({ action }) => action === 'operator_acted');
    expect(acted).toMatchObject([
      { actor: `operator:${operator.uid}`, detail: { act: 'fail', many: 1, ...why } },
    ]);
    // Nothing was done on the other scans, so nothing is recorded about them.
    expect(await stage.audit(done.scanId)).toEqual([]);
    const mine = await stage.audit(operatorChain(operator.uid));
    expect(mine.filter(({ detail }) => detail['act'] === 'many:fail')).toMatchObject([
      { action: 'operator_acted', detail: { scans: 1, ...why } },
    ]);
  });

  it('gives the credits of completed scans back, once each', async () => {
    const scans = [await stage.canaryScan(), await stage.canaryScan()];
    const request = { act: 'begin_again', scanIds: scans.map(({ scanId }) => scanId), dryRun: false, ...why };
    const give = () => stage.ask<BulkDone>(operator, 'POST', '/acts', { ...request, actId: randomUUID() });
    expect((await give()).scans.map(({ word }) => word)).toEqual(['credit_given', 'credit_given']);
    expect((await give()).scans.map(({ word }) => word)).toEqual([
      'credit_given_before',
      'credit_given_before',
    ]);
    for (const { uid } of scans) expect((await stage.credits(uid)).balance).toBe(4);
  });

  it.each([
    [{ scanIds: Array.from({ length: 101 }, (_, n) => `s${n}`) }, '/scanIds'],
    [{ scanIds: ['a', 'a'] }, '/scanIds'],
    [{ act: 'retry_step' }, '/step'],
    [{ step: 'nutrition' }, '/step'],
    [{ act: 'webhook' }, '/act'],
  ])('has a cap, and names what does not fit: %j', async (changes, field) => {
    const request = { act: 'cancel', scanIds: ['a'], dryRun: true, actId: 'a', ...why, ...changes };
    const { errors } = await problemIn(await stage.send(operator.token, 'POST', '/acts', request));
    expect(errors?.map(({ pointer }) => pointer)).toEqual([field]);
  });
});

describe('webhooks', () => {
  it('delivers one event anew, and all dead letters of an endpoint after a dry run', async () => {
    const { uid, scanId } = await stage.canaryScan();
    const endpointId = 'we_redeliveredABCDEFGHI'.slice(0, 23);
    await stage.db
      .doc(paths.webhookEndpoint(endpointId))
      .set({ url: 'https://partner.example', state: 'enabled', events: ['scan.completed'] });
    const eventId = `${scanId}:scan.completed`;
    const event = { type: 'scan.completed', id: eventId, data: { userId: uid } };
    await stage.db.doc(paths.webhookDelivery(endpointId, eventId)).set({
      event,
      state: 'dead',
      attempts: [],
      lastStatus: 500,
      nextAttemptAt: null,
      updatedAt: Timestamp.now(),
    });
    const workflow = workflows.client.workflow.getHandle(webhookDeliveryWorkflowId(endpointId, eventId));
    const path = `/webhooks/${endpointId}/redeliver`;
    const asked = { actId: randomUUID(), ...why };
    expect(await stage.ask(operator, 'POST', path, { ...asked, dryRun: true })).toEqual({
      dryRun: true,
      deliveries: 1,
      broken: [],
      more: false,
    });
    await expect(workflow.describe()).rejects.toThrow('not found');
    expect(
      await stage.ask(operator, 'POST', `/scans/${scanId}/acts`, {
        act: 'webhook',
        endpointId,
        eventId,
        ...asked,
      }),
    ).toEqual({ outcome: 'sent' });
    const { runId } = await workflow.describe();
    expect(await stage.ask(operator, 'POST', path, { ...asked, dryRun: false })).toEqual({
      dryRun: false,
      deliveries: 1,
      broken: [],
      more: false,
    });
    // The delivery is under way, so it is left to its workflow.
    expect((await workflow.describe()).runId).toBe(runId);
    expect((await stage.ask<WatchView>(viewer, 'GET', '/watch/2')).deadLetters).toContainEqual({
      endpointId,
      dead: 1,
    });
  });
});

describe('dead letters', () => {
  it('are delivered once under one name, and a preview foresees whether the endpoint takes any', async () => {
    const { uid, scanId } = await stage.canaryScan();
    const endpointId = 'we_onceABCDEFGHIJKLMNOP';
    const endpoint = stage.db.doc(paths.webhookEndpoint(endpointId));
    const path = `/webhooks/${endpointId}/redeliver`;
    const asked = { actId: randomUUID(), ...why };
    const preview = () => kindOf(operator, 'POST', path, { ...asked, dryRun: true });
    expect(await preview()).toBe('not-found');
    await endpoint.set({ url: 'https://partner.example', state: 'disabled', events: ['scan.completed'] });
    expect(await preview()).toBe('not-possible');
    await endpoint.update({ state: 'enabled' });
    const eventId = `${scanId}:scan.completed`;
    const letter = { state: 'dead', attempts: [], lastStatus: 500, updatedAt: Timestamp.now() };
    const event = { type: 'scan.completed', id: eventId, data: { userId: uid } };
    await stage.db.doc(paths.webhookDelivery(endpointId, eventId)).set({ ...letter, event });
    await stage.db.doc(paths.webhookDelivery(endpointId, 'broken-1')).set({ ...letter, event: 5 });

    const deliver = () => stage.ask(operator, 'POST', path, { ...asked, dryRun: false });
    const done = { dryRun: false, deliveries: 1, broken: ['broken-1'], more: false };
    expect(await deliver()).toEqual(done);
    const workflow = workflows.client.workflow.getHandle(webhookDeliveryWorkflowId(endpointId, eventId));
    const { runId } = await workflow.describe();
    await workflow.terminate();
    const own = (await stage.audit(operatorChain(operator.uid))).filter(
      ({ detail }) => detail['endpointId'] === endpointId,
    );
    expect(await deliver()).toEqual({ ...done, before: own.at(-1)!.at });
    expect(await workflow.describe()).toMatchObject({ runId, status: { name: 'TERMINATED' } });
    expect((await stage.audit(operatorChain(operator.uid))).at(-1)?.seq).toBe(own.at(-1)!.seq);
    expect(own.map(({ action, detail }) => [action, detail['act'], detail['deliveries']])).toEqual([
      ['operator_acted', 'redeliver_dead', undefined],
      ['operator_act_done', 'redeliver_dead', 1],
    ]);
  });
});

describe('watch', () => {
  it('counts as the report does, by build and by model, and shows what waits and is being deleted', async () => {
    const { scanId } = await stage.canaryScan({ build: 'watched-1' });
    // A model that declined costs, and has estimated nothing.
    const refusedCall = { model: 'declined-1', inputTokens: 500, outputTokens: 20, latencyMs: 900, asks: 2 };
    await stage.db.doc(paths.scan(scanId)).update({ 'results.qualityCheck': { refusedCall } });
    const { uid } = await stage.person();
    await stage.submit(
      { uid, scanId: randomUUID() },
      {
        status: 'failed',
        build: 'watched-1',
        workflow: { id: 'w', runId: 'r' },
        error: { code: 'ModelQuotaError' },
      },
    );
    // What these codes tell of a body is not told: they count as one.
    for (const code of ['NoBodyFatError', 'MeasuresImplausibleError'])
      await stage.submit({ uid, scanId: randomUUID() }, { status: 'failed', error: { code } });
    const at = Timestamp.fromMillis(Date.UTC(2026, 1, 1));
    await stage.db.doc(paths.operation('archive')).set({ lastSuccessAt: at, lastRun: { archived: 7 } });
    const leaving = await stage.person();
    await stage.db
      .doc(paths.user(leaving.uid))
      .update({ deletion: { state: 'running', stage: 'photos', startedAt: at, updatedAt: at } });
    const view = await stage.ask<WatchView>(auditor, 'GET', '/watch/3');
    expect(view.byBuild.find(({ build }) => build === 'watched-1')).toMatchObject({
      scans: 2,
      successRate: { value: 0.5, goal: 0.95, met: false },
      durationP95: { value: 30, met: true },
    });
    const model = view.byModel.find((one) => one.model === 'gpt-5.2')!;
    expect(model.calls).toBe(2 * model.scans);
    expect(model.usd).toBeGreaterThan(0);
    expect(view.usdPerScan).toBeGreaterThan(0);
    expect(view.byModel.find((one) => one.model === 'declined-1')).toMatchObject({
      scans: 0,
      calls: 1,
      inputTokens: 500,
      outputTokens: 20,
      callP95: 0.9,
      asksPerCall: 2,
    });
    expect(model).toMatchObject({ callP95: 3, asksPerCall: 1, queueP95: 2 });
    expect(view.byBuild.find(({ build }) => build === 'watched-1')).toMatchObject({
      queueP95: 2,
      usdPerScan: expect.any(Number),
    });
    expect(view.errors).toContainEqual({ code: 'ModelQuotaError', scans: 1 });
    expect(view.errors).toContainEqual({ code: 'BodyRefusedError', scans: 2 });
    expect(view.queues.map(({ workers }) => workers)).toEqual([0, 0, 0, 0]);
    // The waiting tasks are those of the scan that was admitted above, and of the workflows started since.
    expect(view.queues[0]!.waiting).toBeGreaterThan(0);
    expect(view.jobs.find(({ job }) => job === 'archive')).toEqual({
      job: 'archive',
      lastSuccessAt: '2026-02-01T00:00:00.000Z',
      found: { archived: 7 },
    });
    expect(view.deletions).toContainEqual({
      userId: leaving.uid,
      state: 'running',
      stage: 'photos',
      startedAt: '2026-02-01T00:00:00.000Z',
      updatedAt: '2026-02-01T00:00:00.000Z',
    });
    expect(view.alerts).toBeNull();
    expect(await kindOf(viewer, 'GET', '/watch/1000')).toBe('not-found');
  });
});

describe('an auditor', () => {
  const period = { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };

  it('lists what one operator saw, however much others did, and the list is in a chain', async () => {
    // Earlier entries of another operator, more than one answer holds.
    const entry = (seq: number) => ({
      seq,
      at: `2026-01-01T00:00:${String(seq % 60).padStart(2, '0')}.000Z`,
      actor: 'operator:somebody-busy',
      action: 'scan_viewed',
      detail: {},
    });
    for (let first = 1; first <= 1001; first += 500) {
      const batch = stage.db.batch();
      for (let seq = first; seq < Math.min(first + 500, 1002); seq += 1)
        batch.set(stage.db.doc(paths.auditEntry('a-busy-scan', seq)), entry(seq));
      await batch.commit();
    }
    const { scanId } = await stage.canaryScan();
    await stage.ask(operator, 'GET', `/scans/${scanId}`);
    const list = (asked: object) =>
      stage.ask<Accesses>(auditor, 'POST', '/accesses', { ...period, ...asked });
    const mine = await list({ operator: operator.uid });
    expect(mine.more).toBe(false);
    expect(mine.entries.map(({ chain }) => chain)).toContain(scanId);
    expect(new Set(mine.entries.map(({ actor }) => actor))).toEqual(new Set([`operator:${operator.uid}`]));
    expect(await list({})).toMatchObject({ more: true });
    const own = await stage.audit(operatorChain(auditor.uid));
    expect(own.slice(-2)).toMatchObject([
      {
        action: 'accesses_listed',
        detail: { ...period, operator: operator.uid, found: mine.entries.length },
      },
      { action: 'accesses_listed', detail: { ...period, found: 1000 } },
    ]);
    expect(verifyAudit(own, sha256)).toBeNull();
  });

  it('takes away who saw whose data when, signed, so that a change is seen', async () => {
    const { uid, scanId } = await stage.canaryScan();
    await stage.send(operator.token, 'POST', `/scans/${scanId}/reveal`, why);
    const signed = await stage.ask<SignedStatement>(auditor, 'POST', '/accesses/export', period);
    const key = createPublicKey({
      key: Buffer.from(DEVELOPMENT_EXPORT_KEY, 'base64'),
      format: 'der',
      type: 'pkcs8',
    } as never);
    const isWhole = ({ protected: header, payload, signature }: SignedStatement) =>
      verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
    expect(isWhole(signed)).toBe(true);
    const statement = JSON.parse(Buffer.from(signed.payload, 'base64url').toString()) as AccessStatement;
    expect(statement).toMatchObject({
      kind: 'accesses',
      madeBy: auditor.uid,
      // The period has not ended.
      complete: false,
      operator: null,
    });
    // All pages are exported, including the busy operator's entries.
    expect(statement.entries.length).toBeGreaterThan(1001);
    expect(statement.entries).toContainEqual(
      expect.objectContaining({
        action: 'scan_revealed',
        actor: `operator:${operator.uid}`,
        chain: scanId,
        user: uid,
        detail: why,
      }),
    );
    const forged = { ...statement, entries: statement.entries.slice(1) };
    expect(isWhole({ ...signed, payload: Buffer.from(JSON.stringify(forged)).toString('base64url') })).toBe(
      false,
    );
    expect((await stage.audit(operatorChain(auditor.uid))).at(-1)).toMatchObject({
      action: 'accesses_exported',
      detail: { sha256: sha256(signed.payload), found: statement.entries.length },
    });
    const over = { from: period.from, to: new Date(Date.now() - 120_000).toISOString() };
    const whole = await stage.ask<SignedStatement>(auditor, 'POST', '/accesses/export', over);
    expect(JSON.parse(Buffer.from(whole.payload, 'base64url').toString())).toMatchObject({ complete: true });
  });

  it('verifies all chains and anchors: one at a time, and how far a worker has come', async () => {
    const begin = () => stage.ask<AuditCheckView>(auditor, 'POST', '/audit/check');
    const look = () => stage.ask<AuditCheckView>(auditor, 'GET', '/audit/check');
    expect(await begin()).toMatchObject({
      state: 'running',
      endedAt: null,
      found: null,
      gaps: ['No worker has told how far it has come.'],
    });
    const handle = workflows.client.workflow.getHandle(checkAuditWorkflowId('demo-desk-night'));
    const { runId, taskQueue } = await handle.describe();
    expect(taskQueue).toBe(operationsTaskQueue(DEFAULT_TASK_QUEUE));
    // A second call finds it running.
    await begin();
    expect((await handle.describe()).runId).toBe(runId);
    const asked = (await stage.audit(operatorChain(auditor.uid))).filter(
      ({ action }) => action === 'chains_checked',
    );
    expect(asked).toMatchObject([
      { actor: `operator:${auditor.uid}`, detail: { chains: 'all' } },
      { actor: `operator:${auditor.uid}` },
    ]);
    await handle.terminate();
    expect(await look()).toMatchObject({ state: 'stopped', found: null, endedAt: expect.any(String) });
    await begin();
    expect((await handle.describe()).runId).not.toBe(runId);
  });

  it('sees what was deleted, and how long the rest is kept', async () => {
    const { recordAudit } = await import('../src/platform/audit-chain.ts');
    const chain = `account:${sha256('someone')}`;
    await recordAudit(stage.db, chain, {
      key: 'account_deleted:run',
      at: '2026-03-04T05:06:07.000Z',
      actor: 'workflow:delete-account',
      action: 'account_deleted',
      detail: { scans: 3 },
    });
    const asked = { from: '2026-03-04T00:00:00Z', to: '2026-03-05T00:00:00Z' };
    const ledger = await stage.ask<DeletionLedger>(auditor, 'POST', '/deletions', asked);
    expect(ledger.entries).toMatchObject([{ chain, action: 'account_deleted', detail: { scans: 3 } }]);
    expect(ledger.retention.find(({ what }) => what === 'webhook deliveries')?.kept).toMatch(/^30 days/);
    expect((await stage.audit(operatorChain(auditor.uid))).at(-1)).toMatchObject({
      action: 'deletions_listed',
      detail: { ...asked, found: 1 },
    });
  });
});
