import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appendAudit, type AuditEntry, canonicalJson, EMPTY_AUDIT_HEAD, verifyAudit } from './audit.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const record = (key: string) => ({
  key,
  at: '2026-11-23T00:00:00.000Z',
  actor: 'workflow:w',
  action: 'scan_admitted' as const,
  detail: { runId: key },
});

function chain(length: number): AuditEntry[] {
  let head = EMPTY_AUDIT_HEAD;
  return Array.from({ length }, (_, index) => {
    const next = appendAudit(head, record(`k${index}`), sha256)!;
    ({ head } = next);
    return next.entry;
  });
}

describe('canonical JSON', () => {
  it('does not depend on the order in which fields were written', () => {
    expect(canonicalJson({ b: [1, { d: 'x', c: null }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":null,"d":"x"}]}',
    );
    expect(canonicalJson({ a: 1, gone: undefined })).toBe('{"a":1}');
  });
});

describe('an audit chain', () => {
  it('takes each fact once', () => {
    const { head } = appendAudit(EMPTY_AUDIT_HEAD, record('a'), sha256)!;
    expect(appendAudit(head, record('a'), sha256)).toBeNull();
  });

  it('is whole as it was written', () => {
    expect(verifyAudit(chain(4), sha256)).toBeNull();
    expect(verifyAudit([], sha256)).toBeNull();
  });

  it('shows a changed, missing, reordered and added entry', () => {
    const entries = chain(4);
    const changed = entries.map((entry) => (entry.seq === 2 ? { ...entry, actor: 'operator:x' } : entry));
    expect(verifyAudit(changed, sha256)).toBe('entry 2 was changed');
    expect(verifyAudit(entries.toSpliced(1, 1), sha256)).toMatch(/^entry 2 is missing/);
    expect(verifyAudit([entries[0]!, entries[2]!, entries[1]!, entries[3]!], sha256)).toMatch(/^entry 2/);
    const added = { ...entries[3]!, seq: 5 };
    expect(verifyAudit([...entries, added], sha256)).toMatch(/^entry 5/);
  });
});
