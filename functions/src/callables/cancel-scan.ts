/** Callable: cancels a scan of the user's own. */

import { type CancelScanResponse, scanIdRequest } from '@reddyfit/shared/api/callables';
import { callable } from '../platform/callable.ts';
import { cancelScanFor } from '../scans/ending/cancel-scan.ts';
import { firestore } from '../platform/firestore.ts';
import { ownScan } from '../scans/own-scan.ts';

/**
 * `{scanId}` → `{scanId, status}`; see cancelScanFor. Errors: ScanNotFoundError, ScanUnreadableError, UnavailableError, and
 * those of every callable.
 */
export const cancelScan = callable({
  name: 'cancelScan',
  for: 'user',
  request: scanIdRequest,
  rate: { max: 30, perSeconds: 60 },
  options: { memory: '512MiB', timeoutSeconds: 60 },
  handle: async ({ uid, request: { scanId }, now }): Promise<CancelScanResponse> => {
    const db = firestore();
    return cancelScanFor(db, scanId, await ownScan(db, uid, scanId), { actor: `user:${uid}`, now });
  },
});
