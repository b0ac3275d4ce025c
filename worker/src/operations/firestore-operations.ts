/** Writes operations/{job}: how far the daily operations have come. The alerts read these documents. */

import { paths } from '@reddyfit/shared/names/paths';
import { type DocumentData, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { ArchiveCounts } from '../archive/ports.ts';
import type { AuditVerification } from '../audit/ports.ts';
import type { BalanceVerification } from './firestore-balances.ts';

/** Records in operations/{job} how far the daily operations have come. */
export interface Operations {
  /** The time up to which every closed scan workflow is archived; null before the first archiving. */
  archivedUntil(): Promise<Date | null>;
  /** Moves that time forward, never back. A second call changes nothing. */
  recordArchived(until: Date): Promise<void>;
  /** Records that nothing is left to archive, and what this run did. A second call records the same again. */
  recordArchiveDone(run: ArchiveCounts): Promise<void>;
  /** Records what the last verification found. A second call records the same again. */
  recordVerified(found: AuditVerification): Promise<void>;
  /** Records what the last verification of the balances found. A second call records the same again. */
  recordBalances(found: BalanceVerification): Promise<void>;
}

/** The records in `db`. */
export function firestoreOperations(db: Firestore): Operations {
  const archive = db.doc(paths.operation('archive'));
  const watermarkOf = (data: DocumentData | undefined) =>
    (data?.['watermark'] as Timestamp | undefined) ?? null;
  return {
    async archivedUntil() {
      return watermarkOf((await archive.get()).data())?.toDate() ?? null;
    },

    recordArchived: (until) =>
      db.runTransaction(async (tx) => {
        const before = watermarkOf((await tx.get(archive)).data());
        const watermark = Timestamp.fromDate(until);
        if (before === null || before < watermark) tx.set(archive, { watermark }, { merge: true });
      }),

    async recordArchiveDone(run) {
      await archive.set({ lastSuccessAt: Timestamp.now(), lastRun: { ...run } }, { merge: true });
    },

    async recordVerified(found) {
      await db.doc(paths.operation('audit_verify')).set({ ...found, lastSuccessAt: Timestamp.now() });
    },

    async recordBalances({ accounts, unbalanced }) {
      const found = { accounts, unbalanced, lastSuccessAt: Timestamp.now() };
      await db.doc(paths.operation('balance_verify')).set(found);
    },
  };
}
