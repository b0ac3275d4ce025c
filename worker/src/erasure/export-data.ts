/** Collects all data of a user in one file, and deletes the file after the link to it has expired. */

import type { ExportedData, UserInput } from '@reddyfit/shared/temporal/workflows';
import { ParentClosePolicy, sleep, startChild } from '@temporalio/workflow';
import { deleteExport, exportUserData } from './activity-proxies.ts';

/** How long an export stays in the bucket. The link to it expires after 15 min. */
const EXPORT_KEPT = '30m';

/**
 * Writes the export and resolves with its location. A later export of the same user restarts the time until the file is
 * deleted.
 */
export async function exportDataWorkflow({ userId }: UserInput): Promise<ExportedData> {
  const exported = await exportUserData({ userId });
  await startChild(expireExportWorkflow, {
    workflowId: `expire-export-${userId}`,
    args: [{ userId }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    workflowIdReusePolicy: 'TERMINATE_IF_RUNNING',
  });
  return exported;
}

/** Deletes the export after its time. */
export async function expireExportWorkflow({ userId }: UserInput): Promise<void> {
  await sleep(EXPORT_KEPT);
  await deleteExport({ userId });
}
