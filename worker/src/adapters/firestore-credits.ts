/** Scan credits in Firestore: one transaction per movement, one ledger entry per scan and kind. */

import { LEDGER_AMOUNT, ledgerEntryId } from '@reddyfit/shared/accounts';
import { paths } from '@reddyfit/shared/paths';
import { FieldValue, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { Credits } from '../ports.ts';

/** Credits in `db`. A scan whose credit was never reserved, or is already settled, is left as it is. */
export function firestoreCredits(db: Firestore): Credits {
  return {
    settle: (uid, scanId, kind) =>
      db.runTransaction(async (transaction) => {
        const entry = (of: keyof typeof LEDGER_AMOUNT) =>
          db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, of)));
        const [reserved, committed, refunded] = await transaction.getAll(
          entry('reserve'),
          entry('commit'),
          entry('refund'),
        );
        if (!reserved!.exists || committed!.exists || refunded!.exists) return;
        const amount = LEDGER_AMOUNT[kind];
        transaction.create(entry(kind), { kind, amount, scanId, at: Timestamp.now() });
        if (amount !== 0) {
          transaction.update(db.doc(paths.account(uid)), { scanCredits: FieldValue.increment(amount) });
        }
      }),
  };
}
