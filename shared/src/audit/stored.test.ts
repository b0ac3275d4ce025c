import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appendAudit, EMPTY_AUDIT_HEAD } from './chain.ts';
import { auditFaults } from './check.ts';
import { entriesIn, storedEntry } from './stored.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const records = ['scan_admitted', 'credit_reserved', 'step_completed', 'step_failed'] as const;
const { entries, head } = appendAudit(
  EMPTY_AUDIT_HEAD,
  records.map((action) => ({
    key: action,
    action,
    at: '2026-01-01T00:00:00.000Z',
    actor: 'workflow:w',
    detail: {},
  })),
  sha256,
);
const [first, second, third, fourth] = entries as [
  (typeof entries)[0],
  (typeof entries)[0],
  (typeof entries)[0],
  (typeof entries)[0],
];
const documents = [
  { id: '1', data: storedEntry([first]) as unknown },
  { id: '2', data: storedEntry([second, third, fourth]) as unknown },
];
const faultsOf = (stored: typeof documents) =>
  auditFaults({ head, entries: stored.flatMap((document) => entriesIn(document)) }, sha256).map(
    ({ kind, seq }) => [kind, seq],
  );

describe('entries of one commit in one document', () => {
  it('are those that would lie alone', () => {
    expect(documents.flatMap((document) => entriesIn(document))).toEqual(
      entries.map((data) => ({ id: `${data.seq}`, data })),
    );
    expect(faultsOf(documents)).toEqual([]);
  });

  it.each([
    ['one of them is changed', [third, { ...fourth, detail: { step: 'delta' } }], ['changed', 4]],
    ['the last of them is gone', [third], ['missing', 4]],
    ['one between them is gone', [fourth], ['reordered', 3]],
    ['they change places', [fourth, third], ['reordered', 3]],
    ['one is put to them', [third, fourth, { ...fourth, seq: 5 }], ['added', 5]],
    ['all of them go', [], ['changed', 2]],
  ])('do not hide that %s', (_, others, fault) => {
    const changed = { id: '2', data: { ...second, with: others } };
    expect(faultsOf([documents[0]!, changed])).toContainEqual(fault);
  });

  it('do not hide one that was added in a place which they have', () => {
    const added = { id: '3', data: { ...third, detail: { step: 'delta' } } };
    expect(faultsOf([...documents, added])).toContainEqual(['added', 3]);
    expect(faultsOf([added, ...documents])).toContainEqual(['added', 3]);
  });

  it('are no entries where the document is none', () => {
    for (const data of [undefined, null, 'x', { with: 'x' }, { with: [] }])
      expect(entriesIn({ id: '1', data })).toEqual([{ id: '1', data }]);
    expect(entriesIn({ id: 'x', data: { with: [first] } })).toHaveLength(1);
  });
});
