/** Any document and any query, drawn from few values and few fields, so that many are equal and many queries find something. */

import fc from 'fast-check';
import type { Fields, Value } from './raw-firestore.ts';

const SCALARS: Value[] = [
  { integerValue: 1 },
  { doubleValue: 1 },
  { doubleValue: 1.5 },
  { integerValue: -2 },
  { doubleValue: -0 },
  { integerValue: 0 },
  // The double that the integer is rounded to is less than it.
  { integerValue: '9007199254740993' },
  { doubleValue: 9007199254740992 },
  { doubleValue: Infinity },
  { stringValue: '' },
  { stringValue: 'a' },
  { stringValue: 'a\u0000' },
  { stringValue: 'é' },
  { booleanValue: false },
  { booleanValue: true },
  { timestampValue: { seconds: 1, nanos: 0 } },
  // Firestore keeps microseconds.
  { timestampValue: { seconds: 1, nanos: 1999 } },
  { timestampValue: { seconds: -1, nanos: 0 } },
];
const OTHERS: Value[] = [
  { nullValue: 0 },
  { doubleValue: NaN },
  { bytesValue: Buffer.from([0, 1]) },
  { geoPointValue: { latitude: 1, longitude: -1 } },
  { arrayValue: { values: [{ integerValue: 1 }] } },
  { mapValue: { fields: { code: { stringValue: 'a' } } } },
  {
    mapValue: {
      fields: {
        __type__: { stringValue: '__vector__' },
        value: { arrayValue: { values: [{ doubleValue: 1 }] } },
      },
    },
  },
];
const COMMON = SCALARS.slice(0, 2);
const scalar = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...COMMON) }, fc.constantFrom(...SCALARS));
const value = fc.oneof({ weight: 9, arbitrary: scalar }, fc.constantFrom(...OTHERS));

/** A query without its collection. `from` and references in cursors are filled in by `sent`. */
export type AnyQuery = Record<string, unknown>;

const of = (path: string) => ({ fieldPath: path });

/** Documents and queries of a collection whose indexes name the fields `indexed`; some have a field, too, that none names. */
export function anything(indexed: readonly string[]): {
  document: fc.Arbitrary<Fields>;
  query: fc.Arbitrary<AnyQuery>;
} {
  const field = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...indexed) }, fc.constant('weightLb'));
  const document: fc.Arbitrary<Fields> = fc
    .record(Object.fromEntries([...indexed, 'weightLb'].map((name) => [name, fc.option(value, { freq: 8 })])))
    .map((fields) => {
      const there = Object.entries(fields).flatMap(([name, each]) => {
        if (each === null) return [];
        return name === 'error.code'
          ? [['error', { mapValue: { fields: { code: each } } }] as const]
          : [[name, each] as const];
      });
      return Object.fromEntries(there);
    });

  const compared = (ops: string[], operand: fc.Arbitrary<Value>) =>
    fc
      .record({ field: field.map(of), op: fc.constantFrom(...ops), value: operand })
      .map((fieldFilter) => ({ fieldFilter }));
  const list = fc
    .array(fc.oneof({ weight: 9, arbitrary: scalar }, value), { minLength: 1, maxLength: 3 })
    .map((values) => ({ arrayValue: { values } }));
  const filter = fc.oneof(
    { weight: 6, arbitrary: compared(['EQUAL'], scalar) },
    {
      weight: 4,
      arbitrary: compared(
        ['LESS_THAN', 'LESS_THAN_OR_EQUAL', 'GREATER_THAN', 'GREATER_THAN_OR_EQUAL'],
        scalar,
      ),
    },
    { weight: 4, arbitrary: compared(['IN'], list) },
    compared(['EQUAL', 'LESS_THAN', 'GREATER_THAN_OR_EQUAL', 'NOT_EQUAL', 'ARRAY_CONTAINS'], value),
    compared(['NOT_IN', 'ARRAY_CONTAINS_ANY'], list),
    fc
      .record({ field: field.map(of), op: fc.constantFrom('IS_NULL', 'IS_NAN', 'IS_NOT_NULL', 'IS_NOT_NAN') })
      .map((unaryFilter) => ({ unaryFilter })),
  );
  const composite = (op: string, filters: unknown[]) => ({ compositeFilter: { op, filters } });
  const several = fc.array(filter, { maxLength: 2 });
  const where = fc.oneof(
    { weight: 4, arbitrary: filter },
    { weight: 4, arbitrary: fc.constant(composite('AND', [])) },
    { weight: 8, arbitrary: several.map((filters) => composite('AND', filters)) },
    fc.tuple(several, several).map(([outer, inner]) => composite('AND', [...outer, composite('OR', inner)])),
    fc.tuple(several, several).map(([outer, inner]) => composite('AND', [...outer, composite('AND', inner)])),
  );

  const direction = fc.constantFrom('ASCENDING', 'DESCENDING', 'DIRECTION_UNSPECIFIED');
  const orders = fc
    .tuple(
      fc.uniqueArray(field, { maxLength: 2 }),
      fc.boolean(),
      fc.array(direction, { minLength: 3, maxLength: 3 }),
    )
    .map(([fields, byName, directions]) =>
      [...fields, ...(byName ? ['__name__'] : [])].map((path, n) => ({
        field: of(path),
        direction: directions[n],
      })),
    );

  const cursor = fc.record({
    values: fc.array(value, { maxLength: 3 }),
    before: fc.boolean(),
    documentOf: fc.nat(70),
  });
  const few = fc.integer({ min: 0, max: 12 });

  const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 1, nil: undefined });
  const query: fc.Arbitrary<AnyQuery> = fc.record({
    where,
    orderBy: orders,
    startAt: rarely(cursor),
    endAt: rarely(rarely(cursor)),
    offset: fc.integer({ min: 0, max: 3 }),
    limit: fc.option(
      few.map((count) => ({ value: count })),
      { freq: 3, nil: undefined },
    ),
    select: rarely(fc.constant({ fields: [of(indexed[0]!), of('error.code')] })),
  });

  return { document, query };
}

/** `documentOf` is the number of the document that a cursor in the order of names stands at. */
type Cursor = { values: Value[]; before: boolean; documentOf: number };

/** The query of a collection or group; `nameOf` says which document a cursor refers to. */
export function sent(asked: AnyQuery, from: object, nameOf: (n: number) => string): object {
  const by = (asked['orderBy'] ?? []) as { field: { fieldPath: string } }[];
  const filled = (name: string) => {
    const at = asked[name] as Cursor | undefined;
    if (!at) return {};
    const values = at.values
      .slice(0, by.length)
      .map((each, n) =>
        by[n]!.field.fieldPath === '__name__' ? { referenceValue: nameOf(at.documentOf) } : each,
      );
    return { [name]: { values, before: at.before } };
  };
  return { ...asked, from: [from], ...filled('startAt'), ...filled('endAt') };
}
