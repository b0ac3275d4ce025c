/** Finds what was done to an audit chain: entries that were changed, removed, moved or added. */

import { type AuditEntry, auditEntry, auditHash, auditHead, EMPTY_AUDIT_HEAD, type Sha256 } from './chain.ts';

/** A chain as it was read from the database. Nothing of it was checked yet. */
export interface StoredChain {
  /** auditLogs/{chain}; undefined when there is none. */
  head: unknown;
  /** auditLogs/{chain}/entries/{id}, in any order. */
  entries: readonly { id: string; data: unknown }[];
}

export interface AuditFault {
  kind: 'changed' | 'missing' | 'reordered' | 'added' | 'head';
  /** The place (`seq`) where the entry is or should be; null when the fault is at no place of the chain. */
  seq: number | null;
  text: string;
}

/**
 * Every fault of a chain; empty when it is whole. A chain from which the last entries were cut, and whose head was set
 * back to match, is whole by itself: only a comparison with an anchor (worker/src/audit/anchor.ts) shows the cut.
 */
export function auditFaults({ head, entries }: StoredChain, sha256: Sha256): AuditFault[] {
  const faults: AuditFault[] = [];
  const fault = (kind: AuditFault['kind'], seq: number | null, text: string) =>
    faults.push({ kind, seq, text });

  const end = head === undefined ? undefined : auditHead.safeParse(head).data;
  if (head !== undefined && !end) fault('head', null, 'the head was changed: it is none');
  if (head === undefined && entries.length > 0) fault('head', null, 'the head is missing');
  // Without a head the chain ends where its entries do.
  const last = end?.seq ?? Number.MAX_SAFE_INTEGER;

  const places = new Map<number, unknown>();
  for (const { id, data } of entries) {
    const place = /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null;
    if (place !== null && place <= last) places.set(place, data);
    else
      fault('added', place, `entry ${place ?? JSON.stringify(id)} was added: it has no place in the chain`);
  }

  /**
   * Hash of the entry before; null when that entry is missing or was changed, so that there is nothing to compare with.
   */
  let prevHash: string | null = EMPTY_AUDIT_HEAD.hash;
  let expected = 1;
  const missingUntil = (place: number) => {
    if (place === expected) return;
    const gone = place - expected;
    const which = gone === 1 ? `entry ${expected} is` : `entries ${expected} to ${place - 1} are`;
    fault('missing', expected, `${which} missing`);
    prevHash = null;
  };
  for (const [place, data] of [...places].toSorted(([a], [b]) => a - b)) {
    missingUntil(place);
    expected = place + 1;
    const entry = auditEntry.safeParse(data).data;
    if (!entry || !isSound(entry, sha256)) {
      fault('changed', place, `entry ${place} was changed`);
      prevHash = null;
      continue;
    }
    if (entry.seq !== place) {
      fault('reordered', place, `entry ${entry.seq} stands in the place of entry ${place}`);
      prevHash = null;
      continue;
    }
    if (prevHash !== null && entry.prevHash !== prevHash) {
      fault('changed', place, `entry ${place} does not follow entry ${place - 1}: one of them was changed`);
    }
    prevHash = entry.hash;
  }

  if (!end) return faults;
  missingUntil(end.seq + 1);
  if (prevHash !== null && prevHash !== end.hash) {
    fault('head', end.seq, `the head does not agree with entry ${end.seq}: one of them was changed`);
  }
  const unknown = Object.entries(end.keys).find(([, seq]) => seq > end.seq);
  if (unknown) fault('head', unknown[1], `the head knows of entry ${unknown[1]}, beyond its end`);
  return faults;
}

/** Whether `hash` is the hash of the entry's other fields. */
function isSound({ hash, ...unhashed }: AuditEntry, sha256: Sha256): boolean {
  return auditHash(unhashed, sha256) === hash;
}

/**
 * The text of the first fault among all entries of a chain, which is checked without its head; null when there is none.
 */
export function verifyAudit(entries: readonly { seq: number }[], sha256: Sha256): string | null {
  const stored = entries.map((data) => ({ id: `${data.seq}`, data }));
  const [first] = auditFaults({ head: undefined, entries: stored }, sha256).filter(
    ({ kind }) => kind !== 'head',
  );
  return first?.text ?? null;
}
