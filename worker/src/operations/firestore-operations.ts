/** Writes operations/{job}: how far the daily operations have come. The alerts read these documents. */

import { paths } from '@reddyfit/shared/names/paths';
import { type DocumentData, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { Operations } from './ports.ts';

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
