/** Callable: runs a failed step of the user's own, completed scan again. */

import { type RetryScanStepResponse, retryScanStepRequest } from '@reddyfit/shared/api/callables';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { ownScan } from '../scans/own-scan.ts';
import { retryStepFor } from '../scans/retry-step.ts';

/**
 * `{scanId, step}` → `{scanId, step, state}`; see retryStepFor. Errors: ScanNotFoundError, StepNotRetryableError, UnavailableError,
 * and those of every callable.
 */
export const retryScanStep = callable({
  name: 'retryScanStep',
  for: 'user',
  request: retryScanStepRequest,
  // Each retry may ask the model three times, and the user pays nothing for it.
  rate: { max: 10, perSeconds: 600 },
  options: { memory: '512MiB', timeoutSeconds: 60 },
  handle: async ({ uid, request: { scanId, step }, now }): Promise<RetryScanStepResponse> => {
    const db = firestore();
    return retryStepFor(db, scanId, await ownScan(db, uid, scanId), step, { actor: `user:${uid}`, now });
  },
});
