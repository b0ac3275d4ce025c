/** Trigger: a new scan document is admitted and its workflow started. */

import { onDocumentCreated } from 'firebase-functions/v2/firestore';
import { admit } from './admission.ts';
import { config } from './config.ts';
import { firestore } from './firestore.ts';
import { logs } from './logs.ts';
import { startScan } from './start-scan.ts';
import { type TemporalClient, temporalClient } from './temporal-client.ts';

let temporal: TemporalClient | undefined;

/**
 * Returns when the scan is started or has ended; throws when neither was possible, so that the event is delivered
 * again. A redelivery of any age, order or number starts one workflow and reserves one credit.
 */
export const onScanCreated = onDocumentCreated(
  { document: 'scans/{scanId}', retry: true, timeoutSeconds: 60, memory: '512MiB' },
  async ({ params: { scanId }, time }) => {
    const settings = config();
    temporal ??= temporalClient(settings.temporal);
    temporal.warm();

    const admission = await admit(
      firestore(),
      { scanId, eventTime: new Date(time), now: new Date() },
      settings,
    );
    if (admission.outcome === 'ignored') return logs.scanLeftAlone(scanId, admission.reason);
    if (admission.outcome === 'refused') return logs.scanRefused(scanId, admission.code);

    try {
      await startScan(temporal, settings.temporal.taskQueue, admission.input);
    } catch (error) {
      logs.startFailed(scanId, error);
      throw error;
    }
    logs.scanStarted(scanId, admission.again);
  },
);
