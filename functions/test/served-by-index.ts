/** Whether Firestore itself could answer a query by firestore.indexes.json: the emulator asks for no index, and Firestore refuses without one. */

import indexFile from '../../firestore.indexes.json' with { type: 'json' };

/** What the SDK sends (google.firestore.v1.StructuredQuery), as far as it matters here. */
export interface StructuredQuery {
  from: { collectionId: string; allDescendants?: boolean }[];
  where?: { compositeFilter?: { filters: Filter[] } } & Filter;
  orderBy?: { field: { fieldPath: string }; direction: string }[];
  limit?: { value: number };
}
interface Filter {
  fieldFilter?: { field: { fieldPath: string }; op: string };
}

/** Each value of an IN is a query of its own. */
const EQUAL = ['EQUAL', 'IN'];

/** As text, `collection where a =, b > order c DESCENDING`: the same for all values. */
export function shapeOf({ from, where, orderBy = [] }: StructuredQuery): string {
  const filters = filtersOf(where).map(({ field, op }) => `${field.fieldPath} ${op}`);
  const order = orderBy.map(({ field, direction }) => `${field.fieldPath} ${direction}`);
  const [{ collectionId, allDescendants } = { collectionId: '' }] = from;
  return [allDescendants ? `all ${collectionId}` : collectionId, ...filters, 'by', ...order].join(' ');
}

/** By the indexes of single fields, by one index of equal fields and then the order, or by several with the same order merged. */
export function isServed({ from, where, orderBy = [] }: StructuredQuery): boolean {
  const { collectionId, allDescendants } = from[0]!;
  const scope = allDescendants ? 'COLLECTION_GROUP' : 'COLLECTION';
  const filters = filtersOf(where);
  const equal = filters.filter(({ op }) => EQUAL.includes(op)).map(({ field }) => field.fieldPath);
  const ranged = filters.filter(({ op }) => !EQUAL.includes(op)).map(({ field }) => field.fieldPath);
  const explicit = orderBy
    .filter(({ field }) => field.fieldPath !== '__name__')
    .map(({ field, direction }) => `${field.fieldPath} ${direction}`);
  // A range without an order is read in the order of its field.
  const order = explicit.length > 0 ? explicit : ranged.slice(0, 1).map((field) => `${field} ASCENDING`);
  const single = (field: string) => hasOwnIndex(collectionId, scope, field);
  if (order.length === 0) return equal.every((field) => single(`${field} ASCENDING`));
  if (equal.length === 0 && order.length === 1) return single(order[0]!);
  const fitting = indexFile.indexes
    .filter((index) => index.collectionGroup === collectionId && index.queryScope === scope)
    .map(({ fields }) => fields.map((field) => `${field.fieldPath} ${'order' in field ? field.order : ''}`))
    .filter((index) => {
      const before = index.slice(0, -order.length);
      return (
        index.slice(-order.length).join() === order.join() &&
        before.every((one) => equal.some((field) => one === `${field} ASCENDING`))
      );
    });
  const covered = new Set(fitting.flatMap((index) => index.slice(0, -order.length)));
  return fitting.length > 0 && equal.every((field) => covered.has(`${field} ASCENDING`));
}

function filtersOf(where: StructuredQuery['where']): NonNullable<Filter['fieldFilter']>[] {
  const filters = where?.compositeFilter?.filters ?? (where?.fieldFilter ? [where] : []);
  return filters.map(({ fieldFilter }) => fieldFilter!);
}

/** The index of a single field: there by itself for one collection, unless it was taken away; for a collection group only where it was asked for. */
function hasOwnIndex(collection: string, scope: string, wanted: string): boolean {
  const [path, order] = wanted.split(' ') as [string, string];
  const override = indexFile.fieldOverrides
    .filter((one) => one.collectionGroup === collection)
    .filter(({ fieldPath }) => path === fieldPath || path.startsWith(`${fieldPath}.`))
    .toSorted((one, other) => other.fieldPath.length - one.fieldPath.length)[0];
  if (!override) return scope === 'COLLECTION';
  return override.indexes.some(
    (index) => index.queryScope === scope && 'order' in index && index.order === order,
  );
}
