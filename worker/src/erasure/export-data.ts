/** Collects everything a user has into one file, and deletes the file when its link no longer holds. */

import type { ExportedData, UserInput } from '@reddyfit/shared/temporal/workflows';
import { ParentClosePolicy, sleep, startChild } from '@temporalio/workflow';
import { deleteExport, exportUserData } from './activity-proxies.ts';

/** How long an export lies in the bucket: the link to it holds for 15 min. */
const EXPORT_KEPT = '30m';

/** Writes the file and says where. A later export puts off the end of the file. */
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

/** Deletes the file after its time. */
export async function expireExportWorkflow({ userId }: UserInput): Promise<void> {
  await sleep(EXPORT_KEPT);
  await deleteExport({ userId });
}
