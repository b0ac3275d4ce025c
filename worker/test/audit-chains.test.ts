/**
 * Tests reading audit chains on the Firestore emulator: all chains are read, each as it is, and manipulations of a
 * chain are found.
 */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { firestoreAudit } from '../src/audit/firestore-audit.ts';
import { firestoreAuditChains } from '../src/audit/firestore-audit-chains.ts';
import { recordHistoryRead } from '../src/audit/operator-reads.ts';
import { checkChain } from '../src/audit/check-chain.ts';
import type { AuditChains, NamedChain } from '../src/audit/ports.ts';

/** Makes an empty database, since these tests read all chains of a database. */
async function emptyDatabase(): Promise<{ db: Firestore; close(): Promise<void> }> {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  const app = initializeApp({ projectId: `demo-chains-${randomUUID().slice(0, 8)}` }, randomUUID());
  const db = getFirestore(app);
  return {
    db,
    async close() {
      await db.terminate();
      await deleteApp(app);
    },
  };
}

async function append(db: Firestore, chain: string, entries: number): Promise<void> {
  for (let index = 0; index < entries; index += 1) {
    await firestoreAudit(db).append(chain, {
      key: `look:${randomUUID()}`,
      at: '2026-11-23T00:00:00.000Z',
      actor: 'operator:olga',
      action: 'payloads_decoded',
      detail: { payloads: index },
    });
  }
}

const collect = async (chains: AsyncIterable<NamedChain>) => {
  const found: NamedChain[] = [];
  for await (const chain of chains) found.push(chain);
  return found;
};

describe('all chains', () => {
  let db: Firestore;
  let chains: AuditChains;
  beforeAll(async () => {
    const database = await emptyDatabase();
    ({ db } = database);
    chains = firestoreAuditChains(db);
    return database.close;
  });

  it('come whole and in order, however many, also from the middle', async () => {
    // More than one page of heads and of entries, names with various characters, and entry numbers whose text order
    // differs (1, 10, 2).
    const names = [
      ...Array.from({ length: 520 }, (_, index) => `scan-${index}`),
      'user:ü',
      'user:𝄞',
      'operator:o',
      'Z',
    ];
    const writer = db.bulkWriter();
    for (const name of names.slice(0, 520)) {
      void writer.create(db.doc(paths.auditLog(name)), { seq: 1 });
      void writer.create(db.doc(paths.auditEntry(name, 1)), { seq: 1 });
    }
    await writer.close();
    for (const name of names.slice(520)) await append(db, name, 12);

    const expected = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const found = await collect(chains.all());
    expect(found.map(({ chain }) => chain)).toEqual(expected);
    expect(found.find(({ chain }) => chain === 'user:ü')!.entries).toHaveLength(12);
    expect(found.every(({ head, entries }) => head !== undefined && entries.length > 0)).toBe(true);
    const later = await collect(chains.all(expected[300]));
    expect(later.map(({ chain }) => chain)).toEqual(expected.slice(301));
  });

  it('include those of which only entries are left, or only the head', async () => {
    await append(db, 'headless', 2);
    await db.doc(paths.auditLog('headless')).delete();
    await append(db, 'emptied', 2);
    for (const seq of [1, 2]) await db.doc(paths.auditEntry('emptied', seq)).delete();
    const found = await collect(chains.all('d'));
    const named = (name: string) => found.find(({ chain }) => chain === name)!;
    expect(named('headless')).toMatchObject({ head: undefined, entries: [{ id: '1' }, { id: '2' }] });
    expect(named('emptied')).toMatchObject({ head: { seq: 2 }, entries: [] });
  });
});

