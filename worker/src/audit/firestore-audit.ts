/**
 * Writes audit chains to Firestore. The head document decides the order of the entries; entries are created and never
 * changed.
 */

import { createHash } from 'node:crypto';
import {
  appendAudit,
  type AuditHead,
  type AuditRecord,
  EMPTY_AUDIT_HEAD,
} from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { DocumentSnapshot, Firestore, WriteBatch } from 'firebase-admin/firestore';
import type { AuditLog } from './ports.ts';
import { commitOptimistically, unchanged } from '../store/optimistic-commit.ts';

/** SHA-256 of UTF-8 text in hex. */
export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * Adds the audit entries for `records` to a batch that `commitOptimistically` commits, so that they are written
 * together with the rest of the batch or not at all. `head` is the chain's document as just read. Idempotency key:
 * `record.key`; a record whose key the head already has adds nothing.
 */
export function appendWith(
  db: Firestore,
  batch: WriteBatch,
  head: DocumentSnapshot,
  records: readonly AuditRecord[],
): void {
  const before = (head.data() as AuditHead | undefined) ?? EMPTY_AUDIT_HEAD;
  const appended = appendAudit(before, records, sha256);
  if (appended.entries.length === 0) return;
  for (const entry of appended.entries) {
    batch.create(db.doc(paths.auditEntry(head.id, entry.seq)), entry);
  }
  if (head.exists) batch.update(head.ref, { ...appended.head }, unchanged(head));
  else batch.create(head.ref, appended.head);
}

/** The audit log in `db`. */
export function firestoreAudit(db: Firestore): AuditLog {
  return {
    append: (chain, record) =>
      commitOptimistically(db, async (batch) => {
        appendWith(db, batch, await db.doc(paths.auditLog(chain)).get(), [record]);
      }),
  };
}
