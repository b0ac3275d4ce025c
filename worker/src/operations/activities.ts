/** The activities of the daily operations, as their workflows call them. */

import type { ArchiveCounts, Span } from '../archive/ports.ts';
import type { BrokenObject } from '../audit/anchor.ts';
import type { CheckedAnchors } from '../audit/check-anchors.ts';
import type { AuditVerification } from '../audit/ports.ts';
import type { BalanceVerification } from './firestore-balances.ts';

export interface OperationsActivities {
  /**
   * The span to archive: it begins a little before the end of the last archiving, and ends where Temporal surely lists
   * all closed runs.
   */
  planArchive(): Promise<Span>;
  /**
   * Archives a page of the runs that closed in the span. Key: the object's name, made of workflow id and run id; a
   * second call keeps the object. `token` is the `nextToken` of the page before; it is null for the first page, and
   * `nextToken` is null after the last.
   */
  archivePage(input: Span & { token: string | null }): Promise<ArchiveCounts & { nextToken: string | null }>;
  /**
   * Records that all runs closed before `until` are archived. Key: the time; a second call, or one with an earlier
   * time, changes nothing.
   */
  recordArchived(input: { until: string }): Promise<void>;
  /** Records that nothing was left to archive. A second call records the same again. */
  recordArchiveDone(input: ArchiveCounts): Promise<void>;

  /** The day to anchor, and the latest anchor before it. */
  planVerification(): Promise<AuditPlan>;
  /**
   * Verifies the chains of a page, against an anchor as far as that can be read, and writes their heads into the archive.
   * Key: day and page; a second call keeps the archived heads and computes the root from them.
   */
  verifyAuditPage(input: AuditPlan & AuditCursor): Promise<AuditPage>;
  /** Writes the day's anchor and records what was found. Key: the day; a second call keeps the existing anchor. */
  anchorAudit(input: AuditPlan & AuditTotals): Promise<AuditVerification>;

  /** The anchors that there are, the latest first, `most` at most. Writes nothing. */
  planAuditCheck(input: { most: number }): Promise<AuditCheckPlan>;
  /** Checks anchors that follow each other (`checkAnchors` of ../audit/check-anchors.ts). Writes nothing. */
  checkAnchors(input: { objects: string[]; older?: string | null }): Promise<CheckedAnchors>;

  /**
   * Compares the accounts of a page with their ledgers and logs the id of each account that does not agree. Key:
   * `after`; a second call does the same with the current data.
   */
  verifyBalancesPage(input: {
    after: string | null;
  }): Promise<BalanceVerification & { after: string | null }>;
  /** Records what all pages found. A second call records the same again. */
  recordBalances(input: BalanceVerification): Promise<void>;
}

export interface AuditPlan {
  /** YYYY-MM-DD, UTC. */
  day: string;
  /** When this verification began, ISO 8601. */
  at: string;
  /** The latest anchor, with which the chains are compared. */
  previous: { object: string; root: string } | null;
  /** The value with which the day's root begins. */
  firstRoot: string;
  /** False when something lies already where the day's anchor belongs; then nothing is written. */
  anchoring: boolean;
  /** Anchors that were passed over, because they are broken. */
  brokenObjects?: BrokenObject[];
}

/** What an auditor's verification begins with. */
export interface AuditCheckPlan {
  /** YYYY-MM-DD, UTC. */
  day: string;
  /** When it began, ISO 8601. */
  at: string;
  /** Names of the anchors, the latest first; `more` when older ones are left out. */
  objects: string[];
  more: boolean;
}

/** How far the verification has come. */
export interface AuditCursor {
  /** Number of the page, from 1. */
  page: number;
  /** Name of the last chain that was checked; null before the first. */
  after: string | null;
  /** The root over the heads so far. */
  root: string;
}

/** What the verification of one page found. */
export interface AuditPage {
  /** The last chain of the page; null when there is none after it. */
  after: string | null;
  root: string;
  chains: number;
  entries: number;
  broken: number;
  /** Descriptions of the broken chains, at most ten. */
  faults: string[];
  /** The page's object and its SHA-256; null when nothing was written. */
  written: { object: string; sha256: string; last: string | null } | null;
  /** Objects of the archive that could not be used, because they are broken. Pages may name the same one. */
  brokenObjects?: BrokenObject[];
}

/** The totals of all pages. */
export interface AuditTotals extends Pick<AuditPage, 'root' | 'chains' | 'entries' | 'broken' | 'faults'> {
  pages: NonNullable<AuditPage['written']>[];
}
