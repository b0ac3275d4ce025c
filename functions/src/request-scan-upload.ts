/** Callable: a scan id and four signed URLs for its photos. */

import { randomUUID } from 'node:crypto';
import { requestScanUploadRequest, type RequestScanUploadResponse } from '@reddyfit/shared/callables';
import type { Storage } from '@google-cloud/storage';
import { HttpsError, onCall } from 'firebase-functions/v2/https';
import { config } from './config.ts';
import { logs } from './logs.ts';
import { signUploads } from './signed-uploads.ts';

let storage: Promise<Storage> | undefined;

async function openStorage(apiEndpoint: string | undefined): Promise<Storage> {
  const { Storage } = await import('@google-cloud/storage');
  return new Storage(apiEndpoint ? { apiEndpoint } : {});
}

/**
 * `{contentType?}` → `{scanId, photoUrls, uploads}`. Errors: `unauthenticated` without a signed-in user,
 * `invalid-argument` naming the field.
 */
export const requestScanUpload = onCall(
  { memory: '256MiB', timeoutSeconds: 30 },
  async ({ auth, data }): Promise<RequestScanUploadResponse> => {
    if (!auth) throw new HttpsError('unauthenticated', 'Sign in to start a scan.');
    const request = requestScanUploadRequest.safeParse(data ?? {});
    if (!request.success) {
      const issue = request.error.issues[0]!;
      const field = issue.code === 'unrecognized_keys' ? issue.keys[0]!.slice(0, 64) : issue.path.join('.');
      throw new HttpsError('invalid-argument', `${field || 'data'} is not allowed here.`, {
        field: field || 'data',
      });
    }
    const { bucket, storageApiEndpoint } = config();
    storage ??= openStorage(storageApiEndpoint);
    const scanId = randomUUID();
    const response = await signUploads(await storage, {
      bucket,
      uid: auth.uid,
      scanId,
      contentType: request.data.contentType,
      now: new Date(),
    });
    logs.uploadPrepared(scanId);
    return response;
  },
);
