/** Trigger: a change of consent is recorded, and whoever withdraws that to the analysis has the scans under way canceled. */

import { paths } from '@reddyfit/shared/names/paths';
import type { ScanStatus } from '@reddyfit/shared/scan/statuses';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { onDocumentWritten } from 'firebase-functions/v2/firestore';
import { cancelScanWorkflow } from '../scans/cancel-scan-workflow.ts';
import { recordConsent } from '../accounts/consent-audit.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { temporal } from '../platform/temporal.ts';

const UNDER_WAY: ScanStatus[] = ['submitted', 'queued', 'processing'];

/**
 * Records the change in the user's audit chain, then cancels the scans created before the withdrawal; one that was granted
 * anew since keeps those created after. A scan whose workflow has not started is stopped by admission, or by its first step,
 * which both look at the consent. Throws when Firestore or Temporal cannot be reached, so that the event is delivered again;
 * to record or cancel twice changes nothing.
 */
export const onConsentWritten = onDocumentWritten(
  { document: 'users/{uid}/consents/{purpose}', retry: true, timeoutSeconds: 60, memory: '512MiB' },
  async ({ params: { uid, purpose }, data, time }) => {
    await recordConsent(firestore(), { uid, purpose, after: data?.after, time });
    if (purpose !== SCAN_CONSENT || data?.after.get('granted') === true) return;
    const scans = await firestore()
      .collection(paths.scans())
      .where('userId', '==', uid)
      .where('status', 'in', UNDER_WAY)
      .where('createdAt', '<=', new Date(time))
      // As the index has it.
      .orderBy('createdAt', 'desc')
      .select()
      .get();
    for (const { id } of scans.docs) {
      const running = await cancelScanWorkflow(temporal(), id);
      logs.scanCanceledByWithdrawal(id, running);
    }
  },
);
