/**
 * users/{uid}/summaries/scans: the figures by which a user's completed scans are compared, in one document, so that a long
 * history costs no more reads than a short one. Whatever completes or deletes a scan changes the document in the same commit. A
 * reader that finds it incomplete builds it anew from the scans.
 */

import { type FirestoreTimestamp } from '../timestamps.ts';
import type { Scan } from './document.ts';
import type { EstimationResult } from './results.ts';

/** One completed scan. */
export interface ScanSummary {
  readonly createdAt: FirestoreTimestamp;
  readonly weightLb: number;
  readonly estimation: Pick<EstimationResult, 'bodyFatPercent' | 'leanMassLb' | 'fatMassLb' | 'repeatSd'>;
}

/** The document. */
export interface ScanHistory {
  /** True when the document has every scan; absent until it was built from the scans themselves. */
  readonly complete?: boolean;
  /** When a scan was last deleted. */
  readonly changedAt?: FirestoreTimestamp;
  /** The summaries by scan id. */
  readonly scans: Readonly<Record<string, ScanSummary>>;
}

/**
 * The summary of a scan that completes. Null for a scan without a body fat, or with one that is not a finite number, and for
 * one with the flag `weight_doubtful`: its weight would distort the next comparison.
 */
export function summaryOf({
  createdAt,
  weightLb,
  results,
}: Pick<Scan, 'createdAt' | 'weightLb' | 'results'>): ScanSummary | null {
  const estimation = results?.estimation;
  if (!estimation || weightLb === undefined || estimation.flags?.includes('weight_doubtful')) return null;
  const { bodyFatPercent, leanMassLb, fatMassLb, repeatSd } = estimation;
  // A document that no worker wrote may hold anything, and its scan must end all the same.
  if (![bodyFatPercent, leanMassLb, fatMassLb].every(Number.isFinite)) return null;
  const kept = { bodyFatPercent, leanMassLb, fatMassLb, ...(repeatSd !== undefined && { repeatSd }) };
  return { createdAt, weightLb, estimation: kept };
}
