/** The functions that are deployed, one file each. */

export { api } from './api.ts';
export { cancelScan } from './cancel-scan.ts';
export { deleteMyAccount } from './delete-my-account.ts';
export { deleteScan } from './delete-scan.ts';
export { exportMyData } from './export-my-data.ts';
export { grantCredits } from './grant-credits.ts';
export { onConsentWritten } from './on-consent-written.ts';
export { onDeviceWritten } from './on-device-written.ts';
export { onScanCreated } from './on-scan-created.ts';
export { pruneDevices } from './prune-devices.ts';
export { registerDevice } from './register-device.ts';
export { requestScanUpload } from './request-scan-upload.ts';
export { sweepScans } from './sweep-scans.ts';
export { unregisterDevice } from './unregister-device.ts';
