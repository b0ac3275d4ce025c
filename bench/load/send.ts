/** Sends scans at a rate, however the earlier ones fare, and follows each to its end. */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bucket } from '@google-cloud/storage';
import { objects, paths } from '@reddyfit/shared/names/paths';
import { ANGLES, type Angle, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import type { Scan } from '@reddyfit/shared/scan/document';
import { isTerminal } from '@reddyfit/shared/scan/statuses';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { FieldValue, type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { ScanCourse } from './figures.ts';

const WEIGHT_LB = 183.2;

/** The number of concurrent uploads. */
const UPLOADS = 8;

/** How long there may be no news of any scan (ms): longer than the sweeper's grace. */
const QUIET_MS = 240_000;

export interface Planned {
  readonly uid: string;
  readonly scanId: string;
}

/**
 * Puts the photos of `count` scans into the bucket, for each user in turn. The time that this takes is not measured: in
 * production the phones upload.
 */
export async function uploadAll(
  bucket: Bucket,
  uids: readonly string[],
  count: number,
  photos: Record<Angle, Buffer>,
): Promise<Planned[]> {
  const planned = Array.from({ length: count }, (_, index) => ({
    uid: uids[index % uids.length]!,
    scanId: randomUUID(),
  }));
  const queue = planned.flatMap((scan) => ANGLES.map((angle) => ({ ...scan, angle })));
  const uploader = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { uid, scanId, angle } = next;
      await bucket
        .file(objects.photo(uid, scanId, angle))
        .save(photos[angle], { contentType: 'image/jpeg', resumable: false });
    }
  };
  await Promise.all(Array.from({ length: UPLOADS }, uploader));
  return planned;
}

export interface Sending {
  /** When the first scan was due (ms since 1970). */
  readonly startAt: number;
  /** Scans that were sent and have not ended. */
  open(): number;
  ended(): number;
  /** Resolves when all scans have ended, or when there was no news of any for QUIET_MS. */
  readonly courses: Promise<ScanCourse[]>;
}

/**
 * Writes each document when it is due, `rate` a second, with one listener on all of them. The documents are those that a
 * client would write, but they are written past the rules, since one client on one machine cannot act as hundreds of phones.
 */
export function send(
  db: Firestore,
  bucketName: string,
  planned: readonly Planned[],
  rate: number,
  signal: AbortSignal,
): Sending {
  const startAt = Date.now();
  const dueAt = new Map(planned.map(({ scanId }, index) => [scanId, startAt + (index * 1000) / rate]));
  const seen = new Map<string, Seen>();
  let sent = 0;
  let ended = 0;

  const courses = new Promise<ScanCourse[]>((resolve, reject) => {
    const conclude = () => {
      clearTimeout(quiet);
      stop();
      resolve(planned.map(({ scanId }) => courseOf(scanId, dueAt.get(scanId)!, seen.get(scanId))));
    };
    const fail = (error: unknown) => {
      clearTimeout(quiet);
      stop();
      reject(error as Error);
    };
    const quiet = setTimeout(conclude, QUIET_MS);
    const stop = db
      .collection(paths.scans())
      .where('createdAt', '>=', Timestamp.fromMillis(startAt - 1000))
      .onSnapshot((snapshot) => {
        quiet.refresh();
        const now = Date.now();
        for (const { doc } of snapshot.docChanges()) {
          if (!dueAt.has(doc.id)) continue;
          const scan = doc.data() as Scan;
          const course: { -readonly [Key in keyof Seen]: Seen[Key] } = { ...seen.get(doc.id), scan };
          if (scan.busy) course.expectedAt = scan.busy.startsAt.toMillis();
          else if (course.expectedAt !== undefined) course.begunAt ??= now;
          if (scan.results?.estimation) course.estimatedAt ??= now;
          if (isTerminal(scan.status) && course.endedAt === undefined) {
            course.endedAt = now;
            ended += 1;
          }
          seen.set(doc.id, course);
        }
        if (ended === planned.length) conclude();
      }, fail);
    signal.addEventListener('abort', () => fail(signal.reason), { once: true });

    const sendAll = async () => {
      for (const { uid, scanId } of planned) {
        const early = dueAt.get(scanId)! - Date.now();
        if (early > 0) await wait(early, undefined, { signal });
        sent += 1;
        db.doc(paths.scan(scanId))
          .create({
            userId: uid,
            photoUrls: photoUrlsOf(bucketName, uid, scanId),
            weightLb: WEIGHT_LB,
            status: 'submitted',
            createdAt: FieldValue.serverTimestamp(),
          })
          .catch(fail);
      }
    };
    sendAll().catch(fail);
  });
  return { startAt, open: () => sent - ended, ended: () => ended, courses };
}

/** What the listener has seen of a scan, and when (ms since 1970). */
type Seen = { scan: Scan } & Pick<ScanCourse, Times>;
type Times = 'expectedAt' | 'begunAt' | 'estimatedAt' | 'endedAt';

function courseOf(scanId: string, dueAt: number, seen: Seen | undefined): ScanCourse {
  if (!seen) return { scanId, dueAt, status: 'missing', warnings: 0 };
  const { scan, ...times } = seen;
  const starts = STEP_NAMES.flatMap((name) => scan.steps?.[name].startedAt?.toMillis() ?? []);
  return {
    scanId,
    dueAt,
    status: scan.status,
    warnings: scan.warnings?.length ?? 0,
    ...(starts.length > 0 && { startedAt: Math.min(...starts) }),
    ...times,
  };
}
