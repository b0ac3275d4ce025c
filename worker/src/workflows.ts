/** The workflows in the worker's workflow bundle. */

export { announceScanWorkflow } from './scan/announce-scan.ts';
export { archiveHistoriesWorkflow } from './archive/archive-histories.ts';
export { checkAuditWorkflow } from './audit/check-audit-workflow.ts';
export { dailyScanWorkflow } from './scan/daily-scan.ts';
export { deleteAccountWorkflow } from './erasure/delete-account.ts';
export { deleteScanWorkflow } from './erasure/delete-scan.ts';
export { expireExportWorkflow, exportDataWorkflow } from './erasure/export-data.ts';
export { retryStepWorkflow } from './scan/retry-step.ts';
export { scanWebhooksWorkflow } from './webhooks/scan-webhooks.ts';
export { verifyAuditWorkflow } from './audit/verify-audit-workflow.ts';
export { webhookDeliveryWorkflow } from './webhooks/webhook-delivery.ts';
