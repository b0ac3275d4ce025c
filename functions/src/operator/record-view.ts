/** Records that an operator looks at a scan, and reads it in the same transaction: what is not recorded is not seen. */

import { canonicalJson, operatorChain } from '@reddyfit/shared/audit/chain';
import type { AuditAction, AuditRecord } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import { randomUUID } from 'node:crypto';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { auditHeadOf, recordAudit, sha256, writeAudit } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';

interface Look {
  /** uid of the operator. */
  operator: string;
  action: Extract<AuditAction, 'scan_viewed' | 'scan_revealed' | 'operator_acted'>;
  detail: AuditRecord['detail'];
  now: Date;
  /** Of the entry, with which an act is recorded once (actKey); a look has a key of its own each time. */
  key?: string;
  /** Fields that are read; all when absent. */
  fields?: string[];
}

/**
 * The scan's document, which exists, once the look is in its chain. A scan that is not there leaves no entry: a chain that an account's deletion took
 * must not come back. Throws ScanNotFoundError.
 */
export function recordedScan(
  db: Firestore,
  scanId: string,
  { operator, action, detail, now, key = `${action}:${randomUUID()}`, fields }: Look,
): Promise<DocumentSnapshot> {
  return db.runTransaction(async (tx) => {
    const ref = db.doc(paths.scan(scanId));
    const [[scan], head] = await Promise.all([
      fields ? tx.getAll(ref, { fieldMask: fields }) : tx.getAll(ref),
      tx.get(db.doc(paths.auditLog(scanId))),
    ]);
    if (!scan?.exists) throw new CallError('ScanNotFoundError');
    const who = { at: now.toISOString(), actor: `operator:${operator}` };
    writeAudit(db, tx, scanId, auditHeadOf(head), [{ ...who, key, action, detail }]);
    return scan;
  });
}

/** Records in the operator's own chain what they looked for: by which fields, and how much was found. No values: one may be an address. */
export function recordFind(
  db: Firestore,
  operator: string,
  detail: { by: string; found: number },
  now: Date,
): Promise<void> {
  return recordAudit(db, operatorChain(operator), {
    key: `scans_found:${randomUUID()}`,
    at: now.toISOString(),
    actor: `operator:${operator}`,
    action: 'scans_found',
    detail,
  });
}

/**
 * Key of an operator's act in a chain: the id that the request gives it, and what is recorded of it. Made again, it is one entry; another
 * act, or another reason, under the same id is an entry of its own.
 */
export const actKey = (actId: string, detail: object) =>
  `operator_acted:${actId}:${sha256(canonicalJson(detail)).slice(0, 16)}`;

interface Act {
  /** uid of the operator. */
  operator: string;
  actId: string;
  detail: AuditRecord['detail'];
  now: Date;
  /** What tells it from another act of the same id (default: its detail). */
  told?: object;
}

/** Records an act in a chain, before it is done. */
export function recordAct(
  db: Firestore,
  chain: string,
  { operator, actId, detail, now, told = detail }: Act,
): Promise<void> {
  return recordAudit(db, chain, {
    key: actKey(actId, told),
    at: now.toISOString(),
    actor: `operator:${operator}`,
    action: 'operator_acted',
    detail,
  });
}
