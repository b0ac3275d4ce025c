/** Finds scans by fields that the database indexes (firestore.indexes.json), one page at a time. */

import { codesBehind } from '@reddyfit/shared/operator/error-codes';
import { paths } from '@reddyfit/shared/names/paths';
import type { FindScansRequest, FindScansResponse } from '@reddyfit/shared/operator/find';
import { OPEN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { FieldPath, type Firestore, type Query, Timestamp } from 'firebase-admin/firestore';
import { firebaseAuth } from '../accounts/sign-ins.ts';
import { isDocumentId } from '../scans/admission/scan-request.ts';
import { cursorAfter, type PageOrder, placeOf } from './cursor.ts';
import { FOUND_FIELDS, foundScanOf } from './facts.ts';

const NOTHING: FindScansResponse = { scans: [], cursor: null };

/**
 * Finds scans, the latest first. Scans that are stuck come oldest first, and scans that took longer than a time come
 * slowest first. When nobody has the given address or device token, no scans are found. Throws InvalidRequestError for
 * an invalid cursor, and what Firestore and Firebase Auth throw when they are away.
 */
export async function findScans(
  db: Firestore,
  wanted: FindScansRequest,
  now: Date,
): Promise<FindScansResponse> {
  const scanId = wanted.scanId ?? wanted.eventId?.split(':', 1)[0];
  if (scanId !== undefined) return one(db, scanId, wanted, now);
  const userId = await userOf(db, wanted);
  if (userId === null) return NOTHING;

  const { limit } = wanted;
  const { docs } = await queryOf(db, wanted, userId, now)
    .select(...FOUND_FIELDS, 'durationMs')
    .limit(limit + 1)
    .get();
  const page = docs.slice(0, limit);
  const last = page.at(-1);
  return {
    scans: page.map((doc) => foundScanOf(doc)),
    cursor: docs.length > limit && last ? cursorAfter(last, pageOrderOf(wanted)) : null,
  };
}

const pageOrderOf = ({ slowerThanSeconds }: FindScansRequest): PageOrder =>
  slowerThanSeconds === undefined ? 'time' : 'duration';

/** The query for the scans of `userId`, or of all users. Every request that the schema accepts needs an index. */
export function queryOf(
  db: Firestore,
  wanted: FindScansRequest,
  userId: string | undefined,
  now: Date,
): Query {
  const { status, errorCode, build, from, to, stuckForSeconds, slowerThanSeconds, cursor } = wanted;
  let query: Query = db.collection(paths.scans());
  if (userId !== undefined) query = query.where('userId', '==', userId);
  if (status !== undefined) query = query.where('status', '==', status);
  if (errorCode !== undefined) query = query.where('error.code', 'in', codesBehind(errorCode));
  if (build !== undefined) query = query.where('build', '==', build);
  if (from !== undefined) query = query.where('createdAt', '>=', Timestamp.fromDate(new Date(from)));
  if (to !== undefined) query = query.where('createdAt', '<', Timestamp.fromDate(new Date(to)));
  if (stuckForSeconds !== undefined) {
    const before = Timestamp.fromMillis(now.getTime() - stuckForSeconds * 1000);
    query = query.where('status', 'in', OPEN_STATUSES).where('createdAt', '<=', before);
  }
  if (slowerThanSeconds !== undefined)
    query = query.where('durationMs', '>', slowerThanSeconds * 1000).orderBy('durationMs', 'desc');
  const direction = stuckForSeconds === undefined ? 'desc' : 'asc';
  query = query.orderBy('createdAt', direction).orderBy(FieldPath.documentId(), direction);
  return cursor === undefined ? query : query.startAfter(...placeOf(cursor, pageOrderOf(wanted)));
}

/** A scan by its id; no scan when it does not match the request's other fields, by the same comparisons as in a query. */
async function one(
  db: Firestore,
  scanId: string,
  { status, errorCode, build, slowerThanSeconds, stuckForSeconds, from, to }: FindScansRequest,
  now: Date,
): Promise<FindScansResponse> {
  // The part of an event's id before its colon may be a text that Firestore does not allow as an id.
  if (!isDocumentId(scanId)) return NOTHING;
  const [doc] = await db.getAll(db.doc(paths.scan(scanId)), { fieldMask: [...FOUND_FIELDS, 'durationMs'] });
  if (!doc?.exists) return NOTHING;
  const found = foundScanOf(doc);
  const fits =
    (status ?? found.status) === found.status &&
    (errorCode === undefined || errorCode === found.errorCode) &&
    (build === undefined || build === found.build) &&
    (slowerThanSeconds === undefined || doc.get('durationMs') > slowerThanSeconds * 1000) &&
    (stuckForSeconds === undefined ||
      (OPEN_STATUSES.some((open) => open === found.status) &&
        now.getTime() - Date.parse(found.createdAt) >= stuckForSeconds * 1000)) &&
    (from === undefined || Date.parse(found.createdAt) >= Date.parse(from)) &&
    (to === undefined || Date.parse(found.createdAt) < Date.parse(to));
  return fits ? { scans: [found], cursor: null } : NOTHING;
}

/** The uid of the requested user: undefined when the request names no user, null when no such user exists. */
async function userOf(
  db: Firestore,
  { userId, email, deviceToken }: FindScansRequest,
): Promise<string | null | undefined> {
  if (email !== undefined) {
    const auth = await firebaseAuth();
    const { users } = await auth.getUsers([{ email }]);
    return users[0]?.uid ?? null;
  }
  if (deviceToken === undefined) return userId;
  const { docs } = await db
    .collectionGroup(paths.allDevices())
    .where('token', '==', deviceToken)
    .limit(1)
    .get();
  return docs[0]?.ref.parent.parent?.id ?? null;
}
