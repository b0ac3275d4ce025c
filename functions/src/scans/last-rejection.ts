/** Finds the reasons for which the user's scan before was rejected, of those that may lie in the body. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { WAIVABLE_ISSUES, type WaivableIssue } from '@reddyfit/shared/scan/results';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import type { ScanRequest } from './scan-request.ts';

/**
 * The reasons for which the last scan whose photos were examined was rejected; none when it was accepted. Failed scans say
 * nothing about their photos and are passed over. Reads in `tx`, so it comes before all writes.
 */
export async function lastRejection(
  db: Firestore,
  tx: Transaction,
  { userId, createdAt }: Pick<ScanRequest, 'userId' | 'createdAt'>,
): Promise<WaivableIssue[]> {
  const latest = await tx.get(
    db
      .collection(paths.scans())
      .where('userId', '==', userId)
      .where('status', 'in', ['completed', 'rejected'])
      .orderBy('createdAt', 'desc')
      .limit(2)
      .select('status', 'createdAt', 'results.qualityCheck'),
  );
  const before = latest.docs
    .map((document) => document.data() as Partial<Scan>)
    .find((scan) => scan.createdAt && scan.createdAt.toMillis() < createdAt.getTime());
  const photos = before?.status === 'rejected' ? before.results?.qualityCheck?.photos : undefined;
  if (!photos) return [];
  const reasons = new Set(ANGLES.flatMap((angle) => photos[angle].issues.map(({ code }) => code)));
  return WAIVABLE_ISSUES.filter((reason) => reasons.has(reason));
}
