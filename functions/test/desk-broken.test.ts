/**
 * Documents that somebody has broken in the console. The desk and the command line show them as broken, and show all
 * others as usual.
 */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import type { Accesses, VerifiedChain } from '@reddyfit/shared/operator/audits';
import type { FindScansResponse } from '@reddyfit/shared/operator/find';
import type { Timeline } from '@reddyfit/shared/operator/timeline';
import type { RedeliverDone, WatchView } from '@reddyfit/shared/operator/watch';
import type { BulkDone } from '@reddyfit/shared/operator/bulk';
import { FieldValue, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsOf } from '../../ops/credits/accounts.ts';
import { ledgerLines } from '../../ops/credits/ledger-lines.ts';
import { makeReport } from '../../ops/report/report.ts';
import { admissionOf } from '../src/scans/admission/admission-pause.ts';
import { listDeliveries } from '../src/webhooks/list-deliveries.ts';
import { problemIn } from './api-stage.ts';
import { CANARIES, type DeskStage, deskStage } from './desk-stage.ts';

type Colleague = Awaited<ReturnType<DeskStage['colleague']>>;

let stage: DeskStage;
let viewer: Colleague;
let operator: Colleague;
let auditor: Colleague;

const why = { reason: 'incident', reference: 'INC-7' };

beforeAll(async () => {
  process.env['OPERATOR_LIMITS'] = 'view:1000, find:1000, watch:1000, act:1000, act_many:1000, preview:1000';
  stage = await deskStage('demo-desk-broken');
  viewer = await stage.colleague({ operator: 'viewer' });
  operator = await stage.colleague({ operator: 'operator' });
  auditor = await stage.colleague({ operator: 'auditor' });
});
afterAll(() => stage.close());

const find = (wanted: object) => stage.ask<FindScansResponse>(viewer, 'POST', '/scans/find', wanted);
const see = (scanId: string) => stage.ask<Timeline>(viewer, 'GET', `/scans/${scanId}`);

/** A broken value in one field of a scan, and the field that the desk then names. */
const BROKEN: [change: Record<string, unknown>, named: string][] = [
  [{ createdAt: '2026-11-29T12:00:00Z' }, 'createdAt'],
  [{ createdAt: 1_764_417_600 }, 'createdAt'],
  [{ createdAt: null }, 'createdAt'],
  [{ createdAt: { seconds: 1 } }, 'createdAt'],
  [{ completedAt: 'yesterday' }, 'completedAt'],
  [{ status: 'done' }, 'status'],
  [{ status: 7 }, 'status'],
  [{ userId: 7 }, 'userId'],
  [{ userId: '' }, 'userId'],
  [{ error: 'it failed' }, ''],
  [{ error: { code: 5 } }, 'error'],
  [{ build: 12 }, 'build'],
  [{ rev: 'seven' }, 'rev'],
  [{ workflow: 'a-run' }, 'workflow'],
  [{ traceparent: 5 }, 'traceparent'],
  [{ 'steps.insights': 'completed' }, ''],
  [{ 'steps.insights.state': 'ok' }, 'steps.insights'],
  [{ 'steps.insights.attempt': 'two' }, 'steps.insights'],
  [{ 'steps.insights.startedAt': 5 }, 'steps.insights.startedAt'],
  [{ 'results.insights.modelCall.inputTokens': 'many' }, 'results.insights.modelCall'],
  [{ results: 5 }, ''],
  [{ steps: 'none' }, ''],
];

