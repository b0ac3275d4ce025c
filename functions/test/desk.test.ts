/** What the operator's desk finds, shows, reveals and does, by raw HTTP on real servers; no worker runs. */

import { randomUUID } from 'node:crypto';
import { operatorChain, userChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import type { FindScansResponse } from '@reddyfit/shared/operator/find';
import type { Timeline } from '@reddyfit/shared/operator/timeline';
import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findScans } from '../src/operator/find-scans.ts';
import { sha256 } from '../src/platform/audit-chain.ts';
import { problemIn } from './api-stage.ts';
import { CANARIES, type DeskStage, deskStage } from './desk-stage.ts';

type Colleague = Awaited<ReturnType<DeskStage['colleague']>>;

let stage: DeskStage;
let viewer: Colleague;
let operator: Colleague;
let auditor: Colleague;

const why = { reason: 'incident', reference: 'INC-7' };

beforeAll(async () => {
  stage = await deskStage('demo-desk');
  viewer = await stage.colleague({ operator: 'viewer' });
  operator = await stage.colleague({ operator: 'operator' });
  auditor = await stage.colleague({ operator: 'auditor' });
});
afterAll(() => stage.close());

const find = (wanted: object) => stage.ask<FindScansResponse>(viewer, 'POST', '/scans/find', wanted);
const idsOf = ({ scans }: FindScansResponse) => scans.map(({ scanId }) => scanId);

async function act(scanId: string, request: object) {
  const actId = randomUUID();
  return stage.send(operator.token, 'POST', `/scans/${scanId}/acts`, { actId, ...why, ...request });
}
const acted = async (scanId: string, request: object) => (await act(scanId, request)).json();

const entriesOf = async (scanId: string, action: string) =>
  (await stage.audit(scanId)).filter((entry) => entry.action === action);

/** When the chain records that the one act on the scan was done. */
const doneAt = async (scanId: string) => (await entriesOf(scanId, 'operator_act_done'))[0]!.at;

/** Expects that `quoted`, a whole answer with its headers, holds no canary. */
function expectNoCanary(quoted: string): void {
  for (const canary of Object.values(CANARIES)) expect(quoted).not.toContain(String(canary));
  expect(quoted).not.toMatch(/gs:\/\/|X-Goog-Signature|bodyFat/);
}

