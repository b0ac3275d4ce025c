/** The uploads that a user has begun: how many there may be, and who may begin one. */

import { paths } from '@reddyfit/shared/names/paths';
import { refusePregnant, refuseTooYoung } from './scan-subject.ts';
import { SUBMIT_WITHIN_MS, type Upload } from '@reddyfit/shared/scan/uploads';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';

export interface UploadStart {
  uid: string;
  scanId: string;
  now: Date;
  /** When its URLs expire. */
  expiresAt: Date;
  /** Uploads that may be begun and not submitted at once. */
  max: number;
  /** Age (years) from which scans are made. */
  leastAge: number;
}

/** `too many` says when the oldest of them makes room (s). */
export type UploadOutcome =
  | { outcome: 'begun' }
  | { outcome: 'account is being deleted' }
  | { outcome: 'no such upload' }
  | { outcome: 'too many'; retryAfterSeconds: number };

/**
 * Notes that the user begins an upload, before any URL is handed out: what is noted here is deleted by sweepUploads when no scan comes
 * of it. Key: the scan id, which is new. In one transaction with the account's mark, so that none begins after it. Throws ScanPipelineError
 * AgeNotAllowedError: no photo leaves the phone of a child; NoBodyFatError: nor one that nothing can be made of.
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
    // Seen once, so that a user with many scans is not asked about each of them every time.
    for (const [index, { ref }] of open.entries())
      if (scans[index]!.exists) tx.update(ref, { submitted: true });
    const upload: Upload = { expiresAt: Timestamp.fromDate(start.expiresAt), submitted: false };
    tx.create(db.doc(paths.upload(uid, scanId)), upload);
    return { outcome: 'begun' };
  });
}

/**
 * Notes that new URLs are handed out for an upload that was begun, whose photos so stay for longer. Key: the scan id; again: its URLs hold
 * until the later time. None for an upload that was submitted, or that sweepUploads may be deleting. Throws as beginUpload does.
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
    const waits = upload!.exists && expiryOf(upload!.data()!) + SUBMIT_WITHIN_MS > now.getTime();
    // A chain without a document tells of a scan that was deleted.
    if (!waits || scan!.exists || auditLog!.exists) return { outcome: 'no such upload' };
    tx.update(upload!.ref, { expiresAt: Timestamp.fromDate(start.expiresAt) });
    return { outcome: 'begun' };
  });
}

const expiryOf = (fields: FirebaseFirestore.DocumentData) =>
  (fields['expiresAt'] as Timestamp | undefined)?.toMillis() ?? 0;
