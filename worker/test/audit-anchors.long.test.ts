/**
 * Tests the daily verification, and the one that an auditor asks for, on the Firestore emulator and the Cloud Storage server: what an
 * anchor holds, and which manipulations they reveal.
 */

import { createHash, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { Storage } from '@google-cloud/storage';
import { archived } from '@reddyfit/shared/audit/archive';
import { appendAudit, type AuditRecord, EMPTY_AUDIT_HEAD } from '@reddyfit/shared/audit/chain';
import { DAY_MS } from '@reddyfit/shared/durations';
import { paths } from '@reddyfit/shared/names/paths';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { createVerifyAudit } from '../src/audit/verify-audit.ts';
import { firestoreAudit, sha256 } from '../src/audit/firestore-audit.ts';
import { firestoreAuditChains } from '../src/audit/firestore-audit-chains.ts';
import { firestoreBalances } from '../src/operations/firestore-balances.ts';
import { createVerifyBalances } from '../src/operations/verify-balances.ts';
import { firestoreOperations } from '../src/operations/firestore-operations.ts';
import { firestoreUserRecords } from '../src/erasure/firestore-user-records.ts';
import { storageArchive } from '../src/archive/storage-archive.ts';
import { firstRoot, headsOf, latestAnchor, nextRoot, readAnchor } from '../src/audit/anchor.ts';
import type { Archive } from '../src/archive/ports.ts';
import type { AuditVerification } from '../src/audit/ports.ts';
import type { AuditCheckFound } from '@reddyfit/shared/operator/audit-check';
import { bundleOnce } from '../src/trial/bundle-once.ts';

const PAGE_SIZE = 3;

let server: RunningServer;
let connection: NativeConnection;
let client: Client;
let workflowBundle: { code: string };
let storage: Storage;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  server = await startTemporal();
  connection = await NativeConnection.connect({ address: server.address });
  client = new Client({ connection });
  storage = new Storage({ apiEndpoint: `http://${inject('storage')}`, projectId: 'demo-anchors' });
  workflowBundle = await bundleOnce({
    workflowsPath: createRequire(import.meta.url).resolve('../src/workflows.ts'),
  });
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

let db: Firestore;
let archive: Archive;
let bucketName: string;
/** Days since the first verification. */
let day: number;
beforeEach(async () => {
  const app = initializeApp({ projectId: `demo-anchors-${randomUUID().slice(0, 8)}` }, randomUUID());
  db = getFirestore(app);
  const bucket = `anchors-${randomUUID().slice(0, 8)}`;
  bucketName = bucket;
  await storage.createBucket(bucket);
  archive = storageArchive({ bucket, apiEndpoint: `http://${inject('storage')}` });
  day = 0;
  return async () => {
    await db.terminate();
    await deleteApp(app);
  };
});

const BEGIN = Date.parse('2026-01-30T03:15:00Z');
const today = () => new Date(BEGIN + day * DAY_MS).toISOString().slice(0, 10);

/** Runs the day's verification to its end, on a worker that writes to the archive `writing`, whose writes may fail. */
const verify = (writing: Archive = archive) => run<AuditVerification>('verifyAuditWorkflow', writing);

/** Runs the verification that an auditor asks for to its end; whatever it would write fails. */
const check = () =>
  run<AuditCheckFound>('checkAuditWorkflow', {
    ...archive,
    write: () => Promise.reject(new Error('it writes')),
  });

async function run<Found>(workflowType: string, writing: Archive): Promise<Found> {
  const taskQueue = `verify-${randomUUID()}`;
  const chains = firestoreAuditChains(db);
  const sources = { archive: writing, chains, operations: firestoreOperations(db) };
  const activities = {
    ...createVerifyAudit(sources, () => BEGIN + day * DAY_MS, PAGE_SIZE),
    ...createVerifyBalances({ ...sources, balances: firestoreBalances(db) }),
  };
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities });
  return (await worker.runUntil(
    client.workflow.execute(workflowType, { workflowId: taskQueue, taskQueue }),
  )) as Found;
}

const record = (name: string): AuditRecord => ({
  key: `look:${name}`,
  at: '2026-11-23T00:00:00.000Z',
  actor: 'operator:olga',
  action: 'payloads_decoded',
  detail: { name },
});

async function append(chain: string, ...names: string[]): Promise<void> {
  for (const name of names) await firestoreAudit(db).append(chain, record(name));
}

/** Replaces a chain with a forged one whose own hashes are correct. */
async function forge(chain: string, ...names: string[]): Promise<void> {
  await db.recursiveDelete(db.doc(paths.auditLog(chain)));
  const { entries, head } = appendAudit(EMPTY_AUDIT_HEAD, names.map(record), sha256);
  for (const entry of entries) await db.doc(paths.auditEntry(chain, entry.seq)).set(entry);
  await db.doc(paths.auditLog(chain)).set(head);
}

