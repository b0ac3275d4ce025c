/** Finds a scan of its owner, and the owner of a scan. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { Firestore } from 'firebase-admin/firestore';
import { CallError } from '../platform/call-error.ts';

/**
 * The user's scan. Throws ScanNotFoundError when there is no such scan, and also when it is somebody else's, so
 * that nobody learns that it exists.
 */
export async function ownScan(db: Firestore, uid: string, scanId: string): Promise<Scan> {
  const scan = (await db.doc(paths.scan(scanId)).get()).data() as Scan | undefined;
  if (scan?.userId !== uid) throw new CallError('ScanNotFoundError');
  return scan;
}

/** The field `userId` of the scan's document, which somebody may have broken. Throws ScanNotFoundError. */
export async function ownerOf(db: Firestore, scanId: string): Promise<unknown> {
  const [scan] = await db.getAll(db.doc(paths.scan(scanId)), { fieldMask: ['userId'] });
  if (!scan?.exists) throw new CallError('ScanNotFoundError');
  return scan.get('userId');
}
