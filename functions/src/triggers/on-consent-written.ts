/** Trigger: a change of consent is recorded, and whoever withdraws that to the analysis has the scans under way canceled. */

import { paths } from '@reddyfit/shared/names/paths';
import { retryableSteps, type Scan } from '@reddyfit/shared/scan/document';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { onDocumentWritten } from 'firebase-functions/v2/firestore';
import { cancelScanWorkflow, cancelStepRetry } from '../scans/cancel-scan-workflow.ts';
import { recordConsent } from '../accounts/consent-audit.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { temporal } from '../platform/temporal.ts';

const UNDER_WAY: ScanStatus[] = ['submitted', 'queued', 'processing'];

/**
 * Records the change in the user's audit chain. After a withdrawal it then cancels every workflow about the user's scans that were created before
 * it, steps that run again included; scans created after a new consent go on. It need not stop a workflow that has not started: admission and
 * the first step look at the consent themselves. Throws when Firestore or Temporal cannot be reached, so that the event is delivered again;
 * to record or cancel twice changes nothing.
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
        // As the index has it.
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
