/** The functions that are deployed, one file each. */

export { onScanCreated } from './on-scan-created.ts';
export { requestScanUpload } from './request-scan-upload.ts';
