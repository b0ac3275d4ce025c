/** The functions that are deployed, one file each. */

export { api } from './api.ts';
export { onConsentWritten } from './on-consent-written.ts';
export { onDeviceWritten } from './on-device-written.ts';
export { onScanCreated } from './on-scan-created.ts';
export { requestScanUpload } from './request-scan-upload.ts';
