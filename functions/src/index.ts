/** The functions that are deployed, one file each. */

export { addWebhook } from './add-webhook.ts';
export { api } from './api.ts';
export { cancelScan } from './cancel-scan.ts';
export { deleteMyAccount } from './delete-my-account.ts';
export { deleteScan } from './delete-scan.ts';
export { disableWebhook } from './disable-webhook.ts';
export { enableWebhook } from './enable-webhook.ts';
export { exportMyData } from './export-my-data.ts';
export { grantCredits } from './grant-credits.ts';
export { listWebhookDeliveries } from './list-webhook-deliveries.ts';
export { listWebhooks } from './list-webhooks.ts';
export { onConsentWritten } from './on-consent-written.ts';
export { onDeviceWritten } from './on-device-written.ts';
export { onScanCreated } from './on-scan-created.ts';
export { onScanEvent } from './on-scan-event.ts';
export { pruneDevices } from './prune-devices.ts';
export { redeliverWebhook } from './redeliver-webhook.ts';
export { registerDevice } from './register-device.ts';
export { requestScanUpload } from './request-scan-upload.ts';
export { retryScanStep } from './retry-scan-step.ts';
export { rotateWebhookSecret } from './rotate-webhook-secret.ts';
export { sweepScans } from './sweep-scans.ts';
export { testWebhook } from './test-webhook.ts';
export { unregisterDevice } from './unregister-device.ts';
