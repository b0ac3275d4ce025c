/** Compares each account's balance with the sum of its ledger, a page of accounts at a time. */

import { balanceOf } from '@reddyfit/shared/account/credits';
import { paths } from '@reddyfit/shared/names/paths';
import { AggregateField, type DocumentSnapshot, FieldPath, type Firestore } from 'firebase-admin/firestore';
import pLimit from 'p-limit';

/** Compares accounts with their ledgers. */
export interface Balances {
  /**
   * Checks a page of accounts in the order of their ids, beginning after `after` (null begins), and finds those whose
   * balance is not the sum of their ledger. Calls `beat` in between. `after` of the result is null when no account
   * follows.
   */
  page(
    after: string | null,
    beat?: () => void,
  ): Promise<{ accounts: number; unbalanced: UnbalancedAccount[]; after: string | null }>;
}

/** An account whose balance is not the sum of its ledger; `balance` is null when it cannot be read. */
export interface UnbalancedAccount {
  uid: string;
  balance: number | null;
  ledger: number;
}

/** What a verification of all balances found. */
export interface BalanceVerification {
  accounts: number;
  unbalanced: number;
}

/** PAGE: accounts per page. AT_ONCE: accounts whose ledgers are summed in parallel. */
const PAGE = 500;
const AT_ONCE = 20;

/**
 * How often an account is summed when it keeps changing meanwhile. An account that changes each time is left to the
 * next day.
 */
const MOST_LOOKS = 5;

/** The balances in `db`. `pageSize` is in accounts. */
export function firestoreBalances(db: Firestore, pageSize = PAGE): Balances {
  const atOnce = pLimit(AT_ONCE);
  async function faultOf(account: DocumentSnapshot): Promise<UnbalancedAccount | null> {
    const { id: uid } = account;
    for (let before = account, look = 1; look <= MOST_LOOKS; look += 1) {
      const summed = await db
        .collection(paths.ledger(uid))
        .aggregate({ sum: AggregateField.sum('amount') })
        .get();
      // One commit changes the balance and adds the ledger's entry, so when the account is the same before and after,
      // its balance belongs to this sum.
      const after = await account.ref.get();
      if (!after.exists) return null;
      if (before.updateTime && after.updateTime?.isEqual(before.updateTime)) {
        const ledger = summed.data().sum ?? 0;
        const balance = readBalance(after);
        return balance === ledger ? null : { uid, balance, ledger };
      }
      before = after;
    }
    return null;
  }

  return {
    async page(after, beat) {
      const all = db.collection(paths.accounts()).orderBy(FieldPath.documentId()).limit(pageSize);
      const { docs } = await (after === null ? all : all.startAfter(after)).get();
      const found = await atOnce.map(docs, async (account) => {
        const fault = await faultOf(account);
        beat?.();
        return fault;
      });
      const unbalanced = found.filter((fault) => fault !== null);
      return { accounts: docs.length, unbalanced, after: docs.length < pageSize ? null : docs.at(-1)!.id };
    },
  };
}

/** The balance, or null when it cannot be read; null equals no sum of a ledger. */
function readBalance(account: DocumentSnapshot): number | null {
  try {
    return balanceOf(account.data());
  } catch {
    return null;
  }
}
