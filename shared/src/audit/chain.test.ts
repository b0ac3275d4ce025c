import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appendAudit, type AuditHead, canonicalJson, EMPTY_AUDIT_HEAD } from './chain.ts';
import { auditFaults, type StoredChain, verifyAudit } from './check.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const record = (key: string) => ({
  key,
  at: '2026-11-23T00:00:00.000Z',
  actor: 'workflow:w',
  action: 'scan_admitted' as const,
  detail: { runId: key },
});

/** A chain as the database would have it. */
function chain(length: number) {
  const records = Array.from({ length }, (_, index) => record(`k${index}`));
  const { entries, head } = appendAudit(EMPTY_AUDIT_HEAD, records, sha256);
  return { head, entries: entries.map((data) => ({ id: `${data.seq}`, data })) };
}

const found = (stored: StoredChain) => auditFaults(stored, sha256).map(({ kind, seq }) => [kind, seq]);

describe('canonical JSON', () => {
  it('does not depend on the order in which fields were written', () => {
    expect(canonicalJson({ b: [1, { d: 'x', c: null }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":null,"d":"x"}]}',
    );
    expect(canonicalJson({ a: 1, gone: undefined })).toBe('{"a":1}');
  });
});

describe('an audit chain', () => {
  it('takes each fact once, also when it comes twice in one go', () => {
    const { entries, head } = appendAudit(EMPTY_AUDIT_HEAD, [record('a'), record('b'), record('a')], sha256);
    expect(entries.map(({ seq, detail }) => [seq, detail['runId']])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(appendAudit(head, [record('a')], sha256)).toEqual({ entries: [], head });
  });

  it('forgets the keys of facts without end, but for the latest 200, and no others', () => {
    let head: AuditHead = EMPTY_AUDIT_HEAD;
    ({ head } = appendAudit(head, [record('scan_admitted')], sha256));
    for (let look = 1; look <= 250; look += 1)
      ({ head } = appendAudit(head, [record(`look:${look}`)], sha256));
    expect(head.seq).toBe(251);
    expect(Object.keys(head.keys)).toHaveLength(201);
    expect(head.keys['scan_admitted']).toBe(1);
    expect(head.keys['look:250']).toBe(251);
    expect(head.keys['look:50']).toBeUndefined();
  });

  it('is whole as it was written, in whatever order it is read', () => {
    const { head, entries } = chain(12);
    expect(found({ head, entries: entries.toReversed() })).toEqual([]);
    expect(found({ head: undefined, entries: [] })).toEqual([]);
    expect(
      verifyAudit(
        entries.map(({ data }) => data),
        sha256,
      ),
    ).toBeNull();
  });
});

describe('a tampered chain shows', () => {
  const { head, entries } = chain(5);
  const [first, second, third, fourth, fifth] = entries as [
    (typeof entries)[0],
    (typeof entries)[0],
    (typeof entries)[0],
    (typeof entries)[0],
    (typeof entries)[0],
  ];
  const changed = (entry: typeof first, change: object) => ({ ...entry, data: { ...entry.data, ...change } });
  const rehashed = (entry: typeof first, change: object) => {
    const { entries: anew } = appendAudit(
      { ...head, seq: entry.data.seq - 1, hash: entry.data.prevHash, keys: {} },
      [{ ...record('forged'), ...change }],
      sha256,
    );
    return { id: entry.id, data: anew[0]! };
  };

  it.each([
    [
      'a changed entry',
      [first, changed(second, { actor: 'operator:x' }), third, fourth, fifth],
      'changed',
      2,
    ],
    ['a changed time', [first, second, third, fourth, changed(fifth, { at: 'never' })], 'changed', 5],
    ['an added field', [first, changed(second, { note: 'x' }), third, fourth, fifth], 'changed', 2],
    [
      'a changed entry with a hash of its own',
      [first, rehashed(second, { actor: 'x' }), third, fourth, fifth],
      'changed',
      3,
    ],
    [
      'a changed last entry with a hash of its own',
      [first, second, third, fourth, rehashed(fifth, { actor: 'x' })],
      'head',
      5,
    ],
    ['a missing first entry', [second, third, fourth, fifth], 'missing', 1],
    ['missing entries', [first, fourth, fifth], 'missing', 2],
    ['a missing last entry', [first, second, third, fourth], 'missing', 5],
    ['an entry after the end', [...entries, { ...fifth, id: '6' }], 'added', 6],
    ['an entry where there is no place', [...entries, { ...second, id: 'x' }], 'added', null],
    ['an entry put before the first', [...entries, { ...second, id: '0' }], 'added', null],
  ])('%s', (_, tampered, kind, seq) => {
    expect(found({ head, entries: tampered })).toEqual([[kind, seq]]);
  });

  it('reordered entries, each', () => {
    const swapped = [first, { ...third, id: '2' }, { ...second, id: '3' }, fourth, fifth];
    expect(found({ head, entries: swapped })).toEqual([
      ['reordered', 2],
      ['reordered', 3],
    ]);
    expect(auditFaults({ head, entries: swapped }, sha256)[0]!.text).toBe(
      'entry 3 stands in the place of entry 2',
    );
    const renumbered = [first, changed(third, { seq: 2 }), changed(second, { seq: 3 }), fourth, fifth];
    expect(
      found({ head, entries: renumbered.map((entry, index) => ({ ...entry, id: `${index + 1}` })) }),
    ).toEqual([
      ['changed', 2],
      ['changed', 3],
    ]);
  });

  it('an entry put between two, by those that had to move', () => {
    const put = rehashed(third, { actor: 'operator:x' });
    const moved = [third, fourth, fifth].map(({ data }) => ({
      id: `${data.seq + 1}`,
      data: { ...data, seq: data.seq + 1 },
    }));
    expect(found({ head, entries: [first, second, put, ...moved] })).toEqual([
      ['added', 6],
      ['changed', 4],
      ['changed', 5],
    ]);
  });

  it.each([
    ['that is missing', undefined, ['head', null]],
    ['that is none', { seq: 'x' }, ['head', null]],
    ['with another hash', { ...head, hash: '0'.repeat(64) }, ['head', 5]],
    ['that begins later', { ...head, seq: 6 }, ['missing', 6]],
    ['that ends before', { ...head, seq: 4, hash: fourth.data.hash, keys: {} }, ['added', 5]],
    ['that knows of more', { ...head, keys: { ...head.keys, forged: 9 } }, ['head', 9]],
  ])('a head %s', (_, tampered, fault) => {
    expect(found({ head: tampered, entries })).toContainEqual(fault);
  });
});
