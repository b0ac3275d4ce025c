/** Audit chains in Firestore: the head document decides the order, the entries are only ever created. */

import { createHash } from 'node:crypto';
import { appendAudit, type AuditHead, EMPTY_AUDIT_HEAD } from '@reddyfit/shared/audit';
import { paths } from '@reddyfit/shared/paths';
import type { Firestore } from 'firebase-admin/firestore';
import type { AuditLog } from '../ports.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Chains in `db`. */
export function firestoreAudit(db: Firestore): AuditLog {
  return {
    append: (scanId, record) =>
      db.runTransaction(async (transaction) => {
        const headRef = db.doc(paths.auditLog(scanId));
        const head = (await transaction.get(headRef)).data() as AuditHead | undefined;
        const appended = appendAudit(head ?? EMPTY_AUDIT_HEAD, record, sha256);
        if (!appended) return;
        transaction.create(db.doc(paths.auditEntry(scanId, appended.entry.seq)), appended.entry);
        transaction.set(headRef, appended.head);
      }),
  };
}
