/**
 * users/{uid}/summaries/scans: what is compared of a user's completed scans, in one document, so that a long history costs no more reads than a short
 * one. Whoever completes or deletes a scan changes it in the same commit; whoever finds it incomplete makes it anew of the scans themselves.
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
  /** Whether every scan is in it; absent until it was made of the scans themselves. */
  readonly complete?: boolean;
  /** When a scan was last deleted. */
  readonly changedAt?: FirestoreTimestamp;
  /** By scan id. */
  readonly scans: Readonly<Record<string, ScanSummary>>;
}

/** What is kept of a scan that completes; null of one without body fat, and of one whose weight can hardly be right: it would make the next change a lie. */
export function summaryOf({
  createdAt,
  weightLb,
  results,
}: Pick<Scan, 'createdAt' | 'weightLb' | 'results'>): ScanSummary | null {
  const estimation = results?.estimation;
  if (!estimation || weightLb === undefined || estimation.flags?.includes('weight_doubtful')) return null;
  const { bodyFatPercent, leanMassLb, fatMassLb, repeatSd } = estimation;
  // Whoever ends a scan has other things to do than to fail of a document that no worker of ours has written.
  if (![bodyFatPercent, leanMassLb, fatMassLb].every(Number.isFinite)) return null;
  const kept = { bodyFatPercent, leanMassLb, fatMassLb, ...(repeatSd !== undefined && { repeatSd }) };
  return { createdAt, weightLb, estimation: kept };
}
