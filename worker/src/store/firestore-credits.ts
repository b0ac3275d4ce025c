/** Scan credits in Firestore: a movement is its ledger entry, the balance and an audit entry, written together, once. */

import { LEDGER_AMOUNT, ledgerEntryId } from '@reddyfit/shared/account/credits';
import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import { creditRecord } from '@reddyfit/shared/audit/credits';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { FieldValue, type Firestore, Timestamp, type WriteBatch } from 'firebase-admin/firestore';
import type { Credits } from './ports.ts';
import { appendWith } from '../audit/firestore-audit.ts';
import { commitOptimistically } from './optimistic-commit.ts';

/** Where a scan's credit stands: never reserved, reserved, or settled in one of two ways. */
export type CreditState = 'none' | 'reserved' | 'commit' | 'refund';

/** Reads it. */
export async function creditState(db: Firestore, uid: string, scanId: string): Promise<CreditState> {
  const entry = (of: keyof typeof LEDGER_AMOUNT) => db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, of)));
  const [reserved, committed, refunded] = await db.getAll(entry('reserve'), entry('commit'), entry('refund'));
  if (committed!.exists) return 'commit';
  if (refunded!.exists) return 'refund';
  return reserved!.exists ? 'reserved' : 'none';
}

/**
 * Puts the movement of a credit that is `reserved` into a batch that `commitOptimistically` commits, and returns its audit record,
 * which must go into the scan's chain by the same batch: commit and refund have different ledger entries, and that only one of them
 * is made is decided at the chain's head.
 */
export function settleWith(
  db: Firestore,
  batch: WriteBatch,
  { uid, scanId, kind }: { uid: string; scanId: string; kind: 'commit' | 'refund' },
): AuditRecord {
  const amount = LEDGER_AMOUNT[kind];
  const at = Timestamp.now();
  batch.create(db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, kind))), { kind, amount, scanId, at });
  if (amount !== 0) {
    batch.update(db.doc(paths.account(uid)), { scanCredits: FieldValue.increment(amount) });
  }
  const actor = `workflow:${dailyScanWorkflowId(scanId)}`;
  return creditRecord(kind, { at: at.toDate().toISOString(), actor });
}

/** Credits in `db`. A scan whose credit was never reserved, or is already settled, is left as it is. */
export function firestoreCredits(db: Firestore): Credits {
  return {
    settle: (uid, scanId, kind) =>
      commitOptimistically(db, async (batch) => {
        // The head first: whoever settles after it was read makes this commit fail, so that the state is never older than it.
        const head = await db.doc(paths.auditLog(scanId)).get();
        if ((await creditState(db, uid, scanId)) !== 'reserved') return;
        appendWith(db, batch, head, [settleWith(db, batch, { uid, scanId, kind })]);
      }),
  };
}
