/** The adapters to Firestore, on the Firestore emulator: what a repeat, a late write or a race leaves behind. */

import { createHash, randomUUID } from 'node:crypto';
import { type AuditEntry, verifyAudit } from '@reddyfit/shared/audit';
import { paths } from '@reddyfit/shared/paths';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/steps';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { firestoreAudit } from '../src/adapters/firestore-audit.ts';
import { firestoreCredits } from '../src/adapters/firestore-credits.ts';
import { firestoreScans } from '../src/adapters/firestore-scans.ts';
import type { ScanUpdate, StepChange } from '../src/ports.ts';

let db: Firestore;
beforeAll(() => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  const app = initializeApp({ projectId: `demo-adapters-${randomUUID().slice(0, 8)}` });
  db = getFirestore(app);
  return () => deleteApp(app);
});
afterAll(() => db.terminate());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('scan documents', () => {
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
    workflow: { id: `daily-scan-${scanId}`, runId: 'run' },
    updatedAt: new Date().toISOString(),
    ...change,
  });

  async function queued(): Promise<string> {
    const scanId = randomUUID();
    await db.doc(paths.scan(scanId)).set({ userId: 'u', status: 'queued', rev: 1 });
    return scanId;
  }

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

  it('take a write once, and a late one not at all', async () => {
    const scanId = await queued();
    const scans = firestoreScans(db);
    expect(await scans.apply(update(scanId, 3, { progress: 50 }))).toBe('applied');
    expect(await scans.apply(update(scanId, 3, { progress: 50 }))).toBe('stale');
    expect(await scans.apply(update(scanId, 2, { progress: 10 }))).toBe('stale');
    expect((await db.doc(paths.scan(scanId)).get()).get('progress')).toBe(50);
  });

  it('never leave a terminal status', async () => {
    const scanId = await queued();
    const scans = firestoreScans(db);
    await scans.apply(update(scanId, 2, { status: 'canceled' }));
    expect(await scans.apply(update(scanId, 3, { status: 'completed' }))).toBe('stale');
    expect((await db.doc(paths.scan(scanId)).get()).get('status')).toBe('canceled');
  });

  it('are not made anew when the user deleted them', async () => {
    const scanId = randomUUID();
    expect(await firestoreScans(db).apply(update(scanId, 2))).toBe('missing');
    expect((await db.doc(paths.scan(scanId)).get()).exists).toBe(false);
  });

  it('of the same user are found newest first, and only completed ones', async () => {
    const uid = randomUUID();
    const estimation = { bodyFatPercent: 20, leanMassLb: 140, fatMassLb: 35 };
    const add = (day: string, fields: object) =>
      db.collection(paths.scans()).add({
        userId: uid,
        status: 'completed',
        createdAt: Timestamp.fromDate(new Date(day)),
        weightLb: 175,
        results: { estimation },
        ...fields,
      });
    await Promise.all([
      add('2026-01-01', {}),
      add('2026-03-01', {}),
      add('2026-02-01', { status: 'failed' }),
      add('2026-02-02', { userId: 'someone-else' }),
      add('2024-01-01', {}),
      add('2026-06-01', {}),
    ]);
    const found = await firestoreScans(db).earlier(uid, new Date('2025-06-01'), new Date('2026-06-01'));
    expect(found.map((scan) => scan.createdAt.toISOString().slice(0, 10))).toEqual([
      '2026-03-01',
      '2026-01-01',
    ]);
    expect(found[0]!.estimation).toEqual(estimation);
    expect(await firestoreScans(db).earlier(uid, new Date('2025-06-01'), new Date('2026-06-01'), 1)).toEqual([
      found[0],
    ]);
  });
});

describe('credits', () => {
  async function reserved(): Promise<{ uid: string; scanId: string }> {
    const [uid, scanId] = [randomUUID(), randomUUID()];
    await db.doc(paths.account(uid)).set({ scanCredits: 4 });
    const at = Timestamp.now();
    await db.doc(paths.ledgerEntry(uid, 'grant')).set({ kind: 'grant', amount: 5, at });
    await db
      .doc(paths.ledgerEntry(uid, `${scanId}:reserve`))
      .set({ kind: 'reserve', amount: -1, scanId, at });
    return { uid, scanId };
  }

  async function books(uid: string) {
    const entries = (await db.collection(paths.ledger(uid)).get()).docs.map((entry) => entry.data());
    return {
      balance: (await db.doc(paths.account(uid)).get()).get('scanCredits') as number,
      sum: entries.reduce((sum, entry) => sum + (entry['amount'] as number), 0),
      kinds: entries.map((entry) => entry['kind'] as string).toSorted(),
    };
  }

  it('are given back once, however often it is asked', async () => {
    const { uid, scanId } = await reserved();
    const credits = firestoreCredits(db);
    await Promise.all(Array.from({ length: 8 }, () => credits.settle(uid, scanId, 'refund')));
    expect(await books(uid)).toEqual({ balance: 5, sum: 5, kinds: ['grant', 'refund', 'reserve'] });
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

describe('the audit chain', () => {
  it('stays whole when entries race, and takes each fact once', async () => {
    const scanId = randomUUID();
    const audit = firestoreAudit(db);
    const record = (key: string) => ({
      key,
      at: '2026-11-23T00:00:00.000Z',
      actor: 'workflow:w',
      action: 'daily_scan_workflow_started' as const,
      detail: { runId: 'r' },
    });
    const keys = ['a', 'b', 'c', 'a', 'b', 'c'];
    await Promise.all(keys.map((key) => audit.append(scanId, record(key))));
    const entries = (await db.collection(paths.auditEntries(scanId)).orderBy('seq').get()).docs.map(
      (entry) => entry.data() as AuditEntry,
    );
    expect(entries).toHaveLength(3);
    expect(verifyAudit(entries, sha256)).toBeNull();
    expect((await db.doc(paths.auditLog(scanId)).get()).get('hash')).toBe(entries.at(-1)!.hash);
  });
});