const CHAINS = ['scan-1', 'scan-2', 'scan-3', 'scan-4', 'scan-5', 'scan-6', 'user:u', 'operator:o'];
const sorted = CHAINS.toSorted();

async function someChains(): Promise<void> {
  for (const chain of CHAINS) await append(chain, 'a', 'b', 'c');
}

/** Puts another content where an object lies, as somebody who may write to the bucket could. */
async function overwrite(object: string, content: Buffer | string): Promise<void> {
  const bytes = Buffer.from(content);
  const sha = createHash('sha256').update(bytes).digest('hex');
  await storage
    .bucket(bucketName)
    .file(object)
    .save(bytes, { resumable: false, metadata: { metadata: { sha256: sha } } });
}

/** Makes the first page of an anchor something that is no page, and the anchor name its hash. */
async function breakPage(object: string): Promise<string> {
  const anchor = (await readAnchor(archive, object))!;
  const [page, ...others] = anchor.pages;
  const content = 'no page at all';
  await overwrite(page!.object, content);
  await overwrite(
    object,
    JSON.stringify({ ...anchor, pages: [{ ...page, sha256: sha256(content) }, ...others] }),
  );
  return page!.object;
}

describe('an anchor', () => {
  it('holds the head of every chain, and a root that anyone can compute from them', async () => {
    await someChains();
    const found = await verify();
    expect(found).toMatchObject({
      chains: 8,
      entries: 24,
      broken: 0,
      faults: [],
      anchor: 'audit-anchors/2026/01/30.json',
    });
    const anchor = (await readAnchor(archive, found.anchor!))!;
    expect(anchor).toMatchObject({ day: '2026-01-30', previous: null, root: found.root, chains: 8 });
    expect(anchor.pages.map(({ last }) => last)).toEqual([sorted[2], sorted[5], null]);
    let root = firstRoot(null);
    const names: string[] = [];
    for await (const head of headsOf(archive, anchor, null)) {
      expect((await db.doc(paths.auditLog(head.chain)).get()).data()).toMatchObject({
        seq: 3,
        hash: head.hash,
      });
      root = nextRoot(root, head);
      names.push(head.chain);
    }
    expect(names).toEqual(sorted);
    expect(root).toBe(found.root);

    const recorded = (await db.doc(paths.operation('audit_verify')).get()).data()!;
    expect(recorded).toMatchObject({ broken: 0, chains: 8, root });
    expect(recorded['lastSuccessAt'].toMillis()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('is written once a day, and begins with the root of the one before', async () => {
    await someChains();
    const first = await verify();
    await append('scan-1', 'd');
    expect((await verify()).root).toBe(first.root);

    // Three days later, past the end of the month.
    day = 3;
    const second = await verify();
    expect(second).toMatchObject({ anchor: 'audit-anchors/2026/02/02.json', entries: 25, broken: 0 });
    const { object, anchor } = (await latestAnchor(archive, today()))!;
    expect(object).toBe(second.anchor);
    expect(anchor.previous).toEqual({ object: first.anchor, root: first.root });
  });

  it('is read some pages at a time, in their order', async () => {
    await someChains();
    const anchor = (await readAnchor(archive, (await verify()).anchor!))!;
    const open = { now: 0, most: 0 };
    const read = async (object: string) => {
      open.most = Math.max(open.most, (open.now += 1));
      const found = await archive.read(object);
      open.now -= 1;
      return found;
    };
    const names: string[] = [];
    for await (const { chain } of headsOf({ read }, anchor, null, { atOnce: 2 })) names.push(chain);
    expect(names).toEqual(sorted);
    expect(open.most).toBe(2);
  });

  it('of a database without chains is one, too', async () => {
    const found = await verify();
    expect(found).toMatchObject({ chains: 0, broken: 0, root: firstRoot(null) });
  });

  it('is finished from where a worker ended: the pages that are there stay', async () => {
    await someChains();
    let writes = 0;
    const failing: Archive = {
      ...archive,
      write: async (...args) => {
        writes += 1;
        // The second page is written, but the activity gets an error instead of the answer.
        const outcome = await archive.write(...args);
        if (writes === 2) throw new Error('the connection is gone');
        return outcome;
      },
    };
    const found = await verify(failing);
    expect(found).toMatchObject({ chains: 8, entries: 24, broken: 0 });
    const anchor = (await readAnchor(archive, found.anchor!))!;
    expect(anchor.pages).toHaveLength(3);
    const names: string[] = [];
    for await (const { chain } of headsOf(archive, anchor, null)) names.push(chain);
    expect(names).toEqual(sorted);
  });
});

describe('what an anchor brings to light, on that day and ever after', () => {
  const WAYS: [string, () => Promise<unknown>, fault: string][] = [
    [
      'a chain cut short together with its head',
      () => forge('scan-3', 'a', 'b'),
      'scan-3: entry 3 is missing',
    ],
    ['a chain written anew', () => forge('scan-3', 'a', 'x', 'c', 'd'), 'scan-3: entry 3 is not the one'],
    ['a chain that is gone', () => forge('scan-3'), 'scan-3: the chain is missing'],
    ['the first chain gone', () => forge(sorted[0]!), `${sorted[0]}: the chain is missing`],
    ['the last chain gone', () => forge(sorted.at(-1)!), `${sorted.at(-1)}: the chain is missing`],
  ];

  it.each(WAYS)('%s', async (what, tamper, fault) => {
    await someChains();
    await verify();
    await tamper();
    if (what.endsWith('gone')) {
      const chain = fault.split(': ')[0]!;
      await db.recursiveDelete(db.doc(paths.auditLog(chain)));
    }
    for (day = 1; day <= 2; day += 1) {
      const found = await verify();
      expect(found.broken).toBe(1);
      expect(found.faults).toEqual([expect.stringContaining(fault)]);
      expect(found.faults[0]).toContain('anchored on 2026-01-3');
    }
    expect((await db.doc(paths.operation('audit_verify')).get()).get('broken')).toBe(1);
  });

  it('but not that chains grew, were made, or went with an account', async () => {
    await someChains();
    await db.doc(paths.scan('scan-2')).set({ userId: 'u', status: 'completed' });
    await verify();
    day = 1;
    await append('scan-1', 'd', 'e');
    await append('scan-7', 'a');
    await firestoreUserRecords(db).deleteScans('u');
    expect((await db.doc(paths.auditLog('scan-2')).get()).exists).toBe(false);
    expect((await db.doc(paths.auditLog('user:u')).get()).exists).toBe(false);
    // Two chains were deleted and two were added: scan-7, and the account's chain with the record of the deletion.
    expect(await verify()).toMatchObject({ chains: 8, broken: 0, faults: [] });
  });

  it('a page of the archive that is not what its anchor names is not believed', async () => {
    await someChains();
    const { anchor: object } = await verify();
    const anchor = (await readAnchor(archive, object!))!;
    const forged = { ...anchor, pages: anchor.pages.map((page) => ({ ...page, sha256: '0'.repeat(64) })) };
    await expect(headsOf(archive, forged, null).next()).rejects.toThrow('is not what its anchor names');
    expect(archived.anchorPage(today(), 1)).toBe(anchor.pages[0]!.object);
  });
});

describe('a broken object of the archive', () => {
  const tonight = '2026-01-31';
  it.each<[string, (object: string) => Promise<unknown>, RegExp, anchored: boolean]>([
    ['the anchor before', (object) => overwrite(object, '{}'), /01\/30.json is no anchor/, true],
    [
      'what the anchor before follows',
      async (object) => {
        const anchor = (await readAnchor(archive, object))!;
        await overwrite(
          object,
          JSON.stringify({ ...anchor, previous: { object: '', root: '0'.repeat(64) } }),
        );
      },
      /01\/30.json is no anchor/,
      true,
    ],
    ['a page of the anchor before', breakPage, /000001.ndjson.gz is no page of an anchor/, true],
    [
      'the place of the page',
      () => overwrite(archived.anchorPage(tonight, 2), 'no page'),
      /01\/31\/000002.ndjson.gz is no page of an anchor/,
      false,
    ],
    [
      'the place of the anchor',
      () => overwrite(archived.anchor(tonight), '{}'),
      /01\/31.json is no anchor/,
      false,
    ],
  ])('%s, is a fault of that night, which goes on', async (_, tamper, fault, anchored) => {
    await someChains();
    const { anchor } = await verify();
    await tamper(anchor!);
    await forge('user:u', 'a');
    day = 1;
    const found = await verify();
    expect(found.faults).toContainEqual(expect.stringMatching(fault));
    expect(found.anchor).toBe(anchored ? archived.anchor(tonight) : null);
    expect(found).toMatchObject({ chains: 8, entries: 22 });
    // The chain that does not match is found where its own part of the anchor before can be read.
    const isCompared = !fault.source.includes('30.json');
    expect(found.broken).toBe(isCompared ? 2 : 1);
    const recorded = (await db.doc(paths.operation('audit_verify')).get()).data()!;
    expect(recorded).toMatchObject({ broken: found.broken, anchor: found.anchor, root: found.root });
  });

  it('and one that changes while chains are compared with it is a fault, but an archive that is away is none', async () => {
    await someChains();
    const { anchor: object } = await verify();
    const sources = { chains: firestoreAuditChains(db), operations: firestoreOperations(db) };
    const page = (asked: Archive) =>
      createVerifyAudit({ ...sources, archive: asked }, () => BEGIN).verifyAuditPage({
        day: today(),
        at: new Date(BEGIN).toISOString(),
        previous: { object: object!, root: '0'.repeat(64) },
        firstRoot: '',
        anchoring: false,
        page: 1,
        after: null,
        root: '',
      });
    expect(await page(archive)).toMatchObject({
      chains: 8,
      broken: 0,
      brokenObjects: [{ object, fault: `${object} was changed since the verification began` }],
    });
    const away = new Error('the archive is away');
    await expect(page({ ...archive, read: () => Promise.reject(away) })).rejects.toBe(away);
  });
});

describe('what an auditor verifies', () => {
  /** Three days with an anchor each. */
  async function threeDays(): Promise<string[]> {
    await someChains();
    const objects: string[] = [];
    for (day = 0; day < 3; day += 1) {
      objects.push((await verify()).anchor!);
      await append('scan-1', `of day ${day}`);
    }
    return objects;
  }

  it('is every anchor and every chain, and nothing is written', async () => {
    await threeDays();
    const recorded = (await db.doc(paths.operation('audit_verify')).get()).data();
    expect(await check()).toEqual({
      startedAt: expect.stringContaining('2026-02-02T'),
      anchors: {
        there: 3,
        more: false,
        checked: 3,
        broken: 0,
        first: '2026-01-30',
        last: '2026-02-01',
      },
      heldAgainst: '2026-02-01',
      chains: 8,
      entries: 27,
      broken: 0,
      faults: [],
    });
    expect((await db.doc(paths.operation('audit_verify')).get()).data()).toEqual(recorded);
  });

  it('of a database without anchors is its chains', async () => {
    await someChains();
    await db.doc(paths.auditEntry('scan-2', 2)).update({ actor: 'operator:somebody-else' });
    const found = await check();
    expect(found).toMatchObject({
      anchors: { there: 0, broken: 0 },
      heldAgainst: null,
      chains: 8,
      broken: 1,
    });
    expect(found.faults).toEqual([expect.stringContaining('scan-2: entry 2 was changed')]);
  });

  it('names a chain that does not match its anchor', async () => {
    await threeDays();
    await forge('scan-3', 'a', 'b');
    const found = await check();
    expect(found).toMatchObject({ anchors: { broken: 0 }, broken: 1 });
    expect(found.faults).toEqual([expect.stringContaining('scan-3: entry 3 is missing: it was anchored on')]);
  });

  it.each<[string, (objects: string[]) => Promise<unknown>, number, RegExp[]]>([
    [
      'an anchor written anew with another root',
      async ([, second]) => {
        const anchor = (await readAnchor(archive, second!))!;
        await overwrite(second!, JSON.stringify({ ...anchor, root: '0'.repeat(64) }));
      },
      2,
      [/02\/01.json: it follows another root of .*01\/31/, /01\/31.json: its root is not that of its chains/],
    ],
    [
      'an anchor that is none',
      ([, , third]) => overwrite(third!, '{}'),
      1,
      [/02\/01.json: .*02\/01.json is no anchor/],
    ],
    [
      'an anchor that is gone',
      ([, second]) => storage.bucket(bucketName).file(second!).delete(),
      1,
      [/02\/01.json: it follows .*01\/31.json, and before it lies .*01\/30.json/],
    ],
    [
      'a page written anew',
      async ([first]) => overwrite((await readAnchor(archive, first!))!.pages[0]!.object, 'another page'),
      1,
      [/01\/30.json: .*000001.ndjson.gz is not what its anchor names/],
    ],
    [
      'a page that is none, though its anchor names its hash',
      async ([first]) => breakPage(first!),
      1,
      [/01\/30.json: .*000001.ndjson.gz is no page of an anchor/],
    ],
    [
      'an anchor that follows an object without a name',
      async ([, , third]) => {
        const anchor = (await readAnchor(archive, third!))!;
        await overwrite(third!, JSON.stringify({ ...anchor, previous: { ...anchor.previous, object: '' } }));
      },
      1,
      [/02\/01.json: .*02\/01.json is no anchor/],
    ],
  ])('names %s, and holds the chains against the latest that is whole', async (_, tamper, broken, faults) => {
    const objects = await threeDays();
    await tamper(objects);
    const found = await check();
    expect(found.anchors.broken).toBe(broken);
    expect(found.faults).toEqual(faults.map((fault) => expect.stringMatching(fault)));
    expect(found).toMatchObject({ chains: 8, broken: 0, heldAgainst: expect.any(String) });
    expect(found.faults.join()).not.toContain(`${found.heldAgainst!.replaceAll('-', '/')}.json: it`);
  });
});
