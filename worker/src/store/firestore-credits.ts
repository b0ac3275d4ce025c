/** Scan credits in Firestore: a movement is its ledger entry, the balance and an audit entry, written together, once. */

import { LEDGER_AMOUNT, ledgerEntryId } from '@reddyfit/shared/account/credits';
import type { AuditHead, AuditRecord } from '@reddyfit/shared/audit/chain';
import { creditKey, creditRecord } from '@reddyfit/shared/audit/credits';
import { dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import {
  type DocumentSnapshot,
  FieldValue,
  type Firestore,
  Timestamp,
  type WriteBatch,
} from 'firebase-admin/firestore';
import type { Credits } from './ports.ts';
import { appendWith } from '../audit/firestore-audit.ts';
import { commitOptimistically } from './optimistic-commit.ts';

/** Where a scan's credit stands: never reserved, reserved, or settled in one of two ways. */
export type CreditState = 'none' | 'reserved' | 'commit' | 'refund';

/**
 * Where it stands by `head`, the document of the scan's audit chain: whatever moves the credit records so in the same commit. Where the chain has no
 * reservation, the ledger is asked.
 */
export async function creditState(
  db: Firestore,
  head: DocumentSnapshot,
  { uid, scanId }: { uid: string; scanId: string },
): Promise<CreditState> {
  const recorded = (head.data() as AuditHead | undefined)?.keys ?? {};
  const told = stateOf((of) => creditKey(of) in recorded);
  if (told !== 'none') return told;
  const kinds = ['reserve', 'commit', 'refund'] as const;
  const entries = await db.getAll(
    ...kinds.map((of) => db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, of)))),
  );
  return stateOf((of) => entries[kinds.indexOf(of)]!.exists);
}

function stateOf(has: (kind: keyof typeof LEDGER_AMOUNT) => boolean): CreditState {
  if (has('commit')) return 'commit';
  if (has('refund')) return 'refund';
  return has('reserve') ? 'reserved' : 'none';
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
        if ((await creditState(db, head, { uid, scanId })) !== 'reserved') return;
        appendWith(db, batch, head, [settleWith(db, batch, { uid, scanId, kind })]);
      }),
  };
}
