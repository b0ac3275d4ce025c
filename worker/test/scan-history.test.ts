/** Tests the history of a user's scans, with which later scans are compared, on the Firestore emulator. */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import type { ScanHistory } from '@reddyfit/shared/scan/history';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { beforeAll, expect, inject, it } from 'vitest';
import { firestoreUserRecords } from '../src/erasure/firestore-user-records.ts';
import type { ScanUpdate } from '../src/scan/scan-store.ts';
import { readScanHistory } from '../src/store/firestore-scan-history.ts';
import { firestoreScans } from '../src/store/firestore-scans.ts';

let db: Firestore;
beforeAll(() => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  const app = initializeApp({ projectId: `demo-history-${randomUUID().slice(0, 8)}` }, randomUUID());
  db = getFirestore(app);
  return async () => {
    await db.terminate();
    await deleteApp(app);
  };
});

const estimation = { bodyFatPercent: 20, leanMassLb: 140, fatMassLb: 35, repeatSd: 1.2 };
const daysAgo = (days: number) => Timestamp.fromMillis(Date.now() - days * 86_400_000);

async function scanOf(userId: string, days: number, fields: object = {}): Promise<string> {
  const scanId = randomUUID();
  await db.doc(paths.scan(scanId)).set({
    userId,
    status: 'completed',
    createdAt: daysAgo(days),
    weightLb: 175,
    rev: 1,
    results: { estimation },
    ...fields,
  });
  return scanId;
}

const listOf = async (uid: string) => (await readScanHistory(db, uid)).map(({ scanId }) => scanId);
const kept = async (uid: string) =>
  (await db.doc(paths.scanHistory(uid)).get()).data() as ScanHistory | undefined;

/** The last write of a scan, which completes it. */
const completes = (scanId: string, change: Partial<ScanUpdate> = {}) =>
  firestoreScans(db).apply({
    scanId,
    rev: 2,
    status: 'completed',
    progress: 100,
    steps: Object.fromEntries(
      STEP_NAMES.map((name) => [name, { state: 'completed', attempt: 1 }]),
    ) as ScanUpdate['steps'],
    results: {},
    warnings: [],
    warningCodes: [],
    workflow: { id: `daily-scan-${scanId}`, runId: 'run' },
    updatedAt: new Date().toISOString(),
    ...change,
  });

it('lists the completed scans of a user, newest first, without those of a doubtful weight', async () => {
  const uid = randomUUID();
  const [old, last] = [await scanOf(uid, 300), await scanOf(uid, 2)];
  await scanOf(uid, 1, { results: { estimation: { ...estimation, flags: ['weight_doubtful'] } } });
  await scanOf(uid, 3, { status: 'failed' });
  await scanOf(randomUUID(), 4);
  const oldest = await scanOf(uid, 800);
  expect(await listOf(uid)).toEqual([last, old, oldest]);
  const [since, before] = [daysAgo(366).toDate(), daysAgo(2.5).toDate()];
  const [found, ...others] = await firestoreScans(db).earlier(uid, since, before);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ scanId: old, weightLb: 175, estimation });
});

it('knows the scan before however long ago it was, and the height of its profile', async () => {
  const uid = randomUUID();
  const scanId = await scanOf(uid, 1500, { results: { estimation: { ...estimation, bmi: 24.2 } } });
  await scanOf(uid, 2, { results: { estimation: { ...estimation, flags: ['weight_doubtful'] } } });
  await scanOf(uid, 1600, { results: { estimation: { ...estimation, bmi: 'odd' } } });
  const [before, odd] = await firestoreScans(db).earlier(uid, new Date(0), new Date());
  expect(before).toMatchObject({ scanId, estimation: { ...estimation, bmi: 24.2 } });
  expect(odd!.estimation).toEqual(estimation);
});

it('keeps what a body fat was made of, as far as it counted, and is made anew where that cannot be read', async () => {
  const uid = randomUUID();
  const counted = { source: 'measurement', method: 'navy.male', bodyFatPercent: 20, sd: 5.1, weight: 1 };
  const sources = [counted, { source: 'history', bodyFatPercent: 21, sd: 5, weight: 0 }];
  const scanId = await scanOf(uid, 2, { results: { estimation: { ...estimation, sources } } });
  await scanOf(uid, 3, { results: { estimation: { ...estimation, sources: 'odd' } } });
  const found = async () =>
    (await readScanHistory(db, uid)).map(({ estimation: { sources: those } }) => those);
  expect(await found()).toEqual([[counted], undefined]);
  await db
    .doc(paths.scanHistory(uid))
    .update({ [`scans.${scanId}.estimation.sources`]: [{ weight: 'odd' }] });
  expect(await found()).toEqual([[counted], undefined]);
});

