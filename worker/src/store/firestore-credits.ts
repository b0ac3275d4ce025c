/**
 * Scan credits in Firestore. A movement of a credit is a ledger entry, a change of the balance and an audit entry, all
 * in one commit.
 */

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

/** State of a scan's credit: never reserved, reserved, or settled in one of two ways. */
export type CreditState = 'none' | 'reserved' | 'commit' | 'refund';

/**
 * The credit's state by `head`, the head document of the scan's audit chain: every commit that moves the credit also
 * records the movement there. When the chain has no movement, the ledger is read.
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
 * Adds the movement of a credit that is `reserved` to a batch that `commitOptimistically` commits. Returns the
 * movement's audit record, which the same batch must add to the scan's chain: commit and refund have different ledger
 * entries, and only the chain's head ensures that no more than one of the two is made.
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

/** The credits in `db`. A credit that was never reserved, or that is settled already, is left as it is. */
export function firestoreCredits(db: Firestore): Credits {
  return {
    settle: (uid, scanId, kind) =>
      commitOptimistically(db, async (batch) => {
        // The head is read first. A settlement after this read makes the commit fail, so the state below is never older
        // than the head.
        const head = await db.doc(paths.auditLog(scanId)).get();
        if ((await creditState(db, head, { uid, scanId })) !== 'reserved') return;
        appendWith(db, batch, head, [settleWith(db, batch, { uid, scanId, kind })]);
      }),

    async wasReturned(uid, scanId) {
      return (await db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, 'refund'))).get()).exists;
    },
  };
}
