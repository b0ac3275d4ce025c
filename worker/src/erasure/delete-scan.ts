/** Deletes one scan that has ended: photos, memories, document. Its audit chain stays, and says who deleted it. */

import type { DeleteScanInput } from '@reddyfit/shared/temporal/workflows';
import { continueAsNew, patched, sleep } from '@temporalio/workflow';
import { cancelScanWorkflows, deleteScanDocument, forgetScan, scanWorkflowOpen } from './activity-proxies.ts';
import { auditLog, deleteImages } from '../scan/activity-proxies.ts';

/** How long until workflows about the scan are looked at again (ms): doubling from the first to the last. */
const PAUSE_MS = { first: 5000, last: 15 * 60_000 } as const;

/** Looks in one run: a history has an end, a workflow that still announces the scan's end may take a day. */
const LOOKS_PER_RUN = 50;

/**
 * First every workflow about the scan is asked to cancel: a step that runs again, or the news of its end. The document goes last, so
 * that whoever looks before sees a scan and not a part of one. A workflow that does not end at once may still be about to remember
 * the scan; then what it left is deleted again once it has closed, which takes a day at most.
 */
export async function deleteScanWorkflow({ scanId, userId, looks }: DeleteScanInput): Promise<void> {
  const ref = { scanId, userId };
  const forget = () => Promise.all([deleteImages(ref), forgetScan(ref)]);

  if (looks === undefined) {
    if (patched('cancel-first')) await cancelScanWorkflows({ scanId });
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
  }

  // One that waits since before it learned to continue goes on in the same history.
  const mayContinue = patched('continues');
  for (let look = looks ?? 0; await scanWorkflowOpen({ scanId }); look += 1) {
    if (mayContinue && look > 0 && look % LOOKS_PER_RUN === 0 && look !== looks)
      await continueAsNew<typeof deleteScanWorkflow>({ scanId, userId, looks: look });
    await sleep(Math.min(PAUSE_MS.last, PAUSE_MS.first * 2 ** look));
  }
  await forget();
}