it('is read as one document once it has been made, however many scans there are', async () => {
  const uid = randomUUID();
  const scanId = await scanOf(uid, 2);
  await listOf(uid);
  // The scan's document is deleted directly, so only the history still has the scan: the history is read, and not the
  // scans.
  await db.doc(paths.scan(scanId)).delete();
  expect(await listOf(uid)).toEqual([scanId]);
});

it('has a scan from the commit that completes it, whether or not it was made before', async () => {
  const estimated = { results: { estimation: estimation as ScanUpdate['results']['estimation'] } };
  for (const made of [true, false]) {
    const uid = randomUUID();
    await db.doc(paths.consent(uid, SCAN_CONSENT)).set({ granted: true });
    const before = await scanOf(uid, 5);
    if (made) await listOf(uid);
    // The body fat of `shown` was written by an earlier write; that of `atOnce` comes with the last one.
    const shown = await scanOf(uid, 1, { status: 'processing' });
    const atOnce = await scanOf(uid, 0, { status: 'processing', results: {} });
    expect(await completes(shown)).toEqual({ outcome: 'applied' });
    expect(await completes(atOnce, estimated)).toEqual({ outcome: 'applied' });
    const failed = await scanOf(uid, 0, { status: 'processing' });
    expect(await completes(failed, { status: 'failed' })).toEqual({ outcome: 'applied' });
    expect(Object.keys((await kept(uid))!.scans)).toEqual(expect.arrayContaining([shown, atOnce]));
    expect(await listOf(uid)).toEqual([atOnce, shown, before]);
  }
});

it('forgets a scan in the commit that deletes it', async () => {
  const uid = randomUUID();
  const [gone, stays] = [await scanOf(uid, 2), await scanOf(uid, 3)];
  expect(await listOf(uid)).toEqual([gone, stays]);
  await firestoreUserRecords(db).deleteScan(uid, gone);
  expect(await listOf(uid)).toEqual([stays]);
  await firestoreUserRecords(db).deleteRecords(uid);
  expect(await kept(uid)).toBeUndefined();
});

it('gives way to a scan that is deleted while it is made', async () => {
  const uid = randomUUID();
  const [gone, stays] = [await scanOf(uid, 2), await scanOf(uid, 3)];
  let deleted = false;
  const meanwhile = new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name !== 'batch') return typeof value === 'function' ? value.bind(target) : value;
      return () => {
        const batch = target.batch();
        const commit = batch.commit.bind(batch);
        batch.commit = async () => {
          if (!deleted) await firestoreUserRecords(target).deleteScan(uid, gone);
          deleted = true;
          return commit();
        };
        return batch;
      };
    },
  });
  expect((await readScanHistory(meanwhile, uid)).map(({ scanId }) => scanId)).toEqual([stays]);
  expect(await listOf(uid)).toEqual([stays]);
});

it('is made anew when it has grown too long, without what is too old', async () => {
  const uid = randomUUID();
  const recent = await scanOf(uid, 2);
  const old = { createdAt: daysAgo(1000), weightLb: 175, estimation };
  const scans = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`old-${index}`, old]));
  await db.doc(paths.scanHistory(uid)).set({ complete: true, scans });
  expect(await listOf(uid)).toEqual([recent]);
  expect(Object.keys((await kept(uid))!.scans)).toEqual([recent]);
});

it.each([
  ['that says nothing but that it is complete', { complete: true }],
  ['with a scan without a time', { complete: true, scans: { odd: { weightLb: 175, estimation } } }],
  [
    'with a number that is none',
    { complete: true, scans: { odd: { createdAt: daysAgo(1), weightLb: 'x', estimation } } },
  ],
])('a document %s, as a person may leave it, is made anew', async (_, document) => {
  const uid = randomUUID();
  const scanId = await scanOf(uid, 3);
  await db.doc(paths.scanHistory(uid)).set(document);
  expect(await listOf(uid)).toEqual([scanId]);
  expect(Object.keys((await kept(uid))!.scans)).toEqual([scanId]);
});

it('a scan whose time of creation is none completes all the same', async () => {
  const scanId = await scanOf(randomUUID(), 1, { status: 'processing', createdAt: 'yesterday' });
  expect(await completes(scanId)).toMatchObject({ outcome: expect.stringMatching(/applied|unconsented/) });
});
