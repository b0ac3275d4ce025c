/** What the worker's workflow bundle contains. */

export { announceScanWorkflow } from './announce-scan.ts';
export { archiveHistoriesWorkflow } from './archive-histories.ts';
export { dailyScanWorkflow } from './daily-scan.ts';
export { deleteAccountWorkflow } from './delete-account.ts';
export { deleteScanWorkflow } from './delete-scan.ts';
export { expireExportWorkflow, exportDataWorkflow } from './export-data.ts';
export { retryStepWorkflow } from './retry-step.ts';
export { verifyAuditWorkflow } from './verify-audit.ts';
export { webhookDeliveryWorkflow } from './webhook-delivery.ts';
