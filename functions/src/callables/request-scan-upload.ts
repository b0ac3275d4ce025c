/** Callable: hands out a scan id and four signed URLs for its photos. */

import { randomUUID } from 'node:crypto';
import { requestScanUploadRequest, type RequestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { PAUSED_RETRY_AFTER_SECONDS } from '@reddyfit/shared/operator/admission';
import { UPLOAD_URL_LIFETIME_MS } from '@reddyfit/shared/scan/uploads';
import { userExists } from '../accounts/sign-ins.ts';
import { CallError } from '../platform/call-error.ts';
import { callable } from '../platform/callable.ts';
import { config } from '../platform/config.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { isAdmissionPaused } from '../scans/admission/admission-pause.ts';
import { photoBucket } from '../scans/uploads/photo-bucket.ts';
import { signUploads } from '../scans/uploads/signed-uploads.ts';
import { beginUpload, renewUpload } from '../scans/uploads/uploads.ts';

/**
 * `{scanId?, contentType?, contentTypes?}` → `{scanId, photoUrls, uploads}`. Photos that do not become a scan within 35 minutes
 * are deleted. With the `scanId` of an upload that was begun: new URLs for the same photos, and 35 minutes from now. Errors:
 * UploadNotFoundError, AdmissionPausedError (`retryAfterSeconds`), AccountDeletionError, AgeNotAllowedError, NoBodyFatError,
 * TooManyUploadsError (`retryAfterSeconds`), SignInRequiredError also for a token whose user was deleted, and those of every
 * callable.
 */
export const requestScanUpload = callable({
  name: 'requestScanUpload',
  for: 'user',
  request: requestScanUploadRequest,
  rate: { max: 60, perSeconds: 60 },
  options: { memory: '256MiB', timeoutSeconds: 30 },
  handle: async ({
    uid,
    request: { scanId: begunBefore, contentType, contentTypes },
    now,
  }): Promise<RequestScanUploadResponse> => {
    // An ID token stays valid for up to an hour after its user was deleted.
    const [exists, paused] = await Promise.all([userExists(uid), isAdmissionPaused(firestore())]);
    if (!exists) throw new CallError('SignInRequiredError');
    // The upload is refused before another photo leaves the phone, since its scan would be refused.
    if (paused) {
      const details = { retryAfterSeconds: PAUSED_RETRY_AFTER_SECONDS };
      throw new CallError('AdmissionPausedError', { details });
    }
    const scanId = begunBefore ?? randomUUID();
    const expires = new Date(now.getTime() + UPLOAD_URL_LIFETIME_MS);
    const { maxOpenUploads: max, leastAge } = config();
    const upload = { uid, scanId, now, expiresAt: expires, max, leastAge };
    const begun = await (begunBefore ? renewUpload : beginUpload)(firestore(), upload).catch(asCallError);
    if (begun.outcome === 'no such upload') throw new CallError('UploadNotFoundError');
    if (begun.outcome === 'account is being deleted') throw new CallError('AccountDeletionError');
    if (begun.outcome === 'too many') {
      const { retryAfterSeconds } = begun;
      throw new CallError('TooManyUploadsError', { details: { retryAfterSeconds, max } });
    }
    const response = await signUploads(await photoBucket(), {
      uid,
      scanId,
      contentTypeOf: (angle) => contentTypes[angle] ?? contentType,
      now,
      expires,
    });
    logs.uploadPrepared(scanId);
    return response;
  },
});

function asCallError(error: unknown): never {
  if (!(error instanceof ScanPipelineError)) throw error;
  if (error.code === 'NoBodyFatError') throw new CallError('NoBodyFatError.pregnancy');
  if (error.code !== 'AgeNotAllowedError') throw error;
  throw new CallError('AgeNotAllowedError.age', { params: error.params });
}
