/** What an auditor asks: whether a scan's chain is whole, and who saw whose data. */

import { deskDetail } from '@reddyfit/shared/operator/error-codes';
import { randomUUID } from 'node:crypto';
import { type AuditAction, type AuditEntry, operatorChain } from '@reddyfit/shared/audit/chain';
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
import { RETENTION } from '@reddyfit/shared/operator/retention';
import type { Firestore, Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { recordAudit, sha256 } from '../platform/audit-chain.ts';
import { recordedScan } from './record-view.ts';

/** Entries of one answer. */
const MOST = 1000;

/** A scan's chain and its faults, read at one moment, once the look is in it. Throws ScanNotFoundError. */
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
      const stored = entries.docs.flatMap((doc) => entriesIn<AuditEntry>({ id: doc.id, data: doc.data() }));
      return {
        chain: scanId,
        entries: stored.map(({ data }) => shownEntry(scanId, data)).sort((one, other) => one.seq - other.seq),
        faults: auditFaults({ head: head.data(), entries: stored }, sha256).map(({ text }) => text),
      };
    },
    { readOnly: true },
  );
}

/** Entries of all chains that say who looked or acted, oldest first; the look itself is in the auditor's chain before the answer leaves. */
export async function accessesBetween(
  db: Firestore,
  asked: AccessesRequest,
  { auditor, now }: Auditor,
): Promise<Accesses> {
  const { docs } = await accessQuery(db, asked)
    .limit(MOST + 1)
    .get();
  const entries = docs.slice(0, MOST).map(shown);
  const detail = { ...periodOf(asked), found: entries.length };
  await recordListing(db, { auditor, now }, 'accesses_listed', detail);
  return { entries, more: docs.length > MOST };
}

/** What was asked for, as an entry tells it. */
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

/** Notes in the auditor's own chain what was listed. */
export function recordListing(
  db: Firestore,
  { auditor, now }: Auditor,
  action: Extract<AuditAction, 'accesses_listed' | 'accesses_exported' | 'deletions_listed'>,
  detail: AuditEntry['detail'],
): Promise<void> {
  return recordAudit(db, operatorChain(auditor), {
    key: `${action}:${randomUUID()}`,
    at: now.toISOString(),
    actor: `operator:${auditor}`,
    action,
    detail,
  });
}

/** Accesses of a period in the order of their time: by one operator, or by all. */
export function accessQuery(db: Firestore, { from, to, operator }: AccessesRequest): Query {
  const all = db.collectionGroup('entries').where('action', 'in', ACCESS_ACTIONS);
  const theirs = operator === undefined ? all : all.where('actor', '==', `operator:${operator}`);
  return within(theirs, from, to);
}

/** Entries have their times as text, with milliseconds: a time without them would come after its own second's. */
function within(query: Query, from: string, to: string): Query {
  const asStored = (time: string) => new Date(time).toISOString();
  return query.where('at', '>=', asStored(from)).where('at', '<', asStored(to)).orderBy('at');
}

/** What was deleted between two moments, oldest first, and how long what is left is kept. Recorded as a listing is. */
export async function deletionsBetween(
  db: Firestore,
  { from, to }: DeletionsRequest,
  { auditor, now }: Auditor,
): Promise<DeletionLedger> {
  const deletions = db.collectionGroup('entries').where('action', 'in', DELETION_ACTIONS);
  const { docs } = await within(deletions, from, to)
    .limit(MOST + 1)
    .get();
  const entries = docs.slice(0, MOST).map(shown);
  await recordListing(db, { auditor, now }, 'deletions_listed', { from, to, found: entries.length });
  return { retention: [...RETENTION], entries, more: docs.length > MOST };
}

/** An entry as an auditor sees it. */
export function shown(doc: QueryDocumentSnapshot): ShownEntry {
  return shownEntry(doc.ref.parent.parent!.id, doc.data() as AuditEntry);
}

function shownEntry(chain: string, { seq, at, actor, action, detail }: AuditEntry): ShownEntry {
  return { chain, seq, at, actor, action, detail: deskDetail(detail) };
}
