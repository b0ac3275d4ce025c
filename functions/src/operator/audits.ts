/** Answers an auditor's questions: whether a scan's chain is intact, who saw whose data, and what was deleted. */

import { deskDetail } from '@reddyfit/shared/operator/error-codes';
import { randomUUID } from 'node:crypto';
import { type AuditAction, type AuditEntry, auditEntry, operatorChain } from '@reddyfit/shared/audit/chain';
import { auditFaults } from '@reddyfit/shared/audit/check';
import { entriesIn } from '@reddyfit/shared/audit/stored';
import { paths } from '@reddyfit/shared/names/paths';
import {
  ACCESS_ACTIONS,
  type Accesses,
  type AccessesRequest,
  DELETION_ACTIONS,
  type DeletionLedger,
  type DeletionsRequest,
  type ShownEntry,
  type VerifiedChain,
} from '@reddyfit/shared/operator/audits';
import { UNREADABLE } from '@reddyfit/shared/operator/find';
import { RETENTION } from '@reddyfit/shared/operator/retention';
import type { Firestore, Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { recordAudit, sha256 } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { recordedScan } from './record-view.ts';

/** The most entries in one answer. */
const MOST = 1000;

/**
 * A scan's chain and its faults, read at one moment after the auditor's look was recorded in the chain. Throws
 * ScanNotFoundError.
 */
export async function verifyScanChain(
  db: Firestore,
  scanId: string,
  operator: string,
  now: Date,
): Promise<VerifiedChain> {
  const look = { operator, action: 'scan_viewed', detail: { what: 'chain' }, now } as const;
  await recordedScan(db, scanId, { ...look, fields: ['status'] });
  return db.runTransaction(
    async (tx) => {
      const [head, entries] = await Promise.all([
        tx.get(db.doc(paths.auditLog(scanId))),
        tx.get(db.collection(paths.auditEntries(scanId))),
      ]);
      const stored = entries.docs.flatMap((doc) => entriesIn({ id: doc.id, data: doc.data() }));
      return {
        chain: scanId,
        entries: entries.docs.flatMap(shownEntries).sort((one, other) => one.seq - other.seq),
        faults: auditFaults({ head: head.data(), entries: stored }, sha256).map(({ text }) => text),
      };
    },
    { readOnly: true },
  );
}

/**
 * Entries of all chains about who looked or acted, the oldest first. The listing itself is recorded in the auditor's
 * chain before the answer is sent.
 */
export async function accessesBetween(
  db: Firestore,
  asked: AccessesRequest,
  { auditor, now }: Auditor,
): Promise<Accesses> {
  refuseFuture(asked, now);
  const { docs } = await accessQuery(db, asked)
    .limit(MOST + 1)
    .get();
  const entries = docs.slice(0, MOST).map(shown);
  const detail = { ...periodOf(asked), found: entries.length };
  await recordListing(db, { auditor, now }, 'accesses_listed', detail);
  return { entries, more: docs.length > MOST };
}

/** Throws InvalidRequestError for a period that has not begun, about which nothing can be said. */
export function refuseFuture({ from }: { from: string }, now: Date): void {
  if (Date.parse(from) > now.getTime())
    throw new CallError('InvalidRequestError.field', { params: { field: 'from' } });
}

/** The request in the form in which an entry records it. */
export const periodOf = ({ from, to, operator }: AccessesRequest) => ({
  from,
  to,
  ...(operator !== undefined && { operator }),
});

/** Who asks, and when. */
export interface Auditor {
  auditor: string;
  now: Date;
}

/** Records in the auditor's own chain what was listed or checked. */
export async function recordListing(
  db: Firestore,
  { auditor, now }: Auditor,
  action: Extract<
    AuditAction,
    'accesses_listed' | 'accesses_exported' | 'deletions_listed' | 'chains_checked'
  >,
  detail: AuditEntry['detail'],
): Promise<void> {
  await recordAudit(db, operatorChain(auditor), {
    key: `${action}:${randomUUID()}`,
    at: now.toISOString(),
    actor: `operator:${auditor}`,
    action,
    detail,
  });
}

/** The query for the accesses of a period in the order of their times, by one operator or by all. */
export function accessQuery(db: Firestore, { from, to, operator }: AccessesRequest): Query {
  const all = db.collectionGroup('entries').where('action', 'in', ACCESS_ACTIONS);
  const theirs = operator === undefined ? all : all.where('actor', '==', `operator:${operator}`);
  return within(theirs, from, to);
}

/**
 * Entries store their times as text with milliseconds. A time without milliseconds would sort after the entries of its
 * own second.
 */
function within(query: Query, from: string, to: string): Query {
  const asStored = (time: string) => new Date(time).toISOString();
  return query.where('at', '>=', asStored(from)).where('at', '<', asStored(to)).orderBy('at');
}

/**
 * What was deleted between two moments, the oldest first, and how long the remaining data is kept. The listing is
 * recorded in the auditor's chain.
 */
export async function deletionsBetween(
  db: Firestore,
  { from, to }: DeletionsRequest,
  { auditor, now }: Auditor,
): Promise<DeletionLedger> {
  refuseFuture({ from }, now);
  const deletions = db.collectionGroup('entries').where('action', 'in', DELETION_ACTIONS);
  const { docs } = await within(deletions, from, to)
    .limit(MOST + 1)
    .get();
  const entries = docs.slice(0, MOST).map(shown);
  await recordListing(db, { auditor, now }, 'deletions_listed', { from, to, found: entries.length });
  return { retention: [...RETENTION], entries, more: docs.length > MOST };
}

/**
 * An entry as the desk shows it. An entry that somebody has broken is shown as unreadable, at its place and with the
 * time at which the database stored it.
 */
export function shown(doc: QueryDocumentSnapshot): ShownEntry {
  return shownEntry(doc, { id: doc.id, data: doc.data() });
}

/** All entries of a document, which are those that one commit appended. */
export function shownEntries(doc: QueryDocumentSnapshot): ShownEntry[] {
  return entriesIn({ id: doc.id, data: doc.data() }).map((entry) => shownEntry(doc, entry));
}

function shownEntry(
  doc: QueryDocumentSnapshot,
  { id, data: stored }: { id: string; data: unknown },
): ShownEntry {
  const chain = doc.ref.parent.parent!.id;
  const { data } = auditEntry.omit({ prevHash: true, hash: true }).strip().safeParse(stored);
  if (data) return { chain, ...data, detail: deskDetail(data.detail) };
  const at = doc.createTime.toDate().toISOString();
  return { chain, seq: Number(id) || 0, at, actor: UNREADABLE, action: UNREADABLE, detail: {} };
}
