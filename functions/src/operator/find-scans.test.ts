/** Every way of finding scans has its index: an emulator asks for none, and without one Firestore refuses the query. */

import { findScansRequest } from '@reddyfit/shared/operator/find';
import { Firestore } from 'firebase-admin/firestore';
import { expect, it } from 'vitest';
import indexFile from '../../../firestore.indexes.json' with { type: 'json' };
import { queryOf } from './find-scans.ts';

interface StructuredQuery {
  where?: { compositeFilter?: { filters: Filter[] } } & Filter;
  orderBy: { field: { fieldPath: string }; direction: string }[];
}
interface Filter {
  fieldFilter?: { field: { fieldPath: string }; op: string };
}

const INDEXES = indexFile.indexes
  .filter(({ collectionGroup, queryScope }) => collectionGroup === 'scans' && queryScope === 'COLLECTION')
  .map(({ fields }) => fields.map((field) => `${field.fieldPath} ${'order' in field ? field.order : ''}`));

/** Whether Firestore can answer: by one index of equal fields and then the order, or by several with the same order merged. */
function isServed({ where, orderBy }: StructuredQuery): boolean {
  const filters = where?.compositeFilter?.filters ?? (where?.fieldFilter ? [where] : []);
  const equal = filters
    .map(({ fieldFilter }) => fieldFilter!)
    // Each value of an IN is a query of its own.
    .filter(({ op }) => op === 'EQUAL' || op === 'IN')
    .map(({ field }) => `${field.fieldPath} ASCENDING`);
  const order = orderBy
    .filter(({ field }) => field.fieldPath !== '__name__')
    .map(({ field, direction }) => `${field.fieldPath} ${direction}`);
  // The index of each single field is there by itself.
  if (equal.length === 0 && order.length === 1) return true;
  const fitting = INDEXES.filter((index) => {
    const before = index.slice(0, -order.length);
    return index.slice(-order.length).join() === order.join() && before.every((one) => equal.includes(one));
  });
  const covered = new Set(fitting.flatMap((index) => index.slice(0, -order.length)));
  return fitting.length > 0 && equal.every((one) => covered.has(one));
}

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

/** Every set of ways that the schema lets pass. */
const REQUESTS = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
  Object.fromEntries(NAMES.filter((__, place) => bits & (1 << place)).map((name) => [name, WAYS[name]])),
).flatMap((wanted) => findScansRequest.safeParse(wanted).data ?? []);

const db = new Firestore({ projectId: 'none' });
const structured = (query: unknown) =>
  (query as { toProto(): { structuredQuery: StructuredQuery } }).toProto().structuredQuery;

it('every way of finding, and all of them together, has its index', () => {
  expect(REQUESTS.length).toBeGreaterThan(100);
  const now = new Date('2026-01-02T03:04:05Z');
  const without = REQUESTS.filter(
    (wanted) => !isServed(structured(queryOf(db, wanted, wanted.userId, now))),
  ).map((wanted) => Object.keys(wanted).join());
  expect(without).toEqual([]);
});
