/** Deletes one scan that has ended: photos, memories, document. Its audit chain stays, and says who deleted it. */

import type { DeleteScanInput } from '@reddyfit/shared/temporal/workflows';
import { sleep } from '@temporalio/workflow';
import { deleteScanDocument, forgetScan, scanWorkflowOpen } from './activity-proxies.ts';
import { auditLog, deleteImages } from '../scan/activity-proxies.ts';

/** How often a scan's own workflow, still announcing its end, is looked at. */
const LOOK_EVERY = '30s';

/**
 * The document goes last, so that whoever looks before sees a scan and not a part of one. A scan's own workflow may still be
 * about to remember it; then what it left is deleted again once it has closed, which takes a day at most.
 */
export async function deleteScanWorkflow({ scanId, userId }: DeleteScanInput): Promise<void> {
  const ref = { scanId, userId };
  const forget = () => Promise.all([deleteImages(ref), forgetScan(ref)]);

  const wasOpen = await scanWorkflowOpen({ scanId });
  await forget();
  await auditLog({
    scanId,
    record: {
      key: 'scan_deleted',
      at: new Date(Date.now()).toISOString(),
      actor: `user:${userId}`,
      action: 'scan_deleted',
      detail: {},
    },
  });
  await deleteScanDocument(ref);

  if (!wasOpen) return;
  while (await scanWorkflowOpen({ scanId })) await sleep(LOOK_EVERY);
  await forget();
}
