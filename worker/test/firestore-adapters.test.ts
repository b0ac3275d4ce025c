/** Tests the Firestore adapters on the emulator: what repeated writes, late writes and races leave behind. */

import { createHash, randomUUID } from 'node:crypto';
import type { AuditEntry, AuditHead } from '@reddyfit/shared/audit/chain';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { entriesIn } from '@reddyfit/shared/audit/stored';
import { auditFaults, verifyAudit } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type DocumentReference, type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { firestoreAudit } from '../src/audit/firestore-audit.ts';
import { firestoreCredits } from '../src/store/firestore-credits.ts';
import { firestoreScans } from '../src/store/firestore-scans.ts';
import type { ScanUpdate, StepChange, StepUpdate } from '../src/scan/scan-store.ts';

let db: Firestore;
beforeAll(() => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  const app = initializeApp({ projectId: `demo-adapters-${randomUUID().slice(0, 8)}` });
  db = getFirestore(app);
  return () => deleteApp(app);
});
afterAll(() => db.terminate());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a step of a completed scan that runs again', () => {
  const FIRST = '2026-11-25T10:00:00.000Z';
  const AGAIN = '2026-11-25T11:00:00.000Z';
  const LATER = '2026-11-25T12:00:00.000Z';
  const WARNING = 'The workout plan could not be made this time.';
  const result = { goal: 'maintain' } as StepUpdate['result'];

  async function degraded(status = 'completed', userId = 'u'): Promise<string> {
    const scanId = randomUUID();
    await db.doc(paths.consent('u', SCAN_CONSENT)).set({ granted: true });
    const failed = { state: 'failed', attempt: 3, startedAt: Timestamp.fromDate(new Date(FIRST)) };
    await db.doc(paths.scan(scanId)).set({
      userId,
      status,
      rev: 8,
      steps: { workout: failed, insights: failed },
      results: { delta: { trend: null } },
      warnings: ['Insights could not be written this time.', WARNING],
    });
    return scanId;
  }

  const write = (scanId: string, change: StepUpdate['change'], more: Partial<StepUpdate> = {}) =>
    firestoreScans(db).applyStep({
      scanId,
      step: 'workout',
      change,
      warning: { messageCode: 'workout', message: WARNING },
      updatedAt: LATER,
      ...more,
    });
  const run = (state: StepChange['state'], attempt: number, startedAt = AGAIN) => ({
    state,
    attempt,
    startedAt,
  });
  const workout = async (scanId: string) => {
    const scan = await db.doc(paths.scan(scanId)).get();
    const { state, attempt } = scan.get('steps.workout') as StepChange;
    return { state, attempt, rev: scan.get('rev') as number };
  };

  it('brings its result and takes its warning away, and nothing else changes', async () => {
    const scanId = await degraded();
    expect(await write(scanId, run('running', 1))).toBe('applied');
    expect(await write(scanId, { ...run('completed', 1), completedAt: LATER }, { result })).toBe('applied');
    expect((await db.doc(paths.scan(scanId)).get()).data()).toMatchObject({
      status: 'completed',
      rev: 10,
      steps: { workout: { state: 'completed', attempt: 1 }, insights: { state: 'failed', attempt: 3 } },
      results: { delta: { trend: null }, workout: { goal: 'maintain' } },
      warnings: ['Insights could not be written this time.'],
    });
  });

  it('takes its warning away by its code, in whatever language its sentence is', async () => {
    const scanId = await degraded();
    const kept = { messageCode: 'insights', params: {} };
    await db.doc(paths.scan(scanId)).update({
      warnings: ['Die Auswertung fehlt.', 'Der Trainingsplan fehlt.'],
      warningCodes: [kept, { messageCode: 'workout', params: {} }],
    });
    await write(scanId, run('completed', 1), { result });
    expect((await db.doc(paths.scan(scanId)).get()).data()).toMatchObject({
      warnings: ['Die Auswertung fehlt.'],
      warningCodes: [kept],
    });
  });

  it('takes each write once, and none that comes late', async () => {
    const scanId = await degraded();
    expect(await write(scanId, run('running', 1))).toBe('applied');
    expect(await write(scanId, run('running', 1))).toBe('stale');
    expect(await write(scanId, run('retrying', 1))).toBe('applied');
    expect(await write(scanId, run('running', 2))).toBe('applied');
    expect(await write(scanId, run('retrying', 1))).toBe('stale');
    expect(await write(scanId, run('failed', 2))).toBe('applied');
    expect(await write(scanId, run('running', 3))).toBe('stale');
    expect(await workout(scanId)).toEqual({ state: 'failed', attempt: 2, rev: 12 });
  });

  it('may follow a run that never ended, whose own writes then change nothing', async () => {
    const scanId = await degraded();
    await write(scanId, run('running', 1));
    expect(await write(scanId, run('running', 1, LATER))).toBe('applied');
    expect(await write(scanId, run('completed', 1), { result })).toBe('stale');
    expect(await workout(scanId)).toEqual({ state: 'running', attempt: 1, rev: 10 });
  });

  it('takes no result once its user has withdrawn consent, and can still be left as failed', async () => {
    const scanId = await degraded('completed', 'somebody-who-withdrew');
    await write(scanId, run('running', 1));
    expect(await write(scanId, run('completed', 1), { result })).toBe('unconsented');
    expect((await db.doc(paths.scan(scanId)).get()).get('results')).toEqual({ delta: { trend: null } });
    expect(await write(scanId, run('failed', 1))).toBe('applied');
  });

  it('says that it was written when the answer was lost and it is written again', async () => {
    const scanId = await degraded();
    expect(await write(scanId, run('completed', 1), { result })).toBe('applied');
    expect(await write(scanId, run('completed', 1), { result })).toBe('applied');
    expect((await workout(scanId)).rev).toBe(9);
  });

  it('stays completed once it is', async () => {
    const scanId = await degraded();
    await write(scanId, run('completed', 1), { result });
    expect(await write(scanId, run('running', 1, LATER))).toBe('stale');
    expect(await workout(scanId)).toEqual({ state: 'completed', attempt: 1, rev: 9 });
  });

  it('writes to no scan that has another status, or was deleted', async () => {
    expect(await write(await degraded('processing'), run('running', 1))).toBe('stale');
    expect(await write(randomUUID(), run('running', 1))).toBe('missing');
  });

  it('leaves the outcome of each run in the audit chain, once', async () => {
    const scanId = await degraded();
    await write(scanId, run('running', 1));
    await write(scanId, run('failed', 1));
    await write(scanId, run('failed', 1));
    await write(scanId, run('completed', 2, LATER), { result });
    const chain = await db.collection(paths.auditEntries(scanId)).orderBy('seq').get();
    const entries = chain.docs.map((entry) => entry.data() as AuditEntry);
    expect(entries.map(({ action, detail, actor }) => ({ action, detail, actor }))).toEqual(
      (['step_failed', 'step_completed'] as const).map((action, index) => ({
        action,
        detail: { step: 'workout', attempt: index + 1 },
        actor: `workflow:retry-workout-scan-${scanId}`,
      })),
    );
    expect(verifyAudit(entries, sha256)).toBeNull();
  });

  it('and another beside it leave both results', async () => {
    const scanId = await degraded();
    const insights = { summary: 's' } as StepUpdate['result'];
    await Promise.all([
      write(scanId, run('completed', 1), { result }),
      write(scanId, run('completed', 1), {
        step: 'insights',
        result: insights,
        warning: { messageCode: 'insights', message: 'Insights could not be written this time.' },
      }),
    ]);
    expect((await db.doc(paths.scan(scanId)).get()).data()).toMatchObject({
      rev: 10,
      results: { workout: { goal: 'maintain' }, insights: { summary: 's' } },
      warnings: [],
    });
  });
});

