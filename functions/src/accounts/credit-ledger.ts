/**
 * Moves scan credits inside Firestore transactions: each movement changes the balance and the ledger together, and happens
 * once.
 */

import {
  balanceOf,
  grantEntryId,
  grantsOfDay,
  LEDGER_AMOUNT,
  ledgerEntry,
  ledgerEntryId,
} from '@reddyfit/shared/account/credits';
import { userChain } from '@reddyfit/shared/audit/chain';
import { grantRecord } from '@reddyfit/shared/audit/credits';
import { paths } from '@reddyfit/shared/names/paths';
import { FieldValue, type Firestore, type Transaction } from 'firebase-admin/firestore';
import { auditHeadOf, writeAudit } from '../platform/audit-chain.ts';

/**
 * Writes the ledger entry and the balance of one movement. The idempotency key is the entry's id: a second movement of the
 * same kind for the scan fails the transaction, since the entry exists.
 */
export function moveCredit(
  db: Firestore,
  tx: Transaction,
  uid: string,
  scanId: string,
  kind: 'reserve' | 'commit' | 'refund',
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
  /** The idempotency key of the grant: a second call with it grants nothing more. */
  grantId: string;
  /** `operator:<name>`, with the name of a person. */
  actor: string;
  /** The name under which all grants of this person are counted, whatever they are called elsewhere (default: `actor`). */
  countedAs?: string;
  /** Credits that one operator may grant on one day (UTC). */
  perDay: number;
  now: Date;
}

/**
 * `again` when the grant was made before, `conflict` when it was made with another amount, `deleting` when the account is being
 * deleted, `limit` when the operator may not grant so much more today. `scanCredits` is the balance afterwards, `left` what the operator may still grant today.
 */
export interface GrantOutcome {
  outcome: 'granted' | 'again' | 'conflict' | 'deleting' | 'limit';
  scanCredits: number;
  left: number;
}

/**
 * Grants credits once per `grantId`, records the grant in the user's chain, and creates the account when there is none.
 * Throws AccountUnreadableError when the account cannot be read; nothing is granted then.
 */
export function grantCreditsOnce(
  db: Firestore,
  { uid, amount, grantId, actor, countedAs = actor, perDay, now }: Grant,
): Promise<GrantOutcome> {
  const accountRef = db.doc(paths.account(uid));
  const entryRef = db.doc(paths.ledgerEntry(uid, grantEntryId(grantId)));
  const todayRef = db.doc(paths.grantsOfDay(now.toISOString().slice(0, 10)));
  return db.runTransaction(async (tx): Promise<GrantOutcome> => {
    const chain = userChain(uid);
    const [credits, before, head, today, user] = await tx.getAll(
      accountRef,
      entryRef,
      db.doc(paths.auditLog(chain)),
      todayRef,
      db.doc(paths.user(uid)),
    );
    // A record of the day that cannot be read stops the grant, since it must not count as a day without grants.
    const granted = today!.exists ? (grantsOfDay.parse(today!.data()).byActor[countedAs] ?? 0) : 0;
    const left = Math.max(0, perDay - granted);
    const balance = balanceOf(credits!.data());
    if (before!.exists) {
      const same = ledgerEntry.safeParse(before!.data()).data?.amount === amount;
      return { outcome: same ? 'again' : 'conflict', scanCredits: balance, left };
    }
    if (user!.get('deletion')) return { outcome: 'deleting', scanCredits: balance, left };
    if (amount > left) return { outcome: 'limit', scanCredits: balance, left };
    tx.create(entryRef, { kind: 'grant', amount, actor, at: FieldValue.serverTimestamp() });
    tx.set(accountRef, { scanCredits: FieldValue.increment(amount) }, { merge: true });
    tx.set(todayRef, { byActor: { [countedAs]: granted + amount } }, { merge: true });
    const who = { at: now.toISOString(), actor };
    writeAudit(db, tx, chain, auditHeadOf(head!), [grantRecord({ grantId, amount }, who)]);
    return { outcome: 'granted', scanCredits: balance + amount, left: left - amount };
  });
}
