/** Trigger: a new scan document is admitted and its workflow started. */

import { onDocumentCreated } from 'firebase-functions/v2/firestore';
import { beginScan } from './begin-scan.ts';

/**
 * Returns when the scan is started or has ended; throws when neither was possible, so that the event is delivered
 * again. A redelivery of any age, order or number starts one workflow and reserves one credit.
 */
export const onScanCreated = onDocumentCreated(
  { document: 'scans/{scanId}', retry: true, timeoutSeconds: 60, memory: '512MiB' },
  async ({ params: { scanId }, time }) => {
    await beginScan({
      scanId,
      eventTime: new Date(time),
      now: new Date(),
      actor: 'function:onScanCreated',
    });
  },
);
