/** Scan credits in Firestore: a movement is its ledger entry, the balance and an audit entry, written together, once. */

import { LEDGER_AMOUNT, ledgerEntryId } from '@reddyfit/shared/account/credits';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { FieldValue, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { Credits } from '../ports.ts';
import { appendWith } from '../audit/firestore-audit.ts';
import { commitOptimistically } from './optimistic-commit.ts';

/** Credits in `db`. A scan whose credit was never reserved, or is already settled, is left as it is. */
export function firestoreCredits(db: Firestore): Credits {
  return {
    settle: (uid, scanId, kind) =>
      commitOptimistically(db, async (batch) => {
        const entry = (of: keyof typeof LEDGER_AMOUNT) =>
          db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, of)));
        const [reserved, committed, refunded, head] = await db.getAll(
          entry('reserve'),
          entry('commit'),
          entry('refund'),
          db.doc(paths.auditLog(scanId)),
        );
        if (!reserved!.exists || committed!.exists || refunded!.exists) return;
        const amount = LEDGER_AMOUNT[kind];
        const at = Timestamp.now();
        batch.create(entry(kind), { kind, amount, scanId, at });
        if (amount !== 0) {
          batch.update(db.doc(paths.account(uid)), { scanCredits: FieldValue.increment(amount) });
        }
        // Commit and refund have different ledger entries: that only one of them is made is decided at the chain's head.
        const actor = `workflow:${dailyScanWorkflowId(scanId)}`;
        appendWith(db, batch, head!, [creditRecord(kind, { at: at.toDate().toISOString(), actor })]);
      }),
  };
}