const update = (scanId: string, rev: number, change: Partial<ScanUpdate> = {}): ScanUpdate => ({
  scanId,
  rev,
  status: 'processing',
  progress: 0,
  steps: Object.fromEntries(STEP_NAMES.map((name) => [name, { state: 'pending', attempt: 0 }])) as Record<
    StepName,
    StepChange
  >,
  results: {},
  warnings: [],
  warningCodes: [],
  workflow: { id: `daily-scan-${scanId}`, runId: 'run' },
  updatedAt: new Date().toISOString(),
  ...change,
});

async function queued(): Promise<string> {
  const scanId = randomUUID();
  await db.doc(paths.consent('u', SCAN_CONSENT)).set({ granted: true });
  await db.doc(paths.scan(scanId)).set({ userId: 'u', status: 'queued', rev: 1 });
  return scanId;
}

describe('scan documents', () => {
  it('keep results written before when a later write brings others', async () => {
    const scanId = await queued();
    const scans = firestoreScans(db);
    const delta = { previous: null, year: null, trend: null };
    const qualityCheck = { accepted: true } as ScanUpdate['results']['qualityCheck'];
    await scans.apply(update(scanId, 2, { results: { delta } }));
    await scans.apply(update(scanId, 3, { results: { qualityCheck } }));
    const document = await db.doc(paths.scan(scanId)).get();
    expect(document.get('results')).toEqual({ delta, qualityCheck });
  });

  it('say that a scan waits until a write says that it no longer does', async () => {
    const scanId = await queued();
    const document = db.doc(paths.scan(scanId));
    await document.update({ busy: { messageCode: 'busy' } });
    await firestoreScans(db).apply(update(scanId, 2));
    expect((await document.get()).get('busy')).toBeDefined();
    await firestoreScans(db).apply(update(scanId, 3, { waitIsOver: true }));
    const after = (await document.get()).data();
    expect(after).not.toHaveProperty('busy');
    expect(after).not.toHaveProperty('waitIsOver');
  });

  it('take a write once, and a late one not at all', async () => {
    const scanId = await queued();
    const scans = firestoreScans(db);
    const third = update(scanId, 3, { progress: 50 });
    expect(await scans.apply(third)).toEqual({ outcome: 'applied' });
    // The same write again, as after a lost answer.
    expect(await scans.apply(third)).toEqual({ outcome: 'applied' });
    expect(await scans.apply(update(scanId, 2, { progress: 10 }))).toEqual({ outcome: 'stale' });
    expect((await db.doc(paths.scan(scanId)).get()).get('progress')).toBe(50);
  });

  it('know the write of an end again when a step has run again since', async () => {
    const scanId = await queued();
    const scans = firestoreScans(db);
    const at = new Date().toISOString();
    const failed = { state: 'failed', attempt: 3, startedAt: '2026-11-28T00:00:00.000Z' } as const;
    const end = { ...update(scanId, 3, { status: 'completed', updatedAt: at, completedAt: at }) };
    const last = { ...end, steps: { ...end.steps, workout: failed } };
    expect(await scans.apply(last)).toEqual({ outcome: 'applied' });
    const again = await scans.applyStep({
      scanId,
      step: 'workout',
      change: { state: 'running', attempt: 1, startedAt: new Date().toISOString() },
      workflow: { id: `retry-workout-scan-${scanId}`, runId: 'another' },
      updatedAt: new Date(Date.now() + 1000).toISOString(),
    } as never);
    expect(again).toBe('applied');
    expect(await scans.apply(last)).toEqual({ outcome: 'applied' });
    const other = { ...last, workflow: { ...last.workflow, runId: 'not that run' } };
    expect(await scans.apply(other)).toEqual({ outcome: 'ended', status: 'completed' });
  });

  it('never leave a terminal status', async () => {
    const scanId = await queued();
    const scans = firestoreScans(db);
    await scans.apply(update(scanId, 2, { status: 'canceled' }));
    expect(await scans.apply(update(scanId, 3, { status: 'completed' }))).toEqual({
      outcome: 'ended',
      status: 'canceled',
    });
    expect((await db.doc(paths.scan(scanId)).get()).get('status')).toBe('canceled');
  });

  it('are not made anew when the user deleted them', async () => {
    const scanId = randomUUID();
    expect(await firestoreScans(db).apply(update(scanId, 2))).toEqual({ outcome: 'missing' });
    expect((await db.doc(paths.scan(scanId)).get()).exists).toBe(false);
  });
});

