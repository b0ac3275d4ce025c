/** Compares the photos that arrived with what the client says that it sent, so that a cut or empty upload costs no credit. */

import { createHash } from 'node:crypto';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { type Angle, ANGLES } from '@reddyfit/shared/scan/photos';
import { type DeclaredUploads, declaredUploads } from '@reddyfit/shared/scan/uploads';
import type { File } from '@google-cloud/storage';
import type { Firestore } from 'firebase-admin/firestore';
import { photoBucket } from '../uploads/photo-bucket.ts';
import { isDocumentId } from './scan-request.ts';

/** HTTP's status for an object that does not exist. */
const NOT_FOUND = 404;

/**
 * Finds the first photo, in the order of ANGLES, that is not what `uploads` of scans/{scanId} says, and resolves with
 * UploadMismatchError.missing, .bytes or .sha256, with the field's name. Resolves with undefined when all photos match, when
 * the scan says nothing of its uploads, when its status is no longer `submitted`, or when `uploads` is malformed, which
 * admission then refuses by the field's name. Photos are written once, so the answer stays the same. Throws when the bucket
 * does not answer, so that the event comes again.
 */
export async function compareUploads(db: Firestore, scanId: string): Promise<ScanPipelineError | undefined> {
  const scan = await db.doc(paths.scan(scanId)).get();
  const { success, data: declared } = declaredUploads.safeParse(scan.get('uploads'));
  const userId: unknown = scan.get('userId');
  if (!success || scan.get('status') !== 'submitted') return undefined;
  if (typeof userId !== 'string' || !isDocumentId(userId)) return undefined;
  const bucket = await photoBucket();
  const faults = await Promise.all(
    ANGLES.map((angle) => faultOf(bucket.file(objects.photo(userId, scanId, angle)), angle, declared)),
  );
  return faults.find((fault) => fault !== undefined);
}

async function faultOf(
  photo: File,
  angle: Angle,
  { [angle]: declared }: DeclaredUploads,
): Promise<ScanPipelineError | undefined> {
  const field = `uploads.${angle}`;
  try {
    const found = Number((await photo.getMetadata())[0].size);
    if (found !== declared.bytes) {
      const params = { angle, field: `${field}.bytes`, declared: declared.bytes, found };
      return new ScanPipelineError('UploadMismatchError.bytes', { params });
    }
    // The photo has to be read: Cloud Storage keeps MD5 and CRC32C checksums, while the libraries of phones compute SHA-256.
    const hash = createHash('sha256');
    for await (const chunk of photo.createReadStream()) hash.update(chunk as Uint8Array);
    if (hash.digest('hex') === declared.sha256) return undefined;
    return new ScanPipelineError('UploadMismatchError.sha256', {
      params: { angle, field: `${field}.sha256` },
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== NOT_FOUND) throw error;
    return new ScanPipelineError('UploadMismatchError.missing', { params: { angle, field } });
  }
}
