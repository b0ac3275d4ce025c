/** A scan as its owner may reach it. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { Firestore } from 'firebase-admin/firestore';
import { CallError } from '../platform/call-error.ts';

/** The user's scan. Throws ScanNotFoundError when there is none, or it is somebody else's: nobody learns which. */
export async function ownScan(db: Firestore, uid: string, scanId: string): Promise<Scan> {
  const scan = (await db.doc(paths.scan(scanId)).get()).data() as Scan | undefined;
  if (scan?.userId !== uid) throw new CallError('ScanNotFoundError');
  return scan;
}

/** Whose scan it is. Throws ScanNotFoundError. */
export async function ownerOf(db: Firestore, scanId: string): Promise<string> {
  const [scan] = await db.getAll(db.doc(paths.scan(scanId)), { fieldMask: ['userId'] });
  const userId = scan?.get('userId') as string | undefined;
  if (userId === undefined) throw new CallError('ScanNotFoundError');
  return userId;
}