describe('find', () => {
  it('by scan, event, user, address and device', async () => {
    const { uid, scanId, email } = await stage.canaryScan();
    const token = `token-${uid}`;
    const device = { token, platform: 'ios', updatedAt: Timestamp.now() };
    await stage.db.doc(paths.device(uid, 'phone')).set(device);
    for (const wanted of [
      { scanId },
      { eventId: `${scanId}:scan.step.completed:insights` },
      { userId: uid },
      { email },
      { deviceToken: token },
    ]) {
      expect(idsOf(await find(wanted)), JSON.stringify(wanted)).toEqual([scanId]);
    }
    for (const wanted of [
      { scanId: 'never-was' },
      { email: 'nobody@reddyfit.example' },
      { deviceToken: 'x' },
    ]) {
      expect(await find(wanted)).toEqual({ scans: [], cursor: null });
    }
  });

  it('by id as by a query: stuck for just as long, slower than just as long', async () => {
    const now = new Date();
    const at = (ms: number) => Timestamp.fromMillis(now.getTime() - ms);
    const open = await stage.canaryScan({ status: 'processing', createdAt: at(60_000) });
    const slow = await stage.canaryScan({ createdAt: at(90_000), completedAt: at(0), durationMs: 60_000 });
    for (const [{ uid, scanId }, wanted, isFound] of [
      [open, { stuckForSeconds: 60 }, true],
      [open, { stuckForSeconds: 61 }, false],
      [slow, { slowerThanSeconds: 59 }, true],
      [slow, { slowerThanSeconds: 60 }, false],
      // One that has not ended has taken no time.
      [open, { slowerThanSeconds: 0 }, false],
    ] as const) {
      for (const whose of [{ scanId }, { userId: uid }]) {
        const found = await findScans(stage.db, { ...whose, ...wanted, limit: 5 }, now);
        expect(idsOf(found), JSON.stringify({ ...whose, ...wanted })).toEqual(isFound ? [scanId] : []);
      }
    }
  });

  it('by status, error and time, page after page, each scan once', async () => {
    const { uid } = await stage.canaryScan({ status: 'canceled' });
    const made: string[] = [];
    // Two scans have the same time; the order of their ids separates them.
    for (const second of [0, 0, 1, 2, 3]) {
      const scanId = randomUUID();
      made.push(scanId);
      await stage.submit(
        { uid, scanId },
        {
          status: 'failed',
          error: { code: 'ModelRefusedError', message: CANARIES.text, retryable: false },
          createdAt: Timestamp.fromMillis(Date.UTC(2026, 0, 2, 3, 4, second)),
        },
      );
    }
    const wanted = {
      userId: uid,
      status: 'failed',
      errorCode: 'ModelRefusedError',
      from: '2026-01-02T03:04:00Z',
      to: '2026-01-02T03:04:03Z',
      limit: 3,
    };
    const first = await find(wanted);
    const second = await find({ ...wanted, cursor: first.cursor });
    expect(first.scans).toHaveLength(3);
    expect([...idsOf(first), ...idsOf(second)].sort()).toEqual(made.slice(0, 4).sort());
    expect(second.cursor).toBeNull();
    expect(first.scans[0]).toMatchObject({ status: 'failed', errorCode: 'ModelRefusedError', userId: uid });
  });

  it('those that are stuck, oldest first', async () => {
    const { uid, scanId } = await stage.person();
    const [old, young] = [`${scanId}-old`, `${scanId}-young`];
    await stage.submit(
      { uid, scanId: old },
      { status: 'processing', createdAt: Timestamp.fromMillis(Date.now() - 7_200_000) },
    );
    await stage.submit({ uid, scanId: young }, { status: 'queued' });
    const stuck = idsOf(await find({ userId: uid, stuckForSeconds: 3600 }));
    expect(stuck).toEqual([old]);
  });

  it.each(['NoBodyFatError', 'AgeNotAllowedError', 'MeasuresImplausibleError'])(
    'does not tell by %s what a profile says of a body',
    async (code) => {
      const { uid, scanId } = await stage.person();
      await stage.submit({ uid, scanId }, { status: 'failed', error: { code, message: CANARIES.text } });
      const [shown] = (await find({ userId: uid, errorCode: 'BodyRefusedError' })).scans;
      expect(shown).toMatchObject({ scanId, errorCode: 'BodyRefusedError' });
      expect((await find({ scanId, errorCode: 'BodyRefusedError' })).scans).toEqual([shown]);
      const asked = await stage.send(viewer.token, 'POST', '/scans/find', { errorCode: code });
      expect(asked.status).toBe(400);
    },
  );

  it('names a field that does not go with the others, and a cursor that is none', async () => {
    for (const [wanted, field] of [
      [{ scanId: 'a', userId: 'b' }, '/userId'],
      [{ stuckForSeconds: 60, build: '1' }, '/build'],
      [{ stuckForSeconds: 60, status: 'failed' }, '/status'],
      [{ status: 'fine' }, '/status'],
      [{ weight: 3 }, '/weight'],
    ] as const) {
      const { errors } = await problemIn(await stage.send(viewer.token, 'POST', '/scans/find', wanted));
      expect(errors?.map(({ pointer }) => pointer)).toEqual([field]);
    }
    const cursor = await problemIn(
      await stage.send(viewer.token, 'POST', '/scans/find', { cursor: 'aGFoYQ' }),
    );
    expect(cursor).toMatchObject({ status: 400, detail: expect.stringContaining('cursor') });
  });

  it('is in the own chain of who looked, by the names of the fields and not their values', async () => {
    const { email } = await stage.canaryScan();
    await find({ email });
    const entries = await stage.audit(operatorChain(viewer.uid));
    expect(entries.at(-1)).toMatchObject({ action: 'scans_found', detail: { by: 'email', found: 1 } });
    expect(JSON.stringify(entries)).not.toContain(email);
    expect(verifyAudit(entries, sha256)).toBeNull();
  });
});