describe('of a chain that was tampered with', () => {
  let db: Firestore;
  beforeAll(async () => {
    const database = await emptyDatabase();
    ({ db } = database);
    return database.close;
  });

  const LENGTH = 12;
  const entry = (chain: string, seq: number | string) => db.doc(`${paths.auditEntries(chain)}/${seq}`);
  const dataOf = async (chain: string, seq: number) => (await entry(chain, seq).get()).data()!;

  const WAYS: [string, (chain: string) => Promise<unknown>, unknown[]][] = [
    ['a changed entry', (chain) => entry(chain, 10).update({ actor: 'operator:nobody' }), [['changed', 10]]],
    ['a missing entry', (chain) => entry(chain, 2).delete(), [['missing', 2]]],
    [
      'reordered entries',
      async (chain) => {
        const [two, eleven] = [await dataOf(chain, 2), await dataOf(chain, 11)];
        await entry(chain, 2).set(eleven);
        await entry(chain, 11).set(two);
      },
      [
        ['reordered', 2],
        ['reordered', 11],
      ],
    ],
    [
      'an added entry',
      async (chain) => entry(chain, LENGTH + 1).set({ ...(await dataOf(chain, LENGTH)), seq: LENGTH + 1 }),
      [['added', LENGTH + 1]],
    ],
    ['an added document without a seq', (chain) => entry(chain, 'note').set({ note: 1 }), [['added', null]]],
    ['the last entry cut off', (chain) => entry(chain, LENGTH).delete(), [['missing', LENGTH]]],
    [
      'a head set back',
      (chain) => db.doc(paths.auditLog(chain)).update({ seq: 11 }),
      expect.arrayContaining([['added', 12]]) as never,
    ],
    ['a head gone', (chain) => db.doc(paths.auditLog(chain)).delete(), [['head', null]]],
  ];

  it.each(WAYS)('%s is found, and nothing in the others', async (_, tamper, expected) => {
    const [chain, other] = [randomUUID(), randomUUID()] as [string, string];
    await append(db, chain, LENGTH);
    await append(db, other, 2);
    await tamper(chain);
    const chains = firestoreAuditChains(db);
    const found = (await collect(chains.all())).filter(({ chain: name }) => [chain, other].includes(name));
    const faults: Record<string, unknown> = {};
    for (const stored of found) {
      const checked = await checkChain(chains, stored);
      faults[stored.chain] = checked.faults.map(({ kind, seq }) => [kind, seq]);
    }
    expect(faults).toEqual({ [chain]: expected, [other]: [] });
  });
});

it('a replay is recorded in the chain of its scan, or in the operator’s own when that is gone', async () => {
  const { db, close } = await emptyDatabase();
  const chains = firestoreAuditChains(db);
  await append(db, 's1', 1);
  for (const scanId of ['s1', 's2']) {
    const read = { operator: 'olga', workflowId: `daily-scan-${scanId}`, runId: 'r', purpose: 'replay' };
    const one = { key: randomUUID(), at: '2026-11-23T00:00:00.000Z' };
    await recordHistoryRead({ log: firestoreAudit(db), chains }, read, one);
  }
  const found = await collect(chains.all());
  const last = found.map(({ chain, entries }) => [chain, entries.at(-1)!.data]);
  const detail = (scanId: string) => ({ workflowId: `daily-scan-${scanId}`, runId: 'r', purpose: 'replay' });
  expect(last).toMatchObject([
    ['operator:olga', { seq: 1, action: 'history_read', detail: detail('s2') }],
    ['s1', { seq: 2, action: 'history_read', actor: 'operator:olga', detail: detail('s1') }],
  ]);
  await close();
});

it('a chain that grows while it is read is not taken for a broken one', async () => {
  const { db, close } = await emptyDatabase();
  const chains = firestoreAuditChains(db);
  await append(db, 'growing', 3);
  const [torn] = await collect(chains.all());
  const head = await db.doc(paths.auditLog('growing')).get();
  await append(db, 'growing', 2);
  const [later] = await collect(chains.all());
  // A torn read: the head from before the last entries, with the entries after them.
  const { stored, faults } = await checkChain(chains, { ...later!, head: head.data() });
  expect(faults).toEqual([]);
  expect(stored.entries).toHaveLength(5);
  expect(torn!.entries).toHaveLength(3);
  await close();
});
