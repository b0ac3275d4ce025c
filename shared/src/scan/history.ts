/**
 * users/{uid}/summaries/scans: the figures by which a user's completed scans are compared, in one document, so that a long
 * history costs no more reads than a short one. Whatever completes or deletes a scan changes the document in the same commit. A
 * reader that finds it incomplete builds it anew from the scans.
 */

import { type FirestoreTimestamp, timestamp } from '../timestamps.ts';
import type { Scan } from './document.ts';
import { type EstimationResult, estimationResult } from './results.ts';

/** One completed scan. */
export interface ScanSummary {
  readonly createdAt: FirestoreTimestamp;
  readonly weightLb: number;
  /** `bmi` tells the height of the profile; scans that were summarised before it was kept have none. */
  readonly estimation: Pick<
    EstimationResult,
    'bodyFatPercent' | 'leanMassLb' | 'fatMassLb' | 'repeatSd' | 'sources'
  > &
    Partial<Pick<EstimationResult, 'bmi'>>;
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
 * The summary of a scan that completes. Null for a scan without a body fat, with a figure that is not a finite number, without
 * a valid time, and for one with the flag `weight_doubtful`: its weight would distort the next comparison. A document that no
 * worker wrote may hold anything, and its scan must end all the same.
 */
export function summaryOf({
  createdAt,
  weightLb,
  results,
}: Pick<Scan, 'createdAt' | 'weightLb' | 'results'>): ScanSummary | null {
  const estimation = results?.estimation;
  if (!estimation || !timestamp.safeParse(createdAt).success) return null;
  const { bodyFatPercent, leanMassLb, fatMassLb, bmi, repeatSd, flags = [] } = estimation;
  // Flags that are no list do not say whether the weight is doubtful.
  if (!Array.isArray(flags) || flags.includes('weight_doubtful')) return null;
  if (![weightLb, bodyFatPercent, leanMassLb, fatMassLb].every(Number.isFinite)) return null;
  // What counted for nothing tells nothing of how the scan compares.
  const sources = estimationResult.shape.sources.safeParse(estimation.sources).data;
  const counted = sources?.filter(({ weight }) => weight > 0) ?? [];
  const kept = {
    bodyFatPercent,
    leanMassLb,
    fatMassLb,
    ...(Number.isFinite(bmi) && bmi > 0 && { bmi }),
    ...(repeatSd !== undefined && { repeatSd }),
    ...(counted.length > 0 && { sources: counted }),
  };
  return { createdAt, weightLb, estimation: kept };
}