describe('see', () => {
  it('the way of a scan beside the median of its day, with no health data', async () => {
    const { uid, scanId } = await stage.canaryScan();
    const refusedCall = { model: 'gpt-5.2', inputTokens: 500, outputTokens: 20, latencyMs: 900, asks: 2 };
    await stage.db.doc(paths.scan(scanId)).update({ 'results.qualityCheck': { refusedCall } });
    const endpointId = 'we_abcdefghijABCDEFGHIJ';
    const endpoint = { url: 'https://partner.example', state: 'enabled', events: ['scan.completed'] };
    await stage.db.doc(paths.webhookEndpoint(endpointId)).set(endpoint);
    const eventId = `${scanId}:scan.completed`;
    await stage.db.doc(paths.webhookDelivery(endpointId, eventId)).set({
      event: { type: 'scan.completed', id: eventId, data: { userId: uid } },
      state: 'dead',
      attempts: [
        { key: 'r/1', at: Timestamp.now(), status: null, error: 'timeout', ms: 15_000, answer: '' },
        { key: 'r/2', at: Timestamp.now(), status: 500, error: null, ms: 80, answer: CANARIES.answer },
      ],
      lastStatus: 500,
      nextAttemptAt: null,
    });
    const taken = { key: 'r/3', at: Timestamp.now(), status: 204, error: null, ms: 9 };
    await stage.db.doc(paths.scanDeliveries(endpointId, scanId)).set({
      event: { data: { scanId, userId: uid } },
      state: 'delivered',
      deliveries: [
        {
          type: 'scan.queued',
          status: 'queued',
          time: '2026-01-01T00:00:00.000Z',
          attempt: { ...taken, answer: CANARIES.answer },
        },
      ],
      handedOver: [eventId],
    });
    const answer = await stage.send(viewer.token, 'GET', `/scans/${scanId}`);
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    expectNoCanary(text);
    const timeline = JSON.parse(text) as Timeline;
    expect(timeline).toMatchObject({
      scan: { scanId, userId: uid, status: 'completed', ms: 30_000, simulated: true },
      writes: 7,
      queueMs: 2000,
      median: { scans: expect.any(Number), queueMs: 2000, ms: 30_000 },
      workflow: { id: `daily-scan-${scanId}` },
      traceId: '0af7651916cd43dd8448eb211c80319c',
      deliveries: [
        { endpointId, eventId, state: 'dead', attempts: 2, lastStatus: 500 },
        {
          endpointId,
          eventId: `${scanId}:scan.queued`,
          state: 'delivered',
          attempts: 1,
          lastStatus: 204,
          nextAttemptAt: null,
        },
      ],
      gaps: ['Temporal has let the history go.'],
    });
    expect(timeline.steps.find(({ step }) => step === 'nutrition')).toMatchObject({
      state: 'failed',
      ms: 7000,
      medianMs: 7000,
    });
    expect(timeline.calls).toEqual([
      {
        step: 'qualityCheck',
        refused: true,
        model: 'gpt-5.2',
        promptVersion: null,
        inputTokens: 500,
        outputTokens: 20,
        ms: 900,
        asks: 2,
        usd: expect.any(Number),
      },
      expect.objectContaining({ step: 'estimation', inputTokens: 1000, ms: 3000, asks: 1 }),
      expect.objectContaining({ step: 'insights' }),
    ]);
    expect(timeline.events).toContainEqual(
      expect.objectContaining({ from: 'webhook', code: 'timeout', outcome: 'no answer', ms: 15_000 }),
    );
    // The timeline has its own look, too, because the entry is written before the chain is read.
    expect(timeline.events.map(({ what }) => what)).toContain('scan_viewed');
  });

  it.each([
    ['the timeline', 'GET', '', undefined],
    ['a reveal', 'POST', '/reveal', why],
  ])('what cannot be recorded is not seen: %s', async (_, method, path, body) => {
    const { scanId } = await stage.canaryScan();
    // An entry at the place of the next one, while no head of the chain knows of it.
    await stage.db.doc(paths.auditEntry(scanId, 1)).set({ seq: 1 });
    const answer = await stage.send(operator.token, method, `/scans/${scanId}${path}`, body);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expectNoCanary(text);
  });

  it('leaves no chain of a scan that is not there', async () => {
    const answer = await stage.send(viewer.token, 'GET', '/scans/never-was');
    expect((await problemIn(answer)).status).toBe(404);
    expect(await stage.audit('never-was')).toEqual([]);
  });
});

