/** Compares every account's balance with its ledger, and lists those that do not agree. */

import type { Firestore } from 'firebase-admin/firestore';
import { firestoreBalances, type UnbalancedAccount } from '../../worker/src/operations/firestore-balances.ts';

export interface VerifiedBalances {
  accounts: number;
  /** Ordered by uid. */
  unbalanced: UnbalancedAccount[];
}

/** Looks at all accounts of `db`, as the daily verification does. */
export async function verifyBalances(db: Firestore): Promise<VerifiedBalances> {
  const balances = firestoreBalances(db);
  const found: VerifiedBalances = { accounts: 0, unbalanced: [] };
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof balances.page>> = await balances.page(after);
    found.accounts += page.accounts;
    found.unbalanced.push(...page.unbalanced);
    after = page.after;
    if (after === null) return found;
  }
}

/** The result as lines of text. */
export function balanceLines({ accounts, unbalanced }: VerifiedBalances): string[] {
  return [
    ...unbalanced.map(({ uid, balance, ledger }) =>
      balance === null
        ? `${uid}: scanCredits cannot be read, the ledger sums to ${ledger}`
        : `${uid}: ${balance} credits, the ledger sums to ${ledger}`,
    ),
    `${accounts} accounts, ${unbalanced.length === 0 ? 'all agree' : `${unbalanced.length} do not agree`} with their ledger`,
  ];
}
