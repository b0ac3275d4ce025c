/** What the daily operations state and check. The adapters are beside this. */

import type { AuditVerification } from '../audit/ports.ts';
import type { ArchiveCounts } from '../archive/ports.ts';

/** How far the daily operations are: operations/{job}. */
export interface Operations {
  /** Up to when every closed scan is archived; null before the first time. */
  archivedUntil(): Promise<Date | null>;
  /** Moves that time on, never back. Again: nothing. */
  recordArchived(until: Date): Promise<void>;
  /** States that nothing is left to archive, and what this run did. Again: the same. */
  recordArchiveDone(run: ArchiveCounts): Promise<void>;
  /** States what the last verification found. Again: the same. */
  recordVerified(found: AuditVerification): Promise<void>;
  /** States what the last verification of the balances found. Again: the same. */
  recordBalances(found: BalanceVerification): Promise<void>;
}

/** The accounts, each held against its ledger. */
export interface Balances {
  /**
   * The accounts after `after` in the order of their ids (null begins), as many as fit a page, and which of them are not what their
   * ledger sums to. `beat` is called in between. `after` of the answer is null when none follows.
   */
  page(
    after: string | null,
    beat?: () => void,
  ): Promise<{ accounts: number; unbalanced: UnbalancedAccount[]; after: string | null }>;
}

/** An account whose balance is not what its ledger sums to; `balance` is null when it cannot be read. */
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
