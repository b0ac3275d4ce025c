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
