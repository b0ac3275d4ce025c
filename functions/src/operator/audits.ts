/** What an auditor asks: whether a scan's chain is whole, and who saw whose data. */

import type { AuditEntry } from '@reddyfit/shared/audit/chain';
import { auditFaults } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import {
  ACCESS_ACTIONS,
  type Accesses,
  type AccessesRequest,
  type ShownEntry,
  type VerifiedChain,
} from '@reddyfit/shared/operator/audits';
import type { Firestore, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { sha256 } from '../platform/audit-chain.ts';
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
      const stored = entries.docs.map((doc) => ({ id: doc.id, data: doc.data() }));
      return {
        chain: scanId,
        entries: entries.docs.map(shown).sort((one, other) => one.seq - other.seq),
        faults: auditFaults({ head: head.data(), entries: stored }, sha256).map(({ text }) => text),
      };
    },
    { readOnly: true },
  );
}

/** Entries of all chains that say who looked or acted, oldest first. */
export async function accessesBetween(
  db: Firestore,
  { from, to, operator }: AccessesRequest,
): Promise<Accesses> {
  const { docs } = await db
    .collectionGroup('entries')
    .where('action', 'in', ACCESS_ACTIONS)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .limit(MOST + 1)
    .get();
  const entries = docs.slice(0, MOST).map(shown);
  return {
    entries: entries.filter(({ actor }) => operator === undefined || actor === `operator:${operator}`),
    more: docs.length > MOST,
  };
}

function shown(doc: QueryDocumentSnapshot): ShownEntry {
  const { seq, at, actor, action, detail } = doc.data() as AuditEntry;
  return { chain: doc.ref.parent.parent!.id, seq, at, actor, action, detail };
}