describe('a scan', () => {
  it.each(BROKEN)('with %j is shown by its id, with what is broken', async (change, named) => {
    const { scanId } = await stage.canaryScan();
    await stage.db.doc(paths.scan(scanId)).update(change);
    const [found] = (await find({ scanId })).scans;
    expect(found).toMatchObject({ scanId });
    const { scan } = await see(scanId);
    expect(scan.scanId).toBe(scanId);
    if (named) expect(scan.broken).toEqual([named]);
    const answer = await stage.send(operator.token, 'POST', `/scans/${scanId}/reveal`, why);
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { weightLb } = (await answer.json()) as { weightLb: number };
    expect(weightLb).toBeGreaterThan(0);
  });

  const running = { status: 'processing', results: {}, warnings: [] };
  const acts: [act: object, change: Record<string, unknown>, named: string[]][] = [
    ...[{ act: 'cancel' }, { act: 'fail' }].flatMap((act): typeof acts => [
      [act, { status: 'done' }, ['status']],
      [act, { ...running, userId: 7 }, ['userId']],
      [act, { ...running, userId: FieldValue.delete(), rev: 'seven' }, ['userId', 'rev']],
      [act, { ...running, progress: 'half' }, ['progress']],
      [act, { ...running, steps: 'none' }, ['steps']],
      [
        act,
        { ...running, 'steps.insights': 'completed', 'steps.delta.state': 'ok' },
        ['steps.delta', 'steps.insights'],
      ],
      [act, { ...running, results: 5 }, ['results']],
    ]),
    [{ act: 'retry_step', step: 'nutrition' }, { status: null }, ['status']],
    [
      { act: 'retry_step', step: 'nutrition' },
      { createdAt: 'monday', weightLb: 'much' },
      ['createdAt', 'weightLb'],
    ],
    [{ act: 'retry_step', step: 'nutrition' }, { 'photoUrls.front': 5 }, ['photoUrls']],
    [{ act: 'retry_step', step: 'nutrition' }, { 'results.estimation': 'lean' }, ['results.estimation']],
    [{ act: 'retry_step', step: 'nutrition' }, { 'steps.nutrition.startedAt': 5 }, ['steps.nutrition']],
    [{ act: 'retry_step', step: 'nutrition' }, { steps: 5, userId: '' }, ['userId', 'steps']],
    [{ act: 'push' }, { status: 'done' }, ['status']],
    [{ act: 'push' }, { userId: { uid: 'x' } }, ['userId']],
    [
      { act: 'webhook', endpointId: 'we_abcdefghijABCDEFGHIJ', eventId: 'of-this-scan' },
      { userId: 7 },
      ['userId'],
    ],
    [{ act: 'begin_again' }, { status: 7 }, ['status']],
    [{ act: 'begin_again' }, { userId: 'a/b' }, ['userId']],
  ];

  it.each(acts)('refuses %j while it has %j, and says what to mend', async (act, change, named) => {
    const { uid, scanId } = await stage.canaryScan();
    const ref = stage.db.doc(paths.scan(scanId));
    await ref.update(change);
    const [before, credits] = [(await ref.get()).data(), await stage.credits(uid)];
    const ofScan = 'eventId' in act && { eventId: `${scanId}:scan.completed` };
    const request = { ...act, ...ofScan, actId: randomUUID(), ...why };
    const answer = await stage.send(operator.token, 'POST', `/scans/${scanId}/acts`, request);
    const { status, type, detail } = await problemIn(answer);
    expect([status, type]).toEqual([409, 'urn:problem-type:reddyfit:not-possible']);
    expect([...detail!.matchAll(/(\S+) must be/g)].map(([, field]) => field)).toEqual(named);
    expect(detail).toMatch(/^The document scans\/\S+ cannot be read: .*Nothing was done\. Put this right/);
    for (const canary of Object.values(CANARIES)) expect(detail).not.toContain(String(canary));
    expect((await ref.get()).data()).toEqual(before);
    expect(await stage.credits(uid)).toEqual(credits);
    // Who tried, and why, is recorded; that it was done is not, so the same request does it once the field is mended.
    const entries = await stage.audit(scanId);
    expect(entries.map(({ action }) => action)).toEqual(['operator_acted']);
    expect(entries[0]).toMatchObject({
      actor: `operator:${operator.uid}`,
      detail: { ...act, ...ofScan, ...why },
    });
  });

  it('is acted on by the same request once its field is mended', async () => {
    const { scanId } = await stage.canaryScan({ ...running, rev: 'seven' });
    const fail = () =>
      stage.send(operator.token, 'POST', `/scans/${scanId}/acts`, { act: 'fail', actId: 'mended', ...why });
    expect((await fail()).status).toBe(409);
    await stage.db.doc(paths.scan(scanId)).update({ rev: 7 });
    expect(await (await fail()).json()).toEqual({ outcome: 'failed' });
    expect(await stage.scan(scanId)).toMatchObject({ status: 'failed', rev: 8 });
  });

  it('is ended although its time or a step of it is missing', async () => {
    const { scanId } = await stage.canaryScan({ ...running, createdAt: 'monday', steps: {} });
    const fail = { act: 'fail', actId: randomUUID(), ...why };
    expect(await stage.ask(operator, 'POST', `/scans/${scanId}/acts`, fail)).toEqual({ outcome: 'failed' });
    expect((await stage.scan(scanId))?.steps?.insights).toMatchObject({ state: 'skipped' });
  });

  it('is ended although steps have no attempt, and the chain names its workflow, whose field is broken', async () => {
    const change = { ...running, workflow: 'a-run', 'steps.delta.attempt': FieldValue.delete() };
    const { uid, scanId } = await stage.canaryScan();
    await stage.db.doc(paths.scan(scanId)).update({ ...change, 'steps.insights': { state: 'running' } });
    const fail = { act: 'fail', actId: randomUUID(), ...why };
    expect(await stage.ask(operator, 'POST', `/scans/${scanId}/acts`, fail)).toEqual({ outcome: 'failed' });
    const records = (await stage.audit(scanId)).filter(({ detail }) => 'step' in detail);
    expect(records.find(({ detail }) => detail['step'] === 'delta')).toMatchObject({
      actor: `workflow:daily-scan-${scanId}`,
      detail: { step: 'delta', attempt: 0 },
    });
    expect(records.find(({ detail }) => detail['step'] === 'insights')).toMatchObject({
      action: 'step_skipped',
      actor: `operator:${operator.uid}`,
      detail: { step: 'insights', attempt: 0 },
    });
    expect(records.map(({ actor }) => actor)).not.toContain('workflow:undefined');
    expect(await stage.scan(scanId)).toMatchObject({ userId: uid, status: 'failed' });
  });

  it.each([
    { createdAt: FieldValue.delete() },
    { createdAt: 'monday' },
    { 'results.estimation.flags': 5 },
    { 'results.estimation.flags': { weight_doubtful: true } },
    { weightLb: 'much' },
  ])('that has shown its body fat is ended with %j, and is left out of comparisons', async (change) => {
    const { uid, scanId } = await stage.canaryScan({ status: 'processing', warnings: [] });
    await stage.db.doc(paths.scan(scanId)).update(change);
    const fail = { act: 'fail', actId: randomUUID(), ...why };
    expect(await stage.ask(operator, 'POST', `/scans/${scanId}/acts`, fail)).toEqual({
      outcome: 'completed',
    });
    expect(await stage.scan(scanId)).toMatchObject({ status: 'completed' });
    expect((await stage.db.doc(paths.scanHistory(uid)).get()).exists).toBe(false);
  });

  it.each(['cancel', 'fail', 'push', 'begin_again', 'retry_step'])(
    'keeps no other from %s, in the preview and when it is done',
    async (act) => {
      const ended = act !== 'cancel' && act !== 'fail';
      const change = ended ? {} : running;
      const { scanId: good } = await stage.canaryScan(change);
      const broken: string[] = [];
      for (const fault of [{ status: 'done' }, { userId: 7 }, { status: null }])
        broken.push((await stage.canaryScan({ ...change, ...fault })).scanId);
      const request = { act, ...(act === 'retry_step' && { step: 'nutrition' }), ...why };
      for (const dryRun of [true, false]) {
        const { scans } = await stage.ask<BulkDone>(operator, 'POST', '/acts', {
          ...request,
          scanIds: [...broken, good],
          dryRun,
          actId: randomUUID(),
        });
        expect(scans.map(({ verdict, word }) => (verdict === 'refused' ? word : verdict))).toEqual([
          ...broken.map(() => 'ScanUnreadableError'),
          'acts',
        ]);
      }
    },
  );

  it('that holds a reference to another document is revealed without it', async () => {
    const { scanId } = await stage.canaryScan();
    const other = stage.db.doc(paths.user('somebody'));
    await stage.db.doc(paths.scan(scanId)).update({ 'results.insights.note': other });
    const answer = await stage.send(operator.token, 'POST', `/scans/${scanId}/reveal`, why);
    expect(answer.status, await answer.clone().text()).toBe(200);
    expect(await answer.json()).toMatchObject({ results: { insights: { note: null } } });
  });

  it('whose chain somebody has broken keeps no other from its turn', async () => {
    const [lost, good] = [await stage.canaryScan(), await stage.canaryScan()];
    await stage.db.doc(paths.auditLog(lost.scanId)).set({ seq: 'one' });
    const { scans } = await stage.ask<BulkDone>(operator, 'POST', '/acts', {
      act: 'push',
      scanIds: [lost.scanId, good.scanId],
      dryRun: false,
      actId: randomUUID(),
      ...why,
    });
    expect(scans.map(({ verdict }) => verdict)).toEqual(['failed', 'acts']);
  });

  it('that has not ended and has no time of creation is counted on the watch, and named', async () => {
    const look = async (hours: number) =>
      (await stage.ask<WatchView>(viewer, 'GET', `/watch/${hours}`)).undated;
    const before = await look(11);
    const { scanId } = await stage.canaryScan(running);
    await stage.canaryScan(running);
    const { scanId: ended } = await stage.canaryScan();
    for (const each of [scanId, ended])
      await stage.db.doc(paths.scan(each)).update({ createdAt: FieldValue.delete() });
    const after = await look(12);
    expect(after.scans).toBe(before.scans + 1);
    expect(after.named).toContain(scanId);
    expect(after.named).not.toContain(ended);
  });

  it('that is broken hides no other: in a list page after page, in the figures, in the medians', async () => {
    const { uid, scanId: first } = await stage.canaryScan({ build: 'broken-1' });
    const good = [first];
    const broken: string[] = [];
    for (const change of [
      { createdAt: 'today' },
      { createdAt: 5 },
      { createdAt: { seconds: 1 } },
      { createdAt: null },
      { status: 'done' },
      { completedAt: 'late' },
    ]) {
      for (const into of [good, broken]) {
        const scanId = randomUUID();
        into.push(scanId);
        await stage.submit(
          { uid, scanId },
          {
            status: 'completed',
            build: 'broken-1',
            completedAt: Timestamp.now(),
            durationMs: 1000,
            ...(into === broken && change),
          },
        );
      }
    }
    for (const order of [{}, { slowerThanSeconds: 0 }]) {
      const seen: string[] = [];
      for (let cursor: string | null = null; ;) {
        const page: FindScansResponse = await find({
          userId: uid,
          ...order,
          limit: 1,
          ...(cursor && { cursor }),
        });
        seen.push(...page.scans.map(({ scanId }) => scanId));
        cursor = page.cursor;
        if (cursor === null) break;
      }
      const expected = [...good, ...broken].filter((id) => !('slowerThanSeconds' in order && id === first));
      expect(seen.sort()).toEqual(expected.sort());
    }
    const day = (ms: number) => Timestamp.fromMillis(Date.UTC(2026, 5, 6) + ms);
    const whole = { createdAt: day(0), completedAt: day(4000), steps: {} };
    const { scanId: held } = await stage.canaryScan(whole);
    await stage.canaryScan({ ...whole, completedAt: 'late' });
    await stage.canaryScan({ ...whole, steps: { insights: { startedAt: 'early' } } });
    expect((await see(held)).median).toEqual({ scans: 3, ms: 4000 });
    const view = await stage.ask<WatchView>(viewer, 'GET', '/watch/5');
    expect(view.broken).toContain(paths.scan(broken[4]!));
    // Scans whose time cannot be read lie in no period.
    expect(view.byBuild.find(({ build }) => build === 'broken-1')?.scans).toBe(good.length + 1);
    const report = await makeReport(
      { projectId: '', db: stage.db, temporal: null },
      { since: Date.now() - 3_600_000, until: Date.now() + 1000 },
      0,
    );
    expect(report.gaps).toContain(`${paths.scan(broken[4]!)} cannot be read, and is counted nowhere.`);
    expect(report.byStatus.completed).toBeGreaterThanOrEqual(good.length + 1);
  });

  it('that has not ended and has no time is counted, and another is the oldest', async () => {
    const { uid } = await stage.person();
    for (const createdAt of [0, null, false, 'x'])
      await stage.submit({ uid, scanId: randomUUID() }, { status: 'queued', createdAt });
    const at = Timestamp.fromMillis(Date.UTC(2020, 0, 1));
    await stage.submit({ uid, scanId: randomUUID() }, { status: 'queued', createdAt: at });
    const admission = await admissionOf(stage.db, null);
    expect(admission.running).toBeGreaterThanOrEqual(5);
    expect(admission.oldestAt).toBe('2020-01-01T00:00:00.000Z');
  });
});

