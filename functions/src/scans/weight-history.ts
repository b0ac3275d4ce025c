/** Asks about a weight that can hardly follow the user's last scan: once, then what is sent again counts. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { weightDoubt } from './plausible-measures.ts';
import type { ScanRequest } from './scan-request.ts';

const DAY_MS = 86_400_000;

/** Whoever was asked may answer for a day, by a weight that differs by no more than this share: a scale shows another tenth each time. */
const ANSWER_MS = DAY_MS;
const SAME_WEIGHT = 0.02;

/** Refused scans of the last day that are looked through for the question. */
const MOST_REFUSED = 10;

/**
 * Throws ScanPipelineError WeightDoubtfulError, naming the field and what to do, when the weight can hardly follow that of the user's last
 * completed scan, and the user has not been asked about it within a day. Reads in `tx`, so it comes before all writes.
 */
export async function questionWeight(db: Firestore, tx: Transaction, scan: ScanRequest): Promise<void> {
  const { userId, weightLb, weightKg, createdAt } = scan;
  const field = weightKg === undefined ? 'weightLb' : 'weightKg';
  const latest = (status: string, count: number) =>
    tx.get(
      db
        .collection(paths.scans())
        .where('userId', '==', userId)
        .where('status', '==', status)
        .orderBy('createdAt', 'desc')
        .limit(count)
        .select('createdAt', 'weightLb', 'weightKg', 'error'),
    );
  const before = (await latest('completed', 1)).docs[0]?.data() as Scan | undefined;
  if (!before) return;
  const days = (createdAt.getTime() - before.createdAt.toMillis()) / DAY_MS;
  const doubt = weightDoubt(weightLb, { weightLb: before.weightLb, days });
  if (doubt === null) return;

  const refused = (await latest('failed', MOST_REFUSED)).docs.map((document) => document.data() as Scan);
  const asked = refused.some(
    (earlier) =>
      earlier.error?.code === 'WeightDoubtfulError' &&
      createdAt.getTime() - earlier.createdAt.toMillis() <= ANSWER_MS &&
      Math.abs(earlier.weightLb / weightLb - 1) <= SAME_WEIGHT,
  );
  if (asked) return;
  throw new ScanPipelineError(`WeightDoubtfulError.${doubt}`, { params: { field } });
}