async function reserved(): Promise<{ uid: string; scanId: string }> {
  const [uid, scanId] = [randomUUID(), randomUUID()];
  await db.doc(paths.account(uid)).set({ scanCredits: 4 });
  const at = Timestamp.now();
  await db.doc(paths.ledgerEntry(uid, 'grant')).set({ kind: 'grant', amount: 5, at });
  await db.doc(paths.ledgerEntry(uid, `${scanId}:reserve`)).set({ kind: 'reserve', amount: -1, scanId, at });
  return { uid, scanId };
}

/** Makes a queued scan with a reserved credit, of a user who consents. */
async function paidFor(): Promise<{ uid: string; scanId: string }> {
  const ids = await reserved();
  await db.doc(paths.consent(ids.uid, SCAN_CONSENT)).set({ granted: true });
  await db.doc(paths.scan(ids.scanId)).set({ userId: ids.uid, status: 'queued', rev: 1 });
  return ids;
}

async function books(uid: string) {
  const entries = (await db.collection(paths.ledger(uid)).get()).docs.map((entry) => entry.data());
  return {
    balance: (await db.doc(paths.account(uid)).get()).get('scanCredits') as number,
    sum: entries.reduce((sum, entry) => sum + (entry['amount'] as number), 0),
    kinds: entries.map((entry) => entry['kind'] as string).toSorted(),
  };
}

