/** Appends entries to audit chains. */

import { createHash } from 'node:crypto';
import {
  appendAudit,
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
  EMPTY_AUDIT_HEAD,
} from '@reddyfit/shared/audit/chain';
import { allEntries } from '@reddyfit/shared/audit/stored';
import { paths } from '@reddyfit/shared/names/paths';
import type { DocumentSnapshot, Firestore, Transaction } from 'firebase-admin/firestore';

/** Hash of UTF-8 text, in hex. */
export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** The head of a chain from its document `auditLogs/<chain>`, which need not exist. */
export function auditHeadOf(snapshot: DocumentSnapshot): AuditHead {
  return snapshot.exists ? (snapshot.data() as AuditHead) : EMPTY_AUDIT_HEAD;
}

/** The entry at the place `seq` of a chain, whether it lies alone or with others of its commit; undefined when there is none. */
export async function auditEntryAt(
  db: Firestore,
  chain: string,
  seq: number,
): Promise<AuditEntry | undefined> {
  const { docs } = await db
    .collection(paths.auditEntries(chain))
    .where('seq', '<=', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .get();
  return allEntries(docs).find((entry) => entry.seq === seq);
}

/**
 * Writes the entries of `records` after `head`, which must be read in `tx`. A record whose key the head has is not
 * written again. Returns whether there was anything to write.
 */
export function writeAudit(
  db: Firestore,
  tx: Transaction,
  chain: string,
  head: AuditHead,
  records: readonly AuditRecord[],
): boolean {
  const next = appendAudit(head, records, sha256);
  if (next.entries.length === 0) return false;
  for (const entry of next.entries) tx.create(db.doc(paths.auditEntry(chain, entry.seq)), entry);
  tx.set(db.doc(paths.auditLog(chain)), next.head);
  return true;
}

/**
 * Appends `record` in a transaction of its own. The idempotency key is the record's key: a second call with it writes
 * nothing. Resolves with whether it wrote.
 */
export function recordAudit(db: Firestore, chain: string, record: AuditRecord): Promise<boolean> {
  return db.runTransaction(async (tx) => {
    const head = auditHeadOf(await tx.get(db.doc(paths.auditLog(chain))));
    return writeAudit(db, tx, chain, head, [record]);
  });
}
