/** Reads what a client wrote into a scan document, and refuses what does not belong there. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { SCAN_ID_PATTERN } from '@reddyfit/shared/names/ids';
import { ANGLES, isOwnPhotoUrl, type PhotoUrls, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import {
  type CameraElevationAngles,
  oneWeight,
  submittedScan,
  weightBounds,
} from '@reddyfit/shared/scan/document';
import type { WaivableIssue } from '@reddyfit/shared/scan/results';
import { kgToLb, round } from '@reddyfit/shared/scan/measures';
import type { DeclaredUploads } from '@reddyfit/shared/scan/uploads';
import type { DocumentData } from 'firebase-admin/firestore';
import { z } from 'zod';

/** A scan as the client asked for it, checked, with its photos in gs:// form. */
export interface ScanRequest {
  userId: string;
  photoUrls: PhotoUrls;
  /** Body weight (lb). */
  weightLb: number;
  /** The body weight (kg) when the client sent kilograms; undefined when it sent pounds. */
  weightKg: number | undefined;
  /** Reasons for a rejection that the scan lets pass; usually none. */
  without: WaivableIssue[];
  /** How far above the horizon the camera looked at each photo (degrees); undefined when the client does not say. */
  cameraElevationAngles: CameraElevationAngles | undefined;
  createdAt: Date;
  /** What the client says that it uploaded; undefined when it says nothing. */
  uploads: DeclaredUploads | undefined;
}

/**
 * What Firestore accepts as a document id: a user's documents have the user's id. Firebase Auth counts its 128 characters as
 * JavaScript does, some as two.
 */
const DOCUMENT_ID = /^(?!\.{1,2}$)(?!__.*__$)[^/\p{Cc}\p{Cs}]{1,128}$/u;

/** True for text that can name a document, and so a user. */
export function isDocumentId(text: string): boolean {
  return text.length <= 128 && DOCUMENT_ID.test(text);
}

/** An id of which paths are made. */
export const documentId = z.string().refine(isDocumentId);

const unreadable = (field: string) => new ScanPipelineError('InvalidScanError.field', { params: { field } });

/** The field of an issue: a name of the contract, or the first 64 characters of one that the client made up. */
function fieldOf(issue: z.core.$ZodIssue): string {
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...extra].join('.').slice(0, 64) || 'the document';
}

/** The fields of a scan as its client wrote them, without those that the server has added since, for parseScanRequest. */
export function asSubmitted(fields: DocumentData): DocumentData {
  const { userId, photoUrls, weightLb, weightKg, uploads, cameraElevationAngles, without, createdAt } =
    fields;
  const weight = weightKg === undefined ? { weightLb } : { weightKg };
  const optional = {
    ...(uploads && { uploads }),
    ...(cameraElevationAngles !== undefined && { cameraElevationAngles }),
    ...(without !== undefined && { without }),
  };
  return { userId, photoUrls, ...weight, ...optional, createdAt, status: 'submitted' };
}

/**
 * Parses the fields of `scans/<scanId>`. Throws ScanPipelineError: InvalidScanError naming the first bad field,
 * PhotoNotOwnedError naming the photo, unless it is all four. Messages quote no value.
 */
export function parseScanRequest(scanId: string, fields: unknown, bucket: string): ScanRequest {
  if (!SCAN_ID_PATTERN.test(scanId)) throw unreadable('the scan id');
  const parsed = submittedScan.safeParse(fields);
  if (!parsed.success) {
    const field = fieldOf(parsed.error.issues[0]!);
    if (field === 'weightLb' || field === 'weightKg')
      throw new ScanPipelineError('InvalidScanError.weight', { params: weightBounds(field) });
    throw unreadable(field);
  }
  if (oneWeight(parsed.data)) throw new ScanPipelineError('InvalidScanError.one_weight');
  const { userId, photoUrls, weightKg, cameraElevationAngles, without, createdAt, uploads } = parsed.data;
  const weightLb = parsed.data.weightLb ?? round(kgToLb(weightKg!), 2);
  if (!isDocumentId(userId)) throw unreadable('userId');
  const foreign = ANGLES.filter((angle) => !isOwnPhotoUrl(photoUrls[angle], bucket, userId, scanId, angle));
  // Where none is of this folder it is the folder that is wrong, and no single photo.
  if (foreign.length === ANGLES.length) throw new ScanPipelineError('PhotoNotOwnedError');
  if (foreign.length > 0) {
    throw new ScanPipelineError('PhotoNotOwnedError.photo', { params: { angle: foreign[0]! } });
  }
  return {
    userId,
    photoUrls: photoUrlsOf(bucket, userId, scanId),
    weightLb,
    weightKg,
    without: without ?? [],
    cameraElevationAngles,
    createdAt: new Date(createdAt.toMillis()),
    uploads,
  };
}
