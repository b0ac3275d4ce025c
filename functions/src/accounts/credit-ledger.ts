/** Moves scan credits inside Firestore transactions: the balance and its ledger entry together, each movement once. */

import {
  account,
  grantEntryId,
  LEDGER_AMOUNT,
  ledgerEntry,
  ledgerEntryId,
} from '@reddyfit/shared/account/credits';
import { userChain } from '@reddyfit/shared/audit/chain';
import { grantRecord } from '@reddyfit/shared/audit/credits';
import { paths } from '@reddyfit/shared/names/paths';
import { FieldValue, type Firestore, type Transaction } from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../platform/audit-chain.ts';

/** Ledger entry and balance of one movement. The entry is created, so that a second one fails the transaction. */
export function moveCredit(
  db: Firestore,
  tx: Transaction,
  uid: string,
  scanId: string,
  kind: 'reserve' | 'refund',
): void {
  const amount = LEDGER_AMOUNT[kind];
  tx.create(db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, kind))), {
    kind,
    amount,
    scanId,
    at: FieldValue.serverTimestamp(),
  });
  tx.update(db.doc(paths.account(uid)), { scanCredits: FieldValue.increment(amount) });
}

/** True when a credit was reserved for the scan and neither committed nor refunded. Reads, so it comes before all writes. */
export async function owesCredit(
  db: Firestore,
  tx: Transaction,
  uid: string,
  scanId: string,
): Promise<boolean> {
  const entry = (kind: keyof typeof LEDGER_AMOUNT) =>
    db.doc(paths.ledgerEntry(uid, ledgerEntryId(scanId, kind)));
  const [reserved, committed, refunded] = await tx.getAll(entry('reserve'), entry('commit'), entry('refund'));
  return reserved!.exists && !committed!.exists && !refunded!.exists;
}

export interface Grant {
  uid: string;
  /** Credits, at least 1. */
  amount: number;
  /** Names the grant: again, nothing more is granted. */
  grantId: string;
  /** `operator:<name>`. */
  actor: string;
}

/** `conflict` when the grant was made before with another amount. `scanCredits` is the balance afterwards. */
export interface GrantOutcome {
  outcome: 'granted' | 'again' | 'conflict';
  scanCredits: number;
}

/** Grants credits once per `grantId`, and records it in the user's chain; makes the account when there is none. */
export function grantCreditsOnce(
  db: Firestore,
  { uid, amount, grantId, actor }: Grant,
): Promise<GrantOutcome> {
  const accountRef = db.doc(paths.account(uid));
  const entryRef = db.doc(paths.ledgerEntry(uid, grantEntryId(grantId)));
  return db.runTransaction(async (tx) => {
    const chain = userChain(uid);
    const [credits, before, head] = await tx.getAll(accountRef, entryRef, db.doc(paths.auditLog(chain)));
    const balance = account.safeParse(credits!.data()).data?.scanCredits ?? 0;
    if (before!.exists) {
      const same = ledgerEntry.safeParse(before!.data()).data?.amount === amount;
      return { outcome: same ? 'again' : 'conflict', scanCredits: balance };
    }
    tx.create(entryRef, { kind: 'grant', amount, actor, at: FieldValue.serverTimestamp() });
    tx.set(accountRef, { scanCredits: balance + amount }, { merge: true });
    const who = { at: new Date().toISOString(), actor };
    writeAudit(db, tx, chain, auditHeadOf(head!), [grantRecord({ grantId, amount }, who)]);
    return { outcome: 'granted', scanCredits: balance + amount };
  });
}