it('entries of audit chains are shown in their place, and the others with them', async () => {
  const { scanId } = await stage.canaryScan();
  for (let look = 0; look < 4; look += 1) await see(scanId);
  for (const [seq, change] of [
    [1, { detail: 'none' }],
    [2, { actor: 5 }],
    [3, { seq: 'three' }],
  ] as const)
    await stage.db.doc(paths.auditEntry(scanId, seq)).update(change);
  expect((await see(scanId)).events.filter(({ from }) => from === 'audit').length).toBeGreaterThanOrEqual(4);
  const chain = await stage.ask<VerifiedChain>(auditor, 'GET', `/scans/${scanId}/chain`);
  expect(chain.entries.filter(({ action }) => action === 'unreadable').map(({ seq }) => seq)).toEqual([
    1, 2, 3,
  ]);
  expect(chain.faults.length).toBeGreaterThanOrEqual(3);
  const { entries } = await stage.ask<Accesses>(auditor, 'POST', '/accesses', {
    from: '2026-01-01T00:00:00Z',
    to: '2099-01-01T00:00:00Z',
  });
  const own = entries.filter((entry) => entry.chain === scanId);
  expect(own.map(({ seq, action }) => [seq, action])).toEqual(
    expect.arrayContaining([
      [1, 'unreadable'],
      [4, 'scan_viewed'],
    ]),
  );
});