describe('reveal', () => {
  it('shows numbers, texts and photos for a minute, and the chain says who and why', async () => {
    const { scanId } = await stage.canaryScan();
    const answer = await stage.send(operator.token, 'POST', `/scans/${scanId}/reveal`, why);
    const revealed = (await answer.json()) as { photos: Record<string, string>; results: unknown };
    expect(revealed).toMatchObject({
      weightLb: CANARIES.weightLb,
      results: { insights: { summary: CANARIES.text } },
      warnings: [CANARIES.warning],
    });
    expect(Object.keys(revealed.photos).sort()).toEqual(['back', 'front', 'left', 'right']);
    expect(new URL(revealed.photos['front']!).searchParams.get('X-Goog-Expires')).toBe('60');
    expect(await (await fetch(revealed.photos['front']!)).text()).toBe('photo of front');
    expect(await entriesOf(scanId, 'scan_revealed')).toMatchObject([
      { actor: `operator:${operator.uid}`, detail: why },
    ]);
  });

  it.each([
    [{}],
    [{ reason: 'curious', reference: 'T-1' }],
    [{ reason: 'incident', reference: 'she is ill' }],
  ])('asks for a reason that is one: %j', async (reason) => {
    const { scanId } = await stage.canaryScan();
    const answer = await stage.send(operator.token, 'POST', `/scans/${scanId}/reveal`, reason);
    expect((await problemIn(answer)).status).toBe(400);
    expect(await entriesOf(scanId, 'scan_revealed')).toEqual([]);
  });
});

