/** Records the uploads that a user begins, and refuses them to users who may not have a scan or have too many open. */

import { paths } from '@reddyfit/shared/names/paths';
import { refusePregnant, refuseTooYoung } from '../admission/scan-subject.ts';
import { SUBMIT_WITHIN_MS, type Upload } from '@reddyfit/shared/scan/uploads';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';

export interface UploadStart {
  uid: string;
  scanId: string;
  now: Date;
  /** When the URLs of the upload expire. */
  expiresAt: Date;
  /** How many uploads may be begun and not submitted at once. */
  max: number;
  /** Age (years) from which scans are made. */
  leastAge: number;
}

/** With `too many`, `retryAfterSeconds` says when the first of the open uploads expires and makes room (s). */
export type UploadOutcome =
  | { outcome: 'begun' }
  | { outcome: 'account is being deleted' }
  | { outcome: 'no such upload' }
  | { outcome: 'too many'; retryAfterSeconds: number };

/**
 * Records that the user begins an upload, before any URL is handed out. When no scan comes of it, sweepUploads deletes what was
 * uploaded. Idempotency key: the scan id, which must be new. The transaction also reads the account's deletion mark, so that no
 * upload begins after the mark. Throws ScanPipelineError AgeNotAllowedError, so that no photo leaves a child's phone, or
 * NoBodyFatError, so that none does of which no body fat can be given.
 */
export function beginUpload(db: Firestore, start: UploadStart): Promise<UploadOutcome> {
  const { uid, scanId, now, max } = start;
  const begun = db.collection(paths.uploads(uid)).where('submitted', '==', false);
  return db.runTransaction(async (tx): Promise<UploadOutcome> => {
    const [user, { docs }] = await Promise.all([tx.get(db.doc(paths.user(uid))), tx.get(begun)]);
    if (user.get('deletion')) return { outcome: 'account is being deleted' };
    refuseTooYoung(user.data(), now, start.leastAge);
    refusePregnant(user.data());

    const open = docs.filter((document) => expiryOf(document.data()) > now.getTime());
    const scans = open.length > 0 ? await tx.getAll(...open.map(({ id }) => db.doc(paths.scan(id)))) : [];
    const waiting = open.filter((_, index) => !scans[index]!.exists);
    if (waiting.length >= max) {
      const roomAt = Math.min(...waiting.map((document) => expiryOf(document.data())));
      return { outcome: 'too many', retryAfterSeconds: Math.ceil((roomAt - now.getTime()) / 1000) };
    }
    // Uploads whose scan was found are marked, so that their scans need not be read again at each new upload.
    for (const [index, { ref }] of open.entries())
      if (scans[index]!.exists) tx.update(ref, { submitted: true });
    const upload: Upload = { expiresAt: Timestamp.fromDate(start.expiresAt), submitted: false };
    tx.create(db.doc(paths.upload(uid, scanId)), upload);
    return { outcome: 'begun' };
  });
}

/**
 * Records that new URLs are handed out for an upload that was begun, so that its photos stay for longer. Idempotency key: the
 * scan id; a second call sets the later expiry. The outcome is `no such upload` for an upload that was submitted, or that
 * sweepUploads may be deleting. Throws ScanPipelineError AgeNotAllowedError or NoBodyFatError.
 */
export function renewUpload(db: Firestore, start: Omit<UploadStart, 'max'>): Promise<UploadOutcome> {
  const { uid, scanId, now, leastAge } = start;
  return db.runTransaction(async (tx): Promise<UploadOutcome> => {
    const [user, upload, scan, auditLog] = await tx.getAll(
      db.doc(paths.user(uid)),
      db.doc(paths.upload(uid, scanId)),
      db.doc(paths.scan(scanId)),
      db.doc(paths.auditLog(scanId)),
    );
    if (user!.get('deletion')) return { outcome: 'account is being deleted' };
    refuseTooYoung(user!.data(), now, leastAge);
    refusePregnant(user!.data());
    const waits = upload!.exists && expiryOf(upload!.data()!) + SUBMIT_WITHIN_MS > now.getTime();
    // When there is an audit chain but no document, the scan was deleted.
    if (!waits || scan!.exists || auditLog!.exists) return { outcome: 'no such upload' };
    tx.update(upload!.ref, { expiresAt: Timestamp.fromDate(start.expiresAt) });
    return { outcome: 'begun' };
  });
}

const expiryOf = (fields: FirebaseFirestore.DocumentData) =>
  (fields['expiresAt'] as Timestamp | undefined)?.toMillis() ?? 0;
