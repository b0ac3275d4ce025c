/** Callable: a scan id and four signed URLs for its photos. */

import { randomUUID } from 'node:crypto';
import { requestScanUploadRequest, type RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { callable } from '../platform/callable.ts';
import { logs } from '../platform/logs.ts';
import { photoBucket } from '../scans/photo-bucket.ts';
import { signUploads } from '../scans/signed-uploads.ts';

/** `{contentType?}` → `{scanId, photoUrls, uploads}`. Errors: those of every callable. */
export const requestScanUpload = callable({
  name: 'requestScanUpload',
  for: 'user',
  request: requestScanUploadRequest,
  rate: { max: 60, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 30 },
  handle: async ({ uid, request: { contentType }, now }): Promise<RequestScanUploadResponse> => {
    const scanId = randomUUID();
    const response = await signUploads(await photoBucket(), { uid, scanId, contentType, now });
    logs.uploadPrepared(scanId);
    return response;
  },
});
