/**
 * Trigger: records a change of consent. When a user withdraws the consent to the analysis, it cancels their scans under way.
 */

import { paths } from '@reddyfit/shared/names/paths';
import { retryableSteps, type Scan } from '@reddyfit/shared/scan/document';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { onDocumentWritten } from 'firebase-functions/v2/firestore';
import { cancelScanWorkflow, cancelStepRetry } from '../scans/ending/cancel-scan-workflow.ts';
import { recordConsent } from '../accounts/consent-audit.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { temporal } from '../platform/temporal.ts';

const UNDER_WAY: ScanStatus[] = ['submitted', 'queued', 'processing'];

/**
 * Records the change in the user's audit chain. After a withdrawal it also cancels every workflow about those of the user's
 * scans that were created before it, steps that run again included; scans created after a new consent go on. A workflow that
 * has not started need not be stopped: admission and the first step check the consent themselves. Throws when Firestore or
 * Temporal cannot be reached, so that the event is delivered again; recording or canceling twice changes nothing.
 */
export const onConsentWritten = onDocumentWritten(
  { document: 'users/{uid}/consents/{purpose}', retry: true, timeoutSeconds: 60, memory: '512MiB' },
  async ({ params: { uid, purpose }, data, time }) => {
    await recordConsent(firestore(), { uid, purpose, after: data?.after, time });
    if (purpose !== SCAN_CONSENT || data?.after.get('granted') === true) return;
    const scans = (statuses: ScanStatus[]) =>
      firestore()
        .collection(paths.scans())
        .where('userId', '==', uid)
        .where('status', 'in', statuses)
        .where('createdAt', '<=', new Date(time))
        // The index has this order.
        .orderBy('createdAt', 'desc');
    const [underWay, completed] = await Promise.all([
      scans(UNDER_WAY).select().get(),
      scans(['completed']).select('steps').get(),
    ]);
    for (const { id } of underWay.docs) {
      const running = await cancelScanWorkflow(temporal(), id);
      logs.scanCanceledByWithdrawal(id, running);
    }
    for (const scan of completed.docs) {
      for (const step of retryableSteps(scan.get('steps') as Scan['steps'])) {
        if (await cancelStepRetry(temporal(), scan.id, step)) logs.scanCanceledByWithdrawal(scan.id, true);
      }
    }
  },
);