describe('the credit of a scan goes with its document', () => {
  const estimation = { bodyFatPercent: 20 } as ScanUpdate['results']['estimation'];
  const shows = (scanId: string, rev: number, change: Partial<ScanUpdate> = {}) =>
    update(scanId, rev, { results: { estimation }, ...change });
  const scanOf = async (scanId: string) => (await db.doc(paths.scan(scanId)).get()).data()!;
  const spent = { balance: 4, sum: 4, kinds: ['commit', 'grant', 'reserve'] };
  const returned = { balance: 5, sum: 5, kinds: ['grant', 'refund', 'reserve'] };

  it('spent once a body fat is shown, and a cancellation after that gives nothing back', async () => {
    const { uid, scanId } = await paidFor();
    const scans = firestoreScans(db);
    const first = shows(scanId, 2);
    await scans.apply(first);
    await scans.apply(first);
    expect(await books(uid)).toEqual(spent);
    expect(await firestoreCredits(db).wasReturned(uid, scanId)).toBe(false);
    await scans.apply(update(scanId, 3, { status: 'canceled' }));
    await firestoreCredits(db).settle(uid, scanId, 'refund');
    expect(await books(uid)).toEqual(spent);
    expect(await scanOf(scanId)).toMatchObject({ status: 'canceled', results: { estimation } });
  });

  it('given back with an end before that, once, and no body fat is shown after it', async () => {
    const { uid, scanId } = await paidFor();
    const scans = firestoreScans(db);
    const last = update(scanId, 2, { status: 'canceled' });
    await scans.apply(last);
    expect(await firestoreCredits(db).wasReturned(uid, scanId)).toBe(true);
    await scans.apply(last);
    expect(await scans.apply(shows(scanId, 3))).toEqual({ outcome: 'ended', status: 'canceled' });
    expect(await books(uid)).toEqual(returned);
    expect(await scanOf(scanId)).not.toHaveProperty('results');
  });

  it('one of both when they meet: shown and spent, or given back and never shown', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { uid, scanId } = await paidFor();
      const scans = firestoreScans(db);
      await Promise.all([
        scans.apply(shows(scanId, 2)),
        scans.apply(update(scanId, 3, { status: 'canceled' })),
      ]);
      const shown = (await scanOf(scanId))['results'] !== undefined;
      expect(await books(uid)).toEqual(shown ? spent : returned);
    }
  });

  it('not shown with an end of a workflow that gave the credit back beforehand', async () => {
    const { uid, scanId } = await paidFor();
    await firestoreCredits(db).settle(uid, scanId, 'refund');
    await firestoreScans(db).apply(shows(scanId, 2, { status: 'canceled' }));
    expect(await scanOf(scanId)).toMatchObject({ status: 'canceled' });
    expect((await scanOf(scanId))['results']).toBeUndefined();
    expect(await books(uid)).toEqual(returned);
  });

  it('and a result that comes after consent was withdrawn is not written', async () => {
    const { uid, scanId } = await paidFor();
    await db.doc(paths.consent(uid, SCAN_CONSENT)).update({ granted: false });
    const scans = firestoreScans(db);
    expect(await scans.apply(shows(scanId, 2))).toEqual({ outcome: 'unconsented' });
    expect(await scanOf(scanId)).toMatchObject({ status: 'queued', rev: 1 });
    await scans.apply(update(scanId, 3, { status: 'canceled' }));
    expect(await books(uid)).toEqual(returned);
  });
});

