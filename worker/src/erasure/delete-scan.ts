/** Deletes one scan that has ended: its photos, memories and document. Its audit chain stays and records who deleted it. */

import type { DeleteScanInput } from '@reddyfit/shared/temporal/workflows';
import { continueAsNew, patched, sleep } from '@temporalio/workflow';
import { cancelScanWorkflows, deleteScanDocument, forgetScan, scanWorkflowOpen } from './activity-proxies.ts';
import { auditLog, deleteImages } from '../scan/activity-proxies.ts';

/** Pause between two checks for open workflows about the scan (ms). It doubles from `first` up to `last`. */
const PAUSE_MS = { first: 5000, last: 15 * 60_000 } as const;

/** Checks per run. A history is limited in length, and a workflow that still announces the scan's end may take a day. */
const LOOKS_PER_RUN = 50;

/**
 * First asks every workflow about the scan to cancel: a retry of a step, or the announcement of the scan's end. The
 * document is deleted last, so that a reader sees either the scan or nothing, and not a part of it. A workflow that
 * does not end at once may still be about to remember the scan. What it leaves is deleted again once it has closed,
 * which takes a day at most.
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

  // A workflow that began before this patch continues in the same history.
  const mayContinue = patched('continues');
  for (let look = looks ?? 0; await scanWorkflowOpen({ scanId }); look += 1) {
    if (mayContinue && look > 0 && look % LOOKS_PER_RUN === 0 && look !== looks)
      await continueAsNew<typeof deleteScanWorkflow>({ scanId, userId, looks: look });
    await sleep(Math.min(PAUSE_MS.last, PAUSE_MS.first * 2 ** look));
  }
  await forget();
}
