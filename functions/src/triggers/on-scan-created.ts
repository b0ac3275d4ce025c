/** Trigger: admits the scan of a new document and starts its workflow. */

import { onDocumentCreated } from 'firebase-functions/v2/firestore';
import { SCAN_ID_ATTRIBUTE } from '@reddyfit/shared/temporal/traces';
import { beginScan } from '../scans/begin-scan.ts';
import { traced } from '../platform/tracing.ts';

/**
 * Returns when the scan is started or has ended; throws when neither was possible, so that the event is delivered
 * again. A redelivery of any age, order or number starts one workflow and reserves one credit.
 */
export const onScanCreated = onDocumentCreated(
  { document: 'scans/{scanId}', retry: true, timeoutSeconds: 60, memory: '512MiB' },
  async ({ data, params: { scanId }, time }) => {
    // A scan that was requested over HTTP carries the trace of its request.
    const parent: unknown = data?.get('traceparent');
    const attributes = { [SCAN_ID_ATTRIBUTE]: scanId };
    await traced('onScanCreated', { kind: 'consumer', parent, attributes }, () =>
      beginScan({ scanId, eventTime: new Date(time), now: new Date(), actor: 'function:onScanCreated' }),
    );
  },
);