describe('credits', () => {
  it('are given back once, however often it is asked', async () => {
    const { uid, scanId } = await reserved();
    const credits = firestoreCredits(db);
    await Promise.all(Array.from({ length: 8 }, () => credits.settle(uid, scanId, 'refund')));
    expect(await books(uid)).toEqual({ balance: 5, sum: 5, kinds: ['grant', 'refund', 'reserve'] });
  });

  it('stand where the chain says, without a look at the ledger', async () => {
    const { uid, scanId } = await reserved();
    await firestoreAudit(db).append(
      scanId,
      creditRecord('reserve', { at: new Date().toISOString(), actor: 'function:test' }),
    );
    const withoutLedger = new Proxy(db, {
      get(target, name) {
        if (name === 'getAll') throw new Error('the ledger was read');
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await firestoreCredits(withoutLedger).settle(uid, scanId, 'commit');
    await firestoreCredits(withoutLedger).settle(uid, scanId, 'refund');
    expect(await books(uid)).toEqual({ balance: 4, sum: 4, kinds: ['commit', 'grant', 'reserve'] });
  });

  it('end in one way when one is settled between the reads of another', async () => {
    const { uid, scanId } = await reserved();
    let settled: Promise<unknown> | undefined;
    // The other settlement happens entirely after the state was read; later reads see it.
    const between = new Proxy(db, {
      get(target, name) {
        if (name === 'getAll')
          return async (...refs: DocumentReference[]) => {
            const read = target.getAll(...refs);
            settled ??= read.then(() => firestoreCredits(db).settle(uid, scanId, 'commit'));
            await settled;
            return read;
          };
        if (name === 'doc')
          return (path: string) => {
            const ref = target.doc(path);
            const get = ref.get.bind(ref);
            ref.get = async () => {
              await settled;
              return get();
            };
            return ref;
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const slowly = firestoreCredits(between);
    await slowly.settle(uid, scanId, 'refund');
    const { balance, sum, kinds } = await books(uid);
    expect(balance).toBe(sum);
    expect(kinds).toEqual(['commit', 'grant', 'reserve']);
  });

  it('end in one way when commit and refund race', async () => {
    const { uid, scanId } = await reserved();
    const credits = firestoreCredits(db);
    await Promise.all(
      (['commit', 'refund', 'commit', 'refund'] as const).map((kind) => credits.settle(uid, scanId, kind)),
    );
    const { balance, sum, kinds } = await books(uid);
    expect(balance).toBe(sum);
    expect(kinds.filter((kind) => kind === 'commit' || kind === 'refund')).toHaveLength(1);
  });

  it('that were never reserved are not given back', async () => {
    const { uid } = await reserved();
    await firestoreCredits(db).settle(uid, 'another-scan', 'refund');
    expect(await books(uid)).toMatchObject({ balance: 4, sum: 4 });
  });
});

/** The entries of a chain. Fails when the chain is not whole. */
async function chainOf(name: string): Promise<AuditEntry[]> {
  const [head, entries] = await Promise.all([
    db.doc(paths.auditLog(name)).get(),
    db.collection(paths.auditEntries(name)).orderBy('seq').get(),
  ]);
  const stored = entries.docs.flatMap((entry) => entriesIn<AuditEntry>({ id: entry.id, data: entry.data() }));
  expect(auditFaults({ head: head.data(), entries: stored }, sha256)).toEqual([]);
  return stored.map(({ data }) => data);
}

describe('the audit chain', () => {
  const record = (key: string) => ({
    key,
    at: '2026-11-23T00:00:00.000Z',
    actor: 'workflow:w',
    action: 'daily_scan_workflow_started' as const,
    detail: { runId: key },
  });

  it('takes each fact once, however often it is recorded', async () => {
    const scanId = randomUUID();
    const audit = firestoreAudit(db);
    const keys = ['a', 'b', 'c', 'a', 'b', 'c'];
    await Promise.all(keys.map((key) => audit.append(scanId, record(key))));
    const entries = await chainOf(scanId);
    expect(entries.map(({ detail }) => detail['runId']).toSorted()).toEqual(['a', 'b', 'c']);
    expect(verifyAudit(entries, sha256)).toBeNull();
  });

  it('stays in order without a gap when forty write to it at once', async () => {
    const scanId = randomUUID();
    const logs = [firestoreAudit(db), firestoreAudit(db)];
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => logs[index % 2]!.append(scanId, record(`look:${index}`))),
    );
    const entries = await chainOf(scanId);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(new Set(entries.map(({ detail }) => detail['runId'])).size).toBe(40);
    const head = (await db.doc(paths.auditLog(scanId)).get()).data() as AuditHead;
    expect(head).toMatchObject({ seq: 40, hash: entries.at(-1)!.hash });
  });

  it("begins with the workflow's start, which the first write brings, once, and not to the document", async () => {
    const scanId = await queued();
    const scans = firestoreScans(db);
    const first = update(scanId, 2, { startedAt: '2026-11-23T00:00:00.000Z' });
    await scans.apply(first);
    await scans.apply(first);
    await scans.apply(update(scanId, 3, { startedAt: '2026-11-23T00:00:00.000Z' }));
    expect((await chainOf(scanId)).map(({ action, at }) => ({ action, at }))).toEqual([
      { action: 'daily_scan_workflow_started', at: '2026-11-23T00:00:00.000Z' },
    ]);
    expect((await db.doc(paths.scan(scanId)).get()).data()).not.toHaveProperty('startedAt');
  });

  it('takes the start with an end, where the first write may leave it to a later one: that is one document', async () => {
    const { scanId } = await paidFor();
    const scans = firestoreScans(db);
    const start = { startedAt: '2026-11-23T00:00:00.000Z', startMayWait: true } as const;
    await scans.apply(update(scanId, 2, start));
    expect((await db.doc(paths.auditLog(scanId)).get()).exists).toBe(false);
    await scans.apply(update(scanId, 3, { ...start, status: 'canceled' }));
    const [first] = await chainOf(scanId);
    expect(first).toMatchObject({ action: 'daily_scan_workflow_started', at: start.startedAt });
    const document = (await db.doc(paths.scan(scanId)).get()).data();
    expect(document).not.toHaveProperty('startedAt');
    expect(document).not.toHaveProperty('startMayWait');
  });

  it('of a scan takes what happens to it at its end together: steps, credit, outcome', async () => {
    const { uid, scanId } = await paidFor();
    const steps = (state: StepChange['state']) =>
      Object.fromEntries(STEP_NAMES.map((name) => [name, { state, attempt: 1 }])) as ScanUpdate['steps'];
    const scans = firestoreScans(db);
    await scans.apply(update(scanId, 2, { steps: steps('running') }));
    await Promise.all([
      scans.apply(update(scanId, 3, { steps: steps('completed') })),
      firestoreCredits(db).settle(uid, scanId, 'commit'),
      firestoreAudit(db).append(scanId, record('outcome')),
    ]);
    expect(
      (await chainOf(scanId)).filter(({ action }) => action.startsWith('step_')),
      'steps of a scan that runs are recorded with what must be recorded at once',
    ).toEqual([]);
    await scans.apply(update(scanId, 4, { steps: steps('completed'), status: 'completed' }));
    const entries = await chainOf(scanId);
    // The steps are in one document together with the outcome.
    expect((await db.collection(paths.auditEntries(scanId)).count().get()).data().count).toBe(3);
    expect(entries.map(({ action }) => action).toSorted()).toEqual([
      'credit_committed',
      'daily_scan_workflow_completed',
      'daily_scan_workflow_started',
      ...STEP_NAMES.map(() => 'step_completed'),
    ]);
    const ofSteps = entries.filter(({ action }) => action === 'step_completed');
    expect(ofSteps.map(({ detail }) => detail)).toEqual(STEP_NAMES.map((step) => ({ step, attempt: 1 })));
    expect(ofSteps[0]!.actor).toBe(`workflow:daily-scan-${scanId}`);
  });

  it('of a scan takes its steps with the body fat, once each, and what comes later with the end', async () => {
    const { scanId } = await paidFor();
    const scans = firestoreScans(db);
    const ended = (...names: StepName[]): ScanUpdate['steps'] => ({
      ...update(scanId, 2).steps,
      ...Object.fromEntries(names.map((name) => [name, { state: 'completed', attempt: 1 }])),
    });
    const recorded = async () =>
      (await chainOf(scanId))
        .filter(({ action }) => action === 'step_completed')
        .map(({ detail }) => detail['step']);
    const early = { hydration: { litersPerDay: 2 } } as unknown as ScanUpdate['results'];
    await scans.apply(update(scanId, 2, { steps: ended('hydration'), results: early }));
    expect(await recorded()).toEqual([]);
    const shown = { estimation: { bodyFatPercent: 20 } } as ScanUpdate['results'];
    const steps = ended('qualityCheck', 'estimation', 'hydration');
    await scans.apply(update(scanId, 3, { steps, results: shown }));
    expect(await recorded()).toEqual(['qualityCheck', 'estimation', 'hydration']);
    await scans.apply(update(scanId, 4, { steps: ended(...STEP_NAMES), status: 'completed' }));
    expect((await recorded()).toSorted()).toEqual([...STEP_NAMES].toSorted());
    expect(verifyAudit(await chainOf(scanId), sha256)).toBeNull();
  });

  it('takes no outcome of a step from a write that came late or to a scan that is gone', async () => {
    const scanId = await queued();
    const failed = { ...update(scanId, 2).steps, delta: { state: 'failed', attempt: 3 } as const };
    const scans = firestoreScans(db);
    await scans.apply(update(scanId, 2, { status: 'canceled' }));
    expect(await scans.apply(update(scanId, 3, { steps: failed }))).toMatchObject({ outcome: 'ended' });
    const gone = randomUUID();
    expect(await scans.apply(update(gone, 2, { steps: failed }))).toEqual({ outcome: 'missing' });
    expect((await chainOf(scanId)).map(({ action }) => action)).toEqual(['daily_scan_workflow_canceled']);
    expect(await chainOf(gone)).toEqual([]);
  });
});
