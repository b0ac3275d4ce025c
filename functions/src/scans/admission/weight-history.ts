/** Questions a weight that can hardly follow the user's last scan, once. When the user sends it again, it counts. */

import { DAY_MS } from '@reddyfit/shared/durations';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { isOtherHeight, weightDoubt } from './plausible-measures.ts';
import type { ScanRequest } from './scan-request.ts';

/**
 * A weight counts as an answer when it comes within a day of the question (ms) and differs by this share at most, since a scale
 * shows another tenth each time.
 */
const ANSWER_MS = DAY_MS;
const SAME_WEIGHT = 0.02;

/** How many completed scans are searched for one with a trustworthy weight. */
const MOST_COMPLETED = 3;

/** How many of the latest failed scans are searched for the question. */
const MOST_REFUSED = 10;

/** The question about the height of the profile. */
const ABOUT_HEIGHT = 'WeightDoubtfulError.height';

/** What of a user's scans may question a weight or answer for it: the latest of them, newest first. */
export interface EarlierWeights {
  readonly refused: readonly Scan[];
  /** Null when nothing is to be asked any more. */
  readonly completed: readonly Scan[] | null;
}

/**
 * Reads the user's latest scans, both kinds together. Nothing is asked about a scan that is `admitted` already. Reads in `tx`, so
 * it comes before all writes.
 */
export async function earlierWeights(
  db: Firestore,
  tx: Transaction,
  userId: string,
  { admitted }: { admitted: boolean },
): Promise<EarlierWeights> {
  const latest = async (status: string, count: number) => {
    const found = await tx.get(
      db
        .collection(paths.scans())
        .where('userId', '==', userId)
        .where('status', '==', status)
        .orderBy('createdAt', 'desc')
        .limit(count)
        .select('createdAt', 'weightLb', 'weightKg', 'error', 'results.estimation'),
    );
    return found.docs.map((document) => document.data() as Scan);
  };
  const [refused, completed] = await Promise.all([
    latest('failed', MOST_REFUSED),
    admitted ? null : latest('completed', MOST_COMPLETED),
  ]);
  return { refused, completed };
}

/**
 * Throws ScanPipelineError WeightDoubtfulError, naming the field and what to do, when weight or height (cm, of the profile) can
 * hardly follow those of the user's last completed scan, unless the user was asked about this weight within a day. Returns
 * true when the user was asked about the weight, be it here or once the body was measured.
 */
export function questionWeight(
  { refused, completed }: EarlierWeights,
  { weightLb, weightKg, createdAt }: Pick<ScanRequest, 'weightLb' | 'weightKg' | 'createdAt'>,
  { heightCm }: { heightCm: number },
): boolean {
  const field = weightKg === undefined ? 'weightLb' : 'weightKg';
  const questions = refused.filter(
    (earlier) =>
      earlier.error?.code === 'WeightDoubtfulError' &&
      createdAt.getTime() - earlier.createdAt.toMillis() <= ANSWER_MS &&
      Math.abs(earlier.weightLb / weightLb - 1) <= SAME_WEIGHT,
  );
  // Who was asked about the height alone has not made the weight doubtful by answering.
  const aboutWeight = questions.some(({ error }) => error!.messageCode !== ABOUT_HEIGHT);
  if (questions.length > 0 || completed === null) return aboutWeight;
  // A scan whose own weight was doubtful says nothing about the next weight.
  const before = completed.find(({ results }) => !results?.estimation?.flags?.includes('weight_doubtful'));
  if (!before) return false;
  const days = (createdAt.getTime() - before.createdAt.toMillis()) / DAY_MS;
  const doubt = weightDoubt(weightLb, { weightLb: before.weightLb, days });
  if (doubt !== null) throw new ScanPipelineError(`WeightDoubtfulError.${doubt}`, { params: { field } });
  const bmi = before.results?.estimation?.bmi;
  if (bmi !== undefined && isOtherHeight(heightCm, { weightLb: before.weightLb, bmi })) {
    throw new ScanPipelineError(ABOUT_HEIGHT, { params: { field: 'heightCm' } });
  }
  return false;
}
