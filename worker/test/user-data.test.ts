/** Tests what an export reads of a user, and what a deletion leaves, on the Firestore emulator and the Cloud Storage server. */

import { createHash, randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { accountChain, type AuditEntry, userChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { MockActivityEnvironment } from '@temporalio/testing';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { FieldValue, type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { createErasureActivities } from '../src/erasure/create-activities.ts';
import { recordedScan } from '../../functions/src/operator/record-view.ts';
import { firestoreAudit } from '../src/audit/firestore-audit.ts';
import { firestoreMemory } from '../src/store/firestore-memory.ts';
import { firestoreUserRecords } from '../src/erasure/firestore-user-records.ts';
import { storageUserFiles } from '../src/erasure/storage-user-files.ts';
import type { ScanRuns } from '../src/store/ports.ts';
import type { SignIns, UserFiles, UserRecords } from '../src/erasure/ports.ts';

const bucket = `user-data-${randomUUID().slice(0, 8)}`;

let db: Firestore;
let storage: Storage;
let files: UserFiles;
let records: UserRecords;
beforeAll(async () => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  const app = initializeApp({ projectId: `demo-user-data-${randomUUID().slice(0, 8)}` }, randomUUID());
  db = getFirestore(app);
  const apiEndpoint = `http://${inject('storage')}`;
  storage = new Storage({ apiEndpoint, projectId: 'demo-user-data' });
  await storage.createBucket(bucket);
  files = storageUserFiles({ bucket, apiEndpoint });
  records = firestoreUserRecords(db);
  return async () => {
    await db.terminate();
    await deleteApp(app);
  };
});

const audit = (scanId: string, action: 'scan_admitted' | 'scan_deleted' | 'credits_granted', actor: string) =>
  firestoreAudit(db).append(scanId, {
    key: action,
    at: '2026-11-23T00:00:00.000Z',
    actor,
    action,
    detail: {},
  });

/** Makes a user with data of every kind. One of the user's scans has been deleted before. */
async function somebody({ scans = 2 } = {}) {
  const uid = `user-${randomUUID()}`;
  const at = Timestamp.fromDate(new Date('2026-11-23T10:00:00Z'));
  const scanIds = Array.from({ length: scans }, () => randomUUID());
  const deleted = randomUUID();
  const batch = db.batch();
  batch.set(db.doc(paths.user(uid)), { sex: 'female', heightCm: 168, deletion: { state: 'requested' } });
  batch.set(db.doc(paths.consent(uid, 'scan_analysis')), { granted: true, at });
  batch.set(db.doc(paths.device(uid, 'ios-0')), { token: 'secret-token', platform: 'ios', updatedAt: at });
  const embedding = FieldValue.vector([0.125, 0.5]);
  batch.set(db.doc(paths.memory(uid, scanIds[0]!)), { text: 'remembered', embedding, scanId: scanIds[0] });
  batch.set(db.doc(paths.account(uid)), { scanCredits: 3 });
  batch.set(db.doc(paths.ledgerEntry(uid, 'grant-x')), { kind: 'grant', amount: 3, at });
  batch.set(db.doc(paths.rateLimit(uid, 'cancelScan')), { tokens: 1, at });
  for (const scanId of scanIds) {
    batch.set(db.doc(paths.scan(scanId)), {
      userId: uid,
      status: 'completed',
      weightLb: 181.4,
      createdAt: at,
      updatedAt: at,
    });
  }
  await batch.commit();
  await Promise.all(scanIds.map((scanId) => audit(scanId, 'scan_admitted', 'function:onScanCreated')));
  await audit(deleted, 'scan_admitted', 'function:onScanCreated');
  await audit(deleted, 'scan_deleted', `user:${uid}`);
  await audit(userChain(uid), 'credits_granted', 'operator:olga');
  const photo = objects.photo(uid, scanIds[0]!, 'front');
  await storage.bucket(bucket).file(photo).save('photo', { contentType: 'image/jpeg', resumable: false });
  return { uid, scanIds, deleted, photo };
}

/** The activities with the real adapters, and with sign-ins and workflow runs that are faked here. */
function activities({ live = [] as string[], signedUp = true } = {}) {
  const asked: string[] = [];
  let exists = signedUp;
  const signIns: SignIns = {
    find: async () => (exists ? { email: 'somebody@reddyfit.example' } : null),
    remove: async () => {
      exists = false;
    },
  };
  const running = new Set(live);
  const runs: ScanRuns = {
    isOpen: async (scanId) => running.has(scanId),
    cancel: async (scanId) => void asked.push(`cancel ${scanId}`),
    terminate: async (scanId) => {
      asked.push(`terminate ${scanId}`);
      running.delete(scanId);
    },
  };
  const made = createErasureActivities({
    audit: firestoreAudit(db),
    files,
    keeper: firestoreMemory(db, { embed: async () => [] }),
    records,
    runs,
    signIns,
  });
  const inActivity = new MockActivityEnvironment();
  return {
    asked,
    made,
    run: <Input, Output>(activity: (input: Input) => Promise<Output>, input: Input): Promise<Output> =>
      inActivity.run(activity, input),
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const total = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

describe('an export', () => {
  it('holds everything of the user as JSON, but no push token and no embedding', async () => {
    const { uid, scanIds, photo } = await somebody();
    const { made, run } = activities();
    const { object, bytes } = await run(made.exportUserData, { userId: uid });
    expect(object).toBe(objects.export(uid));
    const [content] = await storage.bucket(bucket).file(object).download();
    expect(content).toHaveLength(bytes);
    expect(JSON.parse(content.toString())).toEqual({
      userId: uid,
      exportedAt: expect.any(String),
      signIn: { email: 'somebody@reddyfit.example' },
      profile: { sex: 'female', heightCm: 168, deletion: { state: 'requested' } },
      consents: [{ id: 'scan_analysis', granted: true, at: '2026-11-23T10:00:00.000Z' }],
      devices: [{ platform: 'ios', updatedAt: '2026-11-23T10:00:00.000Z' }],
      account: { scanCredits: 3 },
      ledger: [{ id: 'grant-x', kind: 'grant', amount: 3, at: '2026-11-23T10:00:00.000Z' }],
      scans: expect.toSatisfy((scans: { id: string; weightLb: number }[]) =>
        scanIds.every((id) => scans.some((scan) => scan.id === id && scan.weightLb === 181.4)),
      ),
      audit: expect.toSatisfy(
        (chains: { scanId: string; entries: { action: string }[] }[]) =>
          chains.length === 2 && chains.every(({ entries }) => entries[0]!.action === 'scan_admitted'),
      ),
      accountAudit: [expect.objectContaining({ seq: 1, action: 'credits_granted' })],
      memories: [{ scanId: scanIds[0], text: 'remembered' }],
      photos: [{ object: photo, bytes: 5, contentType: 'image/jpeg' }],
    });
  });

  it('shows which operator revealed a scan, and why', async () => {
    const { uid, scanIds } = await somebody();
    const detail = { reason: 'user_asked', reference: 'T-78' };
    const look = { operator: 'olga', action: 'scan_revealed', detail, now: new Date() } as const;
    await recordedScan(db, scanIds[0]!, look);
    const { made, run } = activities();
    const { object } = await run(made.exportUserData, { userId: uid });
    const [content] = await storage.bucket(bucket).file(object).download();
    const { audit: chains } = JSON.parse(content.toString()) as {
      audit: { scanId: string; entries: AuditEntry[] }[];
    };
    expect(chains.find(({ scanId }) => scanId === scanIds[0])!.entries.at(-1)).toMatchObject({
      action: 'scan_revealed',
      actor: 'operator:olga',
      detail,
    });
  });

  it('of a user with nothing is whole, too', async () => {
    const uid = randomUUID();
    const { made, run } = activities({ signedUp: false });
    const { object } = await run(made.exportUserData, { userId: uid });
    const [content] = await storage.bucket(bucket).file(object).download();
    expect(JSON.parse(content.toString())).toMatchObject({
      profile: null,
      account: null,
      scans: [],
      memories: [],
    });
    await run(made.deleteExport, { userId: uid });
    await run(made.deleteExport, { userId: uid });
    expect(await files.list(uid)).toEqual([]);
  });

  it('has more scans than a page', async () => {
    const { uid } = await somebody({ scans: 205 });
    const { made, run } = activities();
    const { object } = await run(made.exportUserData, { userId: uid });
    const [content] = await storage.bucket(bucket).file(object).download();
    const { scans, audit: chains } = JSON.parse(content.toString()) as { scans: unknown[]; audit: unknown[] };
    expect([scans.length, chains.length]).toEqual([205, 205]);
  });
});

describe('a deletion', () => {
  it('leaves nothing of the user, everything of others, and the fact that it happened', async () => {
    const [{ uid, scanIds, deleted }, other] = [await somebody({ scans: 45 }), await somebody()];
    const { made, run } = activities();
    const user = { userId: uid };
    const delivery = db.doc(paths.webhookDelivery(`endpoint-${uid}`, `${scanIds[0]!}:scan.completed`));
    await delivery.set({ state: 'delivered', event: { type: 'scan.completed', data: { userId: uid } } });
    expect(await run(made.countLeft, user)).toEqual({
      scans: 45,
      auditEntries: 1,
      deliveries: 1,
      userAudit: 1,
      account: 1,
      consents: 1,
      devices: 1,
      memories: 1,
      ledger: 1,
      limits: 1,
      files: 1,
      signIn: 1,
    });
    // Runs every activity twice, since it may be retried after it has done its work.
    for (let time = 0; time < 2; time += 1) {
      await run(made.deleteUserFiles, user);
      await run(made.forgetUser, user);
      await run(made.deleteUserScans, user);
      await run(made.deleteUserRecords, user);
      await run(made.deleteSignIn, user);
    }
    expect(total(await run(made.countLeft, user))).toBe(0);
    for (const scanId of [...scanIds, deleted, userChain(uid)]) {
      expect((await db.doc(paths.auditLog(scanId)).get()).exists).toBe(false);
      expect((await db.collection(paths.auditEntries(scanId)).get()).empty).toBe(true);
    }

    const event = { ...user, runId: 'run', scans: 45, at: '2026-11-23T10:00:00.000Z' };
    for (let time = 0; time < 2; time += 1) {
      await run(made.recordAccountDeleted, event);
      await run(made.deleteUserDocument, user);
    }
    expect((await db.doc(paths.user(uid)).get()).exists).toBe(false);
    const chain = accountChain(digest(uid));
    const proof = (await db.collection(paths.auditEntries(chain)).get()).docs.map((entry) => entry.data());
    const erased = proof.slice(0, -1);
    expect(erased.map(({ action }) => action)).toEqual(erased.map(() => 'audit_chains_erased'));
    expect(erased.flatMap(({ detail }) => Object.keys(detail as object)).toSorted()).toEqual(
      [...scanIds, deleted, userChain(uid)].map(digest).toSorted(),
    );
    expect(proof.at(-1)).toMatchObject({ action: 'account_deleted', detail: { scans: 45 } });
    expect(verifyAudit(proof as AuditEntry[], digest)).toBeNull();
    expect(JSON.stringify(proof)).not.toContain(uid);
    for (const scanId of scanIds) expect(JSON.stringify(proof)).not.toContain(scanId);

    // The record of a webhook delivery stays, without the user's id.
    expect((await delivery.get()).get('event')).toEqual({
      type: 'scan.completed',
      data: { userId: 'deleted' },
    });

    const theirs = await run(made.countLeft, { userId: other.uid });
    expect(theirs).toMatchObject({ scans: 2, account: 1, consents: 1, files: 1, auditEntries: 1 });
    const kept = await db.collection(paths.auditEntries(other.scanIds[0]!)).get();
    expect(kept.size).toBe(1);
  });

  it('reports on users/{uid} until that is gone, and does not bring it back', async () => {
    const { uid } = await somebody();
    const { made, run } = activities();
    const news = { userId: uid, state: 'running', stage: 'photos' } as const;
    await run(made.reportDeletion, news);
    const user = await db.doc(paths.user(uid)).get();
    expect(user.get('deletion')).toMatchObject({ state: 'running', stage: 'photos' });
    await run(made.deleteUserDocument, { userId: uid });
    await run(made.reportDeletion, news);
    expect((await db.doc(paths.user(uid)).get()).exists).toBe(false);
  });

  it('finds the scans under way among many', async () => {
    const { uid, scanIds } = await somebody({ scans: 205 });
    const before = Timestamp.fromDate(new Date('2026-11-01T10:00:00Z'));
    const batch = db.batch();
    for (const scanId of scanIds) batch.update(db.doc(paths.scan(scanId)), { updatedAt: before });
    batch.update(db.doc(paths.scan(scanIds[150]!)), { status: 'queued' });
    await batch.commit();
    expect(await records.liveScans(uid, new Date('2026-11-20T10:00:00Z'))).toEqual([scanIds[150]]);
  });

  it('asks each running scan to cancel, and ends it by force', async () => {
    const { uid, scanIds } = await somebody();
    const [running, ended] = scanIds as [string, string];
    await db.doc(paths.scan(running)).update({ status: 'processing' });
    const { made, run, asked } = activities({ live: [running] });
    expect(await run(made.stopScans, { userId: uid, force: false })).toBe(1);
    expect(await run(made.stopScans, { userId: uid, force: true })).toBe(0);
    expect(await run(made.stopScans, { userId: uid, force: false })).toBe(0);
    expect(asked).toEqual([`cancel ${running}`, `terminate ${running}`]);
    expect(asked.join()).not.toContain(ended);
  });

  it('of one scan takes its document only when it is the user’s and has ended', async () => {
    const { uid, scanIds } = await somebody();
    const [ended, running] = scanIds as [string, string];
    await db.doc(paths.scan(running)).update({ status: 'processing' });
    await records.deleteScan('somebody-else', ended);
    await records.deleteScan(uid, running);
    expect((await db.doc(paths.scan(ended)).get()).exists).toBe(true);
    expect((await db.doc(paths.scan(running)).get()).exists).toBe(true);
    for (let time = 0; time < 2; time += 1) await records.deleteScan(uid, ended);
    expect((await db.doc(paths.scan(ended)).get()).exists).toBe(false);
    // Somebody has broken its status. The function that began the deletion has looked that nothing works on it.
    await db.doc(paths.scan(running)).update({ status: 'done' });
    await records.deleteScan(uid, running);
    expect((await db.doc(paths.scan(running)).get()).exists).toBe(false);
  });
});
