/** The functions that are deployed, one file each. */

export { addWebhook } from './callables/add-webhook.ts';
export { api } from './http/api.ts';
export { cancelScan } from './callables/cancel-scan.ts';
export { deleteMyAccount } from './callables/delete-my-account.ts';
export { deleteScan } from './callables/delete-scan.ts';
export { disableWebhook } from './callables/disable-webhook.ts';
export { enableWebhook } from './callables/enable-webhook.ts';
export { exportMyData } from './callables/export-my-data.ts';
export { grantCredits } from './callables/grant-credits.ts';
export { listWebhookDeliveries } from './callables/list-webhook-deliveries.ts';
export { listWebhooks } from './callables/list-webhooks.ts';
export { onConsentWritten } from './triggers/on-consent-written.ts';
export { onDeviceWritten } from './triggers/on-device-written.ts';
export { onScanCreated } from './triggers/on-scan-created.ts';
export { onScanEvent } from './triggers/on-scan-event.ts';
export { onUserDeleted } from './triggers/on-user-deleted.ts';
export { pruneDevices } from './triggers/prune-devices.ts';
export { redeliverWebhook } from './callables/redeliver-webhook.ts';
export { registerDevice } from './callables/register-device.ts';
export { requestScanUpload } from './callables/request-scan-upload.ts';
export { retryScanStep } from './callables/retry-scan-step.ts';
export { rotateWebhookSecret } from './callables/rotate-webhook-secret.ts';
export { sweepScans } from './triggers/sweep-scans.ts';
export { sweepSignIns } from './triggers/sweep-sign-ins.ts';
export { testWebhook } from './callables/test-webhook.ts';
export { unregisterDevice } from './callables/unregister-device.ts';
