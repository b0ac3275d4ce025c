/**
 * Records that an operator looks at a scan, and reads the scan in the same transaction, so that nothing is seen without
 * a record.
 */

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
  /** Key of the entry. An act has a key, so that it is recorded once (actKey); without one, each look gets a new key. */
  key?: string;
  /** The fields that are read; all fields when absent. */
  fields?: string[];
}

/**
 * Records the look in the scan's chain and resolves with the scan's document. A scan that does not exist gets no entry,
 * because a chain that an account's deletion removed must not come back. Throws ScanNotFoundError.
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

/**
 * Records in the operator's own chain by which fields they searched and how many scans were found. The values are not
 * recorded, because one may be an address. A second call records a second entry.
 */
export async function recordFind(
  db: Firestore,
  operator: string,
  detail: { by: string; found: number },
  now: Date,
): Promise<void> {
  await recordAudit(db, operatorChain(operator), {
    key: `scans_found:${randomUUID()}`,
    at: now.toISOString(),
    actor: `operator:${operator}`,
    action: 'scans_found',
    detail,
  });
}

/**
 * Key of an operator's act in a chain, from the id that the request gives it and from what is recorded about it. The
 * same act, sent again, gives the same key; another act, or another reason, under the same id gets an entry of its own.
 */
export const actKey = (actId: string, detail: object) =>
  `operator_acted:${actId}:${sha256(canonicalJson(detail)).slice(0, 16)}`;

interface Act {
  /** uid of the operator. */
  operator: string;
  actId: string;
  detail: AuditRecord['detail'];
  now: Date;
  /** What distinguishes the act from another act with the same id (default: its detail). */
  told?: object;
}

/** Records an act in a chain, before it is done. Key: actKey; a second call records nothing. */
export async function recordAct(
  db: Firestore,
  chain: string,
  { operator, actId, detail, now, told = detail }: Act,
): Promise<void> {
  await recordAudit(db, chain, {
    key: actKey(actId, told),
    at: now.toISOString(),
    actor: `operator:${operator}`,
    action: 'operator_acted',
    detail,
  });
}

/** The key of the entry that records that the act with this key is done. */
export const doneKey = (key: string) => key.replace('operator_acted:', 'operator_act_done:');

/** Records in a chain that the act with this key is done, and its outcome. A second call records nothing. */
export async function recordDone(
  db: Firestore,
  chain: string,
  { operator, key, detail, now }: Omit<Act, 'actId' | 'told'> & { key: string },
): Promise<void> {
  await recordAudit(db, chain, {
    key: doneKey(key),
    at: now.toISOString(),
    actor: `operator:${operator}`,
    action: 'operator_act_done',
    detail,
  });
}

/** When the act with this key was done, and what the chain records of its outcome; undefined while it is not done. */
export async function doneBefore(
  db: Firestore,
  chain: string,
  key: string,
): Promise<{ at: string | undefined; detail: AuditRecord['detail'] } | undefined> {
  const { keys } = auditHeadOf(await db.doc(paths.auditLog(chain)).get());
  const seq = keys[doneKey(key)];
  if (seq === undefined) return undefined;
  const entry = await db.doc(paths.auditEntry(chain, seq)).get();
  return {
    at: entry.get('at') as string | undefined,
    detail: (entry.get('detail') ?? {}) as AuditRecord['detail'],
  };
}
