/**
 * Writes audit chains to Firestore. The head document decides the order of the entries; entries are created and never
 * changed.
 */

import { createHash } from 'node:crypto';
import {
  appendAudit,
  type AuditAction,
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
  EMPTY_AUDIT_HEAD,
} from '@reddyfit/shared/audit/chain';
import { type StoredEntry, storedEntry } from '@reddyfit/shared/audit/stored';
import { paths } from '@reddyfit/shared/names/paths';
import { ACCESS_ACTIONS, DELETION_ACTIONS } from '@reddyfit/shared/operator/audits';
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
  for (const document of documentsOf(appended.entries))
    batch.create(db.doc(paths.auditEntry(head.id, document.seq)), document);
  if (head.exists) batch.update(head.ref, { ...appended.head }, unchanged(head));
  else batch.create(head.ref, appended.head);
}

/**
 * The documents of the entries of one commit. They lie in one document, since each document that is written is paid for. An
 * entry that auditors look for by its action or its actor lies alone: a query sees only the first entry of a document.
 */
function documentsOf(entries: readonly AuditEntry[]): StoredEntry[] {
  const [first, ...others] = entries;
  if (!first) return [];
  return entries.every(isOfWorkflow) ? [storedEntry([first, ...others])] : [...entries];
}

const LOOKED_FOR: ReadonlySet<AuditAction> = new Set([...ACCESS_ACTIONS, ...DELETION_ACTIONS]);

const isOfWorkflow = ({ actor, action }: AuditEntry) =>
  actor.startsWith('workflow:') && !LOOKED_FOR.has(action);

/** The audit log in `db`. */
export function firestoreAudit(db: Firestore): AuditLog {
  return {
    append: (chain, record) =>
      commitOptimistically(db, async (batch) => {
        appendWith(db, batch, await db.doc(paths.auditLog(chain)).get(), [record]);
      }),
  };
}