describe('act', () => {
  it('ends a scan that hangs as failed with its credit back, once', async () => {
    const { uid, scanId } = await stage.person();
    await stage.submit({ uid, scanId }, { status: 'processing' });
    await stage.db
      .doc(paths.ledgerEntry(uid, `${scanId}:reserve`))
      .set({ kind: 'reserve', amount: -1, scanId });
    const actId = randomUUID();
    const request = { act: 'fail', actId };
    expect(await acted(scanId, request)).toEqual({ outcome: 'failed' });
    expect(await acted(scanId, request)).toEqual({ outcome: 'failed', before: await doneAt(scanId) });
    expect((await stage.credits(uid)).ledger).toEqual([`${scanId}:refund`, `${scanId}:reserve`]);
    expect(await stage.scan(scanId)).toMatchObject({ status: 'failed', error: { code: 'InternalError' } });
    const entries = await stage.audit(scanId);
    expect(entries.map(({ action }) => action).slice(0, 2)).toEqual([
      'operator_acted',
      'daily_scan_workflow_failed',
    ]);
    // Both entries of an act have its name, so that the page finds what became of one whose answer was lost.
    expect(entries[0]).toMatchObject({
      actor: `operator:${operator.uid}`,
      detail: { act: 'fail', actId, ...why },
    });
    expect(await entriesOf(scanId, 'operator_act_done')).toMatchObject([
      { detail: { act: 'fail', actId, outcome: 'failed' } },
    ]);
    const way = await stage.ask<Timeline>(operator, 'GET', `/scans/${scanId}`);
    const done = way.events.filter(({ what }) => what === 'operator_act_done');
    expect(done.map(({ detail }) => detail?.['actId'])).toEqual([actId]);
    expect(entries.filter(({ action }) => action === 'operator_acted')).toHaveLength(1);
    expect(verifyAudit(entries, sha256)).toBeNull();
  });

  it('cancels a scan that waits, with its credit back, once', async () => {
    const { uid, scanId } = await stage.person();
    await stage.submit({ uid, scanId }, { status: 'queued' });
    await stage.db
      .doc(paths.ledgerEntry(uid, `${scanId}:reserve`))
      .set({ kind: 'reserve', amount: -1, scanId });
    const request = { act: 'cancel', actId: randomUUID() };
    expect(await acted(scanId, request)).toEqual({ outcome: 'canceled' });
    expect(await acted(scanId, request)).toEqual({ outcome: 'canceled', before: await doneAt(scanId) });
    expect((await stage.credits(uid)).ledger).toEqual([`${scanId}:refund`, `${scanId}:reserve`]);
    expect(await stage.scan(scanId)).toMatchObject({ status: 'canceled' });
    expect(await entriesOf(scanId, 'scan_canceled')).toMatchObject([{ actor: `operator:${operator.uid}` }]);
  });

  it('records each act, also those that a request gives the same id', async () => {
    const { scanId } = await stage.canaryScan();
    const actId = randomUUID();
    for (const name of ['push', 'push', 'cancel']) await acted(scanId, { act: name, actId });
    await acted(scanId, { act: 'push', actId, reference: 'another' });
    const recorded = (await stage.audit(scanId)).filter(({ action }) => action === 'operator_acted');
    expect(recorded.map(({ detail }) => [detail['act'], detail['reference']])).toEqual([
      ['push', why.reference],
      ['cancel', why.reference],
      ['push', 'another'],
    ]);
  });

  it('retries a failed step, cancels, sends the push again, and begins again at no cost, once', async () => {
    const { uid, scanId } = await stage.canaryScan();
    await stage.db.doc(paths.user(uid)).set({ sex: 'female', birthDate: '1990-05-17', heightCm: 168 });
    expect(await acted(scanId, { act: 'retry_step', step: 'nutrition' })).toEqual({ outcome: 'running' });
    expect(await acted(scanId, { act: 'retry_step', step: 'workout' })).toEqual({ outcome: 'completed' });
    expect(await acted(scanId, { act: 'push' })).toEqual({ outcome: 'sent' });
    expect(await acted(scanId, { act: 'cancel' })).toEqual({ outcome: 'completed' });
    expect(await acted(scanId, { act: 'begin_again' })).toEqual({ outcome: 'credit_given' });
    expect(await acted(scanId, { act: 'begin_again' })).toEqual({ outcome: 'credit_given_before' });
    expect((await stage.credits(uid)).balance).toBe(4);
    expect(await entriesOf(scanId, 'scan_step_retry_requested')).toMatchObject([
      { actor: `operator:${operator.uid}`, detail: { step: 'nutrition' } },
    ]);
  });

  it.each([
    ['pregnant', { pregnant: true }, 'BodyRefusedError'],
    ['a child', { birthDate: '2020-05-17' }, 'BodyRefusedError'],
    ['too small for the weight', { heightCm: 101 }, 'BodyRefusedError'],
    ['one whose profile lacks something', { sex: null }, 'ProfileIncompleteError'],
  ])('runs no step again for a user who is %s now, and does not tell so', async (_, change, code) => {
    const { uid, scanId } = await stage.canaryScan();
    const profile = { sex: 'female', birthDate: '1990-05-17', heightCm: 168, ...change };
    await stage.db.doc(paths.user(uid)).set(profile);
    const refused = await act(scanId, { act: 'retry_step', step: 'nutrition' });
    const { type, detail } = await problemIn(refused);
    expect(type).toContain('not-possible');
    expect(detail).toBe(`The user may have no analysis at the moment: ${code}.`);
  });

  it('delivers again what belongs to the scan, and nothing else', async () => {
    const { scanId } = await stage.canaryScan();
    const endpointId = 'we_abcdefghijABCDEFGHIJ';
    const answers = await Promise.all(
      [`other:scan.completed`, `${scanId}:scan.completed`].map((eventId) =>
        act(scanId, { act: 'webhook', endpointId, eventId }),
      ),
    );
    // No such delivery ended, so there is nothing to deliver again.
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('refuses what is not possible, and everything about an own scan', async () => {
    const { uid, scanId } = await stage.person();
    await stage.submit({ uid, scanId }, { status: 'queued' });
    expect((await problemIn(await act(scanId, { act: 'push' }))).type).toContain('not-possible');
    expect((await problemIn(await act(scanId, { act: 'begin_again' }))).type).toContain('not-possible');
    const own = randomUUID();
    await stage.submit({ uid: operator.uid, scanId: own });
    expect((await problemIn(await act(own, { act: 'fail' }))).type).toContain('own-account');
    expect(await stage.audit(own)).toEqual([]);
    expect((await stage.scan(own))?.status).toBe('submitted');
  });

  it('grants credits once, with who and why in the chain of the user', async () => {
    const { uid } = await stage.canaryScan();
    const grant = { amount: 2, actId: randomUUID(), ...why };
    const asked = async (whom: string) => stage.send(operator.token, 'POST', `/users/${whom}/credits`, grant);
    expect(await (await asked(uid)).json()).toEqual({ scanCredits: 5, granted: true });
    expect(await (await asked(uid)).json()).toEqual({ scanCredits: 5, granted: false });
    const entries = await stage.audit(userChain(uid));
    expect(entries.map(({ action }) => action)).toEqual(['operator_acted', 'credits_granted']);
    expect(entries[0]).toMatchObject({ actor: `operator:${operator.uid}`, detail: { act: 'grant', ...why } });
    expect((await problemIn(await asked(operator.uid))).type).toContain('own-account');
    expect((await problemIn(await asked('nobody'))).status).toBe(404);
  });

  it('grants nothing to whom is being deleted, nor gives a credit back, and adds nothing to the chain of the user', async () => {
    const { uid, scanId } = await stage.canaryScan();
    const deletion = { state: 'running', startedAt: Timestamp.now(), updatedAt: Timestamp.now() };
    await stage.db.doc(paths.user(uid)).set({ deletion }, { merge: true });
    const grant = { amount: 2, actId: randomUUID(), ...why };
    const said = 'The account of this user is being deleted.';
    for (const answer of [
      await stage.send(operator.token, 'POST', `/users/${uid}/credits`, grant),
      await act(scanId, { act: 'begin_again' }),
    ])
      expect(await problemIn(answer)).toMatchObject({ status: 404, detail: said });
    expect(await stage.audit(userChain(uid))).toEqual([]);
    expect(await stage.credits(uid)).toMatchObject({ balance: 3, ledger: [] });
    const path = '/acts';
    const many = { act: 'begin_again', scanIds: [scanId], dryRun: false, actId: randomUUID(), ...why };
    expect(await stage.ask(operator, 'POST', path, many)).toMatchObject({
      scans: [{ verdict: 'refused', word: 'UserNotFoundError' }],
    });
  });
});

it('an auditor verifies a chain, sees who saw what, and no health data', async () => {
  const { scanId } = await stage.canaryScan();
  await stage.send(operator.token, 'POST', `/scans/${scanId}/reveal`, why);
  const answer = await stage.send(auditor.token, 'GET', `/scans/${scanId}/chain`);
  const chain = await answer.text();
  expectNoCanary(chain);
  expect(JSON.parse(chain)).toMatchObject({
    chain: scanId,
    faults: [],
    entries: [
      { action: 'scan_revealed', detail: why },
      { action: 'scan_viewed', detail: { what: 'chain' } },
    ],
  });
  await stage.db.doc(paths.auditEntry(scanId, 1)).update({ actor: 'operator:somebody-else' });
  const broken = await stage.send(auditor.token, 'GET', `/scans/${scanId}/chain`);
  expect(await broken.json()).toMatchObject({ faults: [expect.stringContaining('1')] });

  const period = { from: new Date(Date.now() - 60_000).toISOString(), to: '2099-01-01T00:00:00Z' };
  const seen = await stage.send(auditor.token, 'POST', '/accesses', { ...period, operator: auditor.uid });
  const { entries, more } = (await seen.json()) as {
    entries: { chain: string; actor: string }[];
    more: boolean;
  };
  expect(more).toBe(false);
  expect(entries.length).toBeGreaterThanOrEqual(2);
  expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set([`operator:${auditor.uid}`]));
  expect(entries.map((entry) => entry.chain)).toContain(scanId);
});
