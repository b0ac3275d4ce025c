/**
 * By the rows of its indexes the Firestore emulator answers exactly what it answers without: each query goes to a collection that
 * firestore.indexes.json names and to one with the same documents that it does not name.
 */

import fc from 'fast-check';
import { expect, inject, it, onTestFinished } from 'vitest';
import { type AnyQuery, anything, sent } from './any-query.ts';
import { type Fields, RawFirestore } from './raw-firestore.ts';

const numbers = Array.from({ length: 60 }, (_, n) => n);
const counting = { aggregations: [{ alias: 'all', count: {} }] };

function firestoreOf(projectId: string): RawFirestore {
  const firestore = new RawFirestore(inject('firestore'), projectId);
  onTestFinished(() => firestore.close());
  return firestore;
}

const COLLECTION = {
  fields: ['userId', 'status', 'createdAt', 'durationMs', 'error.code'],
  places: ['scans', 'copies'].map((collectionId) => ({
    from: { collectionId },
    // Some lie in a collection of the same name below a document, which a query of the outer one does not find.
    path: (n: number) => (n % 8 === 5 ? `${collectionId}/d1/${collectionId}/d${n}` : `${collectionId}/d${n}`),
  })),
};
const GROUP = {
  fields: ['action', 'actor', 'at'],
  places: ['entries', 'lines'].map((collectionId) => ({
    from: { collectionId, allDescendants: true },
    path: (n: number) => `auditLogs/of${n % 7}/${collectionId}/d${n}`,
  })),
};
/** Of the documents of the group, those below one document. */
const GROUP_BELOW = { ...GROUP, below: '/auditLogs/of2' };

it.each([
  { what: 'a collection', ...COLLECTION },
  { what: 'a group', ...GROUP },
  { what: 'a group below a document', ...GROUP_BELOW },
])('finds in $what the same in the same order, now, in a transaction and in the past', async (world) => {
  const { what, fields, places } = world;
  const firestore = firestoreOf(`demo-indexes-in-${what.replaceAll(' ', '-')}`);
  const parent = `${firestore.root}${'below' in world ? world.below : ''}`;
  const { document, query } = anything(fields);
  const drawn = fc.sample(document, { numRuns: 2 * numbers.length, seed: 7 });
  const write = (documents: readonly (readonly [number, Fields | null])[]) =>
    firestore.write(
      Object.fromEntries(places.flatMap(({ path }) => documents.map(([n, written]) => [path(n), written]))),
    );
  const then = await write(numbers.map((n) => [n, drawn[n]!]));
  // After that moment some are deleted, some changed, some deleted and written again, and some are new.
  await write(numbers.filter((n) => n % 3 === 0).map((n) => [n, null]));
  await write(numbers.filter((n) => n % 4 === 0).map((n) => [n, drawn[60 + n]!]));
  await write([61, 62, 63].map((n) => [n, drawn[n]!]));

  const moments = [
    {},
    { readTime: then },
    { transaction: await firestore.begin({ readWrite: {} }) },
    { transaction: await firestore.begin({ readOnly: { readTime: then } }) },
  ];
  const answersOf = async (asked: AnyQuery, { from, path }: (typeof places)[number], moment: object) => {
    const structuredQuery = sent(asked, from, (n) => `${firestore.root}/${path(n)}`);
    const [found] = await firestore.ask('runQuery', { parent, structuredQuery, ...moment });
    const structuredAggregationQuery = { structuredQuery, ...counting };
    const [counted] = await firestore.ask('runAggregationQuery', {
      parent,
      structuredAggregationQuery,
      ...moment,
    });
    return { found, counted };
  };
  await fc.assert(
    fc.asyncProperty(query, fc.constantFrom(...moments), async (asked, moment) => {
      const [indexed, plain] = await Promise.all(places.map((place) => answersOf(asked, place, moment)));
      expect(indexed).toEqual(plain);
    }),
    { numRuns: 400 },
  );
});

it('reads no more than the page, from a cursor on, too, and of a count what it counts', async () => {
  const firestore = firestoreOf('demo-indexes-read');
  const scan = (n: number): Fields => ({
    status: { stringValue: n % 2 === 0 ? 'failed' : 'completed' },
    createdAt: { timestampValue: { seconds: n } },
  });
  await firestore.write(Object.fromEntries(numbers.map((n) => [`scans/${n}`, scan(n)])));
  const status = { fieldPath: 'status' };
  const failed = {
    from: [{ collectionId: 'scans' }],
    where: { fieldFilter: { field: status, op: 'EQUAL', value: { stringValue: 'failed' } } },
  };
  const page = {
    ...failed,
    orderBy: [{ field: { fieldPath: 'createdAt' }, direction: 'DESCENDING' }],
    startAt: { values: [{ timestampValue: { seconds: 40 } }], before: false },
    limit: { value: 5 },
  };
  const [{ found }, read] = await firestore.ask('runQuery', { structuredQuery: page });
  expect(found!.map(({ id }) => id)).toEqual(['38', '36', '34', '32', '30']);
  expect(read).toBe(5);
  const structuredAggregationQuery = { structuredQuery: failed, ...counting };
  const [, counted] = await firestore.ask('runAggregationQuery', { structuredAggregationQuery });
  expect(counted).toBe(30);
});
