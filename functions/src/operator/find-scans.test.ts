/** Every search for scans has its index. The emulator needs no index, but Firestore refuses a query without one. */

import { findScansRequest } from '@reddyfit/shared/operator/find';
import { Firestore } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import { isServed, type StructuredQuery } from '../../test/served-by-index.ts';
import { queryOf } from './find-scans.ts';

const WAYS = {
  userId: 'user',
  status: 'failed',
  errorCode: 'ModelQuotaError',
  build: '1.2.3',
  from: '2026-01-01T00:00:00Z',
  to: '2026-01-02T00:00:00Z',
  stuckForSeconds: 60,
  slowerThanSeconds: 60,
};
const NAMES = Object.keys(WAYS) as (keyof typeof WAYS)[];

/** Every combination of search fields that the schema accepts. */
const REQUESTS = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
  Object.fromEntries(NAMES.filter((__, place) => bits & (1 << place)).map((name) => [name, WAYS[name]])),
).flatMap((wanted) => findScansRequest.safeParse(wanted).data ?? []);

const db = new Firestore({ projectId: 'none' });
const structured = (query: unknown) =>
  (query as { toProto(): { structuredQuery: StructuredQuery } }).toProto().structuredQuery;

it('a query without its index is told from one that has it', () => {
  const scans = db.collection('scans');
  const asked = (query: unknown) => isServed(structured(query));
  expect(asked(scans.where('status', '==', 'a').orderBy('createdAt'))).toBe(true);
  expect(asked(scans.where('status', '==', 'a').orderBy('rev'))).toBe(false);
  expect(asked(scans.where('nothing', '==', 'a').where('status', '==', 'a').orderBy('createdAt'))).toBe(
    false,
  );
  expect(asked(scans.where('results.delta', '==', 1))).toBe(false);
  expect(asked(db.collectionGroup('devices').where('token', '==', 't'))).toBe(true);
  expect(asked(db.collectionGroup('devices').where('platform', '==', 'ios'))).toBe(false);
});

it('every way of finding, and all of them together, has its index', () => {
  expect(REQUESTS.length).toBeGreaterThan(100);
  const now = new Date('2026-01-02T03:04:05Z');
  const without = REQUESTS.filter(
    (wanted) => !isServed(structured(queryOf(db, wanted, wanted.userId, now))),
  ).map((wanted) => Object.keys(wanted).join());
  expect(without).toEqual([]);
});
