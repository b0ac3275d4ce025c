/** The activities of the daily operations, as their workflows call them. */

import type { ArchiveCounts, Span } from '../archive/ports.ts';
import type { AuditVerification } from '../audit/ports.ts';
import type { BalanceVerification } from './ports.ts';

export interface OperationsActivities {
  /** What is to be archived: from the last time on, a little earlier, until what is surely visible. */
  planArchive(): Promise<Span>;
  /**
   * Archives a page of the scans that closed in the span. Key: the object's name, of workflow and run; again: kept as it is.
   * `token` is what the page before answered; null begins, and is answered by the last page.
   */
  archivePage(input: Span & { token: string | null }): Promise<ArchiveCounts & { nextToken: string | null }>;
  /** States up to when all is archived. Key: the time; again, or with an earlier time: nothing. */
  recordArchived(input: { until: string }): Promise<void>;
  /** States that nothing was left to archive. Again: states the same. */
  recordArchiveDone(input: ArchiveCounts): Promise<void>;

  /** Which day is to be anchored, after which anchor. */
  planVerification(): Promise<AuditPlan>;
  /**
   * Verifies the chains of a page and writes their heads into the archive. Key: day and page; again: the heads that are there
   * stay, and are what the root is made of.
   */
  verifyAuditPage(input: AuditPlan & AuditCursor): Promise<AuditPage>;
  /** Writes the day's anchor and states what was found. Key: the day; again: the anchor that is there stays. */
  anchorAudit(input: AuditPlan & AuditTotals): Promise<AuditVerification>;

  /**
   * Holds the accounts of a page against their ledgers, and logs the id of each that does not agree. Key: `after`; again: the same of
   * what is there now.
   */
  verifyBalancesPage(input: {
    after: string | null;
  }): Promise<BalanceVerification & { after: string | null }>;
  /** States what all pages found. Again: states the same. */
  recordBalances(input: BalanceVerification): Promise<void>;
}

export interface AuditPlan {
  /** YYYY-MM-DD, UTC. */
  day: string;
  /** When this verification began, ISO 8601. */
  at: string;
  /** The latest anchor, which chains are held against. */
  previous: { object: string; root: string } | null;
  /** What the day's root begins with. */
  firstRoot: string;
  /** False when the day has its anchor: then nothing is written. */
  anchoring: boolean;
}

/** How far a verification is. */
export interface AuditCursor {
  /** From 1. */
  page: number;
  /** Name of the last chain that was looked at; null before the first. */
  after: string | null;
  /** Root over the heads so far. */
  root: string;
}

/** What a page found. */
export interface AuditPage {
  /** The last chain of the page; null when there is none after it. */
  after: string | null;
  root: string;
  chains: number;
  entries: number;
  broken: number;
  /** Of the broken chains, at most ten: what is wrong. */
  faults: string[];
  /** The page's object and its SHA-256; null when nothing was written. */
  written: { object: string; sha256: string; last: string | null } | null;
}

/** What all pages found. */
export interface AuditTotals {
  root: string;
  chains: number;
  entries: number;
  broken: number;
  faults: string[];
  pages: NonNullable<AuditPage['written']>[];
}
