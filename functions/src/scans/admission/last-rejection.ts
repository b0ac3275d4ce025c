/** Finds the reasons for which the user's scan before was rejected, of those that may lie in the body, and what it offered. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import { waivableIn } from '@reddyfit/shared/scan/waivable';
import type { Firestore, Transaction } from 'firebase-admin/firestore';
import type { ScanRequest } from './scan-request.ts';

/** What the scan before says about the next one. */
export interface LastRejection {
  /** The reasons for which it was rejected; none when it was accepted. */
  reasons: WaivableIssue[];
  /** The reasons that the next scan may let pass: those that it offered, and those that it let pass itself. */
  mayPass: readonly WaivableIssue[];
}

/**
 * By the last scan whose photos were examined. Failed scans say nothing about their photos and are passed over. Reads in `tx`,
 * so it comes before all writes.
 */
export async function lastRejection(
  db: Firestore,
  tx: Transaction,
  { userId, createdAt }: Pick<ScanRequest, 'userId' | 'createdAt'>,
): Promise<LastRejection> {
  const latest = await tx.get(
    db
      .collection(paths.scans())
      .where('userId', '==', userId)
      .where('status', 'in', ['completed', 'rejected'])
      .orderBy('createdAt', 'desc')
      .limit(2)
      .select('status', 'createdAt', 'without', 'results.qualityCheck'),
  );
  const before = latest.docs
    .map((document) => document.data() as Partial<Scan>)
    .find((scan) => scan.createdAt && scan.createdAt.toMillis() < createdAt.getTime());
  const verdict = before?.results?.qualityCheck;
  const mayPass = [...(before?.without ?? []), ...(verdict?.offer?.without ?? [])];
  const photos = before?.status === 'rejected' ? verdict?.photos : undefined;
  if (!photos) return { reasons: [], mayPass };
  return { reasons: waivableIn(photos), mayPass };
}
