/** Appends to a scan's audit chain. */

import { createHash } from 'node:crypto';
import { appendAudit, type AuditHead, type AuditRecord, EMPTY_AUDIT_HEAD } from '@reddyfit/shared/audit';
import { paths } from '@reddyfit/shared/paths';
import type { DocumentSnapshot, Firestore, Transaction } from 'firebase-admin/firestore';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Head of a chain from its document `auditLogs/<scanId>`, which need not exist. */
export function auditHeadOf(snapshot: DocumentSnapshot): AuditHead {
  return snapshot.exists ? (snapshot.data() as AuditHead) : EMPTY_AUDIT_HEAD;
}

/** Writes the entry that follows `head`; nothing when its key is recorded already. `head` must be read in `tx`. */
export function writeAudit(
  db: Firestore,
  tx: Transaction,
  scanId: string,
  head: AuditHead,
  record: AuditRecord,
): void {
  const next = appendAudit(head, record, sha256);
  if (!next) return;
  tx.create(db.doc(paths.auditEntry(scanId, next.entry.seq)), next.entry);
  tx.set(db.doc(paths.auditLog(scanId)), next.head);
}

/** Appends `record` in a transaction of its own; nothing when its key is recorded already. */
export function recordAudit(db: Firestore, scanId: string, record: AuditRecord): Promise<void> {
  return db.runTransaction(async (tx) => {
    const head = auditHeadOf(await tx.get(db.doc(paths.auditLog(scanId))));
    writeAudit(db, tx, scanId, head, record);
  });
}