it('jobs, deletions, devices, pushes and deliveries hide no other', async () => {
  const { uid, scanId } = await stage.canaryScan();
  await stage.db
    .doc(paths.operation('archive'))
    .set({ lastSuccessAt: 'yesterday', lastRun: { archived: 7 } });
  await stage.db.doc(paths.operation('sweeper')).set({ lastSuccessAt: Timestamp.now() });
  const at = Timestamp.now();
  const leaving = await stage.person();
  const whole = { state: 'running', stage: 'photos', startedAt: at, updatedAt: at };
  await stage.db.doc(paths.user(leaving.uid)).update({ deletion: whole });
  const stuck = await stage.person();
  await stage.db.doc(paths.user(stuck.uid)).update({ deletion: { ...whole, startedAt: 'monday' } });
  await stage.db.doc(paths.device(uid, 'phone')).set({ token: 5, platform: 'ios' });
  await stage.db.doc(paths.push(uid, scanId, 'completed')).set({ tokens: 'none' });
  const endpointId = 'we_brokenABCDEFGHIJKLMN'.slice(0, 23);
  await stage.db.doc(paths.webhookEndpoint(endpointId)).set({ url: 'https://a.example', state: 'enabled' });
  const delivery = (type: string) => stage.db.doc(paths.webhookDelivery(endpointId, `${scanId}:${type}`));
  const dead = { state: 'dead', attempts: [], lastStatus: 500, nextAttemptAt: null, updatedAt: at };
  await delivery('scan.completed').set({ ...dead, event: 'none', attempts: 'none' });
  await delivery('scan.queued').set({
    ...dead,
    event: { id: `${scanId}:scan.queued`, type: 'scan.queued', data: { userId: uid } },
  });

  const way = await see(scanId);
  expect(way.deliveries.map(({ eventId }) => eventId)).toEqual([`${scanId}:scan.queued`]);
  expect(way.gaps).toEqual(
    expect.arrayContaining([
      `${delivery('scan.completed').path} cannot be read.`,
      `${paths.push(uid, scanId, 'completed')} cannot be read.`,
    ]),
  );
  const view = await stage.ask<WatchView>(viewer, 'GET', '/watch/6');
  expect(view.broken).toEqual(expect.arrayContaining([paths.operation('archive'), paths.user(stuck.uid)]));
  expect(view.deletions.map(({ userId }) => userId)).toContain(leaving.uid);
  expect(view.jobs.find(({ job }) => job === 'archive')).toMatchObject({
    lastSuccessAt: null,
    found: { archived: 7 },
  });
  expect(view.jobs.find(({ job }) => job === 'sweeper')?.lastSuccessAt).not.toBeNull();
  expect(
    await stage.ask<RedeliverDone>(operator, 'POST', `/webhooks/${endpointId}/redeliver`, {
      dryRun: false,
      actId: randomUUID(),
      ...why,
    }),
  ).toEqual({ dryRun: false, deliveries: 1, broken: [`${scanId}:scan.completed`], more: false });
  expect(
    (await listDeliveries(stage.db, endpointId, { limit: 5 })).map(({ eventId, type }) => [eventId, type]),
  ).toEqual(
    expect.arrayContaining([
      [`${scanId}:scan.completed`, 'unreadable'],
      [`${scanId}:scan.queued`, 'scan.queued'],
    ]),
  );
});

it('an account is shown with the entries of its ledger that can be read, and names the others', async () => {
  const { uid } = await stage.person();
  await stage.db
    .doc(paths.ledgerEntry(uid, 'grant:a'))
    .set({ kind: 'grant', amount: 3, at: Timestamp.now() });
  await stage.db.doc(paths.ledgerEntry(uid, 'grant:b')).set({ kind: 'grant', amount: 1, at: 'monday' });
  await stage.db.doc(paths.ledgerEntry(uid, 'grant:c')).set({ kind: 'grant', amount: 'two' });
  const shown = await accountsOf({ db: stage.db, auth: stage.auth, projectId: '' }).show(uid);
  expect(shown).toMatchObject({ sums: true, broken: ['grant:b', 'grant:c'] });
  expect(shown.ledger.map(({ id }) => id)).toEqual(['grant:a']);
  expect(ledgerLines(shown).join('\n')).toContain('grant:c cannot be read');
});
