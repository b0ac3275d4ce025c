/** Ports: what the daily operations record and check. The adapters are in this folder. */

import type { AuditVerification } from '../audit/ports.ts';
import type { ArchiveCounts } from '../archive/ports.ts';

/** Records in operations/{job} how far the daily operations have come. */
export interface Operations {
  /** The time up to which every closed scan workflow is archived; null before the first archiving. */
  archivedUntil(): Promise<Date | null>;
  /** Moves that time forward, never back. A second call changes nothing. */
  recordArchived(until: Date): Promise<void>;
  /** Records that nothing is left to archive, and what this run did. A second call records the same again. */
  recordArchiveDone(run: ArchiveCounts): Promise<void>;
  /** Records what the last verification found. A second call records the same again. */
  recordVerified(found: AuditVerification): Promise<void>;
  /** Records what the last verification of the balances found. A second call records the same again. */
  recordBalances(found: BalanceVerification): Promise<void>;
}

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
