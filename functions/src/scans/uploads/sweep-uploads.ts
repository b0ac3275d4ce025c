/** Settles the photos of every upload once its URLs have expired, when nobody can upload another photo. */

import { SCAN_ID_PATTERN } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { SUBMIT_WITHIN_MS } from '@reddyfit/shared/scan/uploads';
import { type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { fewAtATime } from '../../platform/few-at-a-time.ts';
import { firestore } from '../../platform/firestore.ts';
import { logs } from '../../platform/logs.ts';
import { deletePhotos, keepPhotos } from './photo-bucket.ts';

/**
 * An upload is swept only so long after its expiry (ms): its URLs are signed a little later than it was recorded, and a clock
 * may be behind.
 */
const SLACK_MS = 60_000;

/** How many uploads are read at once, settled side by side, and settled in one run. */
const PAGE = 200;
const AT_ONCE = 10;
const MOST = 5000;

/** How many uploads were settled: those whose photos were deleted, and those whose photos a completed scan keeps. */
export interface SweptUploads {
  photosDeleted: number;
  photosKept: number;
}

/**
 * One run over the uploads whose URLs have expired. Photos of a scan that ended without a result, was deleted, or was never
 * submitted are deleted, even if they arrived after the other photos had been deleted. Photos of a completed scan are taken out
 * of reach of the bucket's lifecycle rule. Photos of a running scan wait for its end. Safe to repeat and to run twice at once.
 * An upload that cannot be settled is logged and left to the next run.
 */
export async function sweepUploads(now: Date): Promise<SweptUploads> {
  const found: SweptUploads = { photosDeleted: 0, photosKept: 0 };
  let looked = 0;
  for await (const uploads of expiredUploads(now)) {
    const outcomes = await Promise.all(uploads.map((upload) => settle(upload, now)));
    for (const outcome of outcomes) if (outcome !== 'waits') found[outcome] += 1;
    looked += uploads.length;
    if (looked >= MOST) break;
  }
  return found;
}

function expiredUploads(now: Date): AsyncGenerator<QueryDocumentSnapshot[]> {
  const query = firestore()
    .collectionGroup(paths.allUploads())
    .where('expiresAt', '<=', Timestamp.fromMillis(now.getTime() - SLACK_MS))
    .orderBy('expiresAt');
  return fewAtATime(query, { page: PAGE, atOnce: AT_ONCE });
}

async function settle(upload: QueryDocumentSnapshot, now: Date): Promise<keyof SweptUploads | 'waits'> {
  const scanId = upload.id;
  const uid = upload.ref.parent.parent!.id;
  try {
    const fate = SCAN_ID_PATTERN.test(scanId) ? await fateOf(uid, scanId, upload, now) : 'waits';
    if (fate === 'waits') return fate;
    await (fate === 'photosKept' ? keepPhotos(uid, scanId) : deletePhotos(uid, scanId));
    await upload.ref.delete();
    return fate;
  } catch (error) {
    logs.sweepTroubled(scanId, error);
    return 'waits';
  }
}

async function fateOf(uid: string, scanId: string, upload: QueryDocumentSnapshot, now: Date) {
  const db = firestore();
  const [document, auditLog] = await db.getAll(db.doc(paths.scan(scanId)), db.doc(paths.auditLog(scanId)));
  const scan = document!.data() as Scan | undefined;
  if (scan?.userId === uid) {
    if (!isTerminal(scan.status)) return 'waits';
    return scan.status === 'completed' ? 'photosKept' : 'photosDeleted';
  }
  // When there is an audit chain but no document, the scan was deleted. When there is neither, the user may be about to submit.
  const until = (upload.get('expiresAt') as Timestamp).toMillis() + SUBMIT_WITHIN_MS;
  return auditLog!.exists || now.getTime() >= until ? 'photosDeleted' : 'waits';
}
