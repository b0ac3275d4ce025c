/** Schedule: finds scans, announcements, uploads and account deletions that were left behind, and starts or ends them. */

import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { OPEN_STATUSES } from '@reddyfit/shared/scan/statuses';
import { timestamp } from '@reddyfit/shared/timestamps';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { type QueryDocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { startDeletion } from '../accounts/account-deletion.ts';
import { makeUpAnnouncements } from '../scans/ending/announce-scan.ts';
import { beginScan } from '../scans/begin-scan.ts';
import { CallError } from '../platform/call-error.ts';
import { config } from '../platform/config.ts';
import { failScan } from '../scans/ending/fail-scan.ts';
import { fewAtATime } from '../platform/few-at-a-time.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { sweepUploads } from '../scans/uploads/sweep-uploads.ts';
import { scanWorkflowState } from '../scans/scan-workflow-state.ts';
import { temporal } from '../platform/temporal.ts';

/** What is younger than this (ms) is not left behind, but still on its way. */
const GRACE_MS = 2 * 60_000;

/** How many scans are read at once, looked at side by side, and looked at in one run. */
const PAGE = 100;
const AT_ONCE = 10;
const MOST = 1000;

/** How long after the scan's time limit its own workflow may take to end it (ms). */
const OVERDUE_MS = 2 * 60_000;

/** How long Temporal may take to be reached (ms). */
const CONNECT_DEADLINE_MS = 10_000;

/** Firestore orders all times between these two, and values of other types before and after them. */
const FIRST_TIME = new Timestamp(-62_135_596_800, 0);
const LAST_TIME = new Timestamp(253_402_300_799, 999_999_999);

const ACTOR = 'function:sweepScans';

/** What became of one scan. */
type Finding = 'running' | 'started' | 'refused' | 'settled' | 'over' | 'troubled';

export interface Sweep extends Record<Finding, number> {
  /** Account deletions that were asked for but had not started. */
  deletions: number;
  /** Ends of scans that had not been announced and now are. */
  announced: number;
  /** Uploads that were settled once their URLs had expired. */
  uploads: number;
  /** True when the run stopped before its end. The next run goes on with what is left. */
  more: boolean;
}

/**
 * Runs every five minutes. Scans left in `submitted` or `queued` without a workflow are started. Scans whose workflow has
 * closed without ending them, or has not ended them within their time, fail at no cost, or complete with warnings when the body
 * fat was shown. Ends of scans that were not announced are announced. Photos of uploads that no scan owns are deleted once no
 * URL lets more arrive. Account deletions that were asked for are started.
 */
export const sweepScans = onSchedule(
  { schedule: 'every 5 minutes', timeoutSeconds: 240, memory: '512MiB', maxInstances: 1 },
  async () => {
    await sweep(new Date());
  },
);

/**
 * One run. Safe to repeat and to run twice at once. Throws only when Firestore does not answer. A run that reached Temporal
 * writes its time to operations/sweeper, which the metrics read; a later run overwrites it.
 */
export async function sweep(now: Date): Promise<Sweep> {
  const found: Sweep = {
    running: 0,
    started: 0,
    refused: 0,
    settled: 0,
    over: 0,
    troubled: 0,
    deletions: 0,
    announced: 0,
    uploads: 0,
    more: false,
  };
  const { photosDeleted, photosKept } = await sweepUploads(now);
  found.uploads = photosDeleted + photosKept;
  if (!(await temporalAnswers())) {
    // Without Temporal the run can do nothing more.
    found.more = true;
    logs.swept({ ...found });
    return found;
  }
  for await (const scans of openScans(now)) {
    const findings = await Promise.all(scans.map((scan) => lookAfter(scan, now)));
    for (const finding of findings) found[finding] += 1;
    const looked =
      found.running + found.started + found.refused + found.settled + found.over + found.troubled;
    if (looked >= MOST) {
      found.more = true;
      break;
    }
  }
  found.announced = await makeUpAnnouncements(new Date(now.getTime() - GRACE_MS));
  found.deletions = await startDeletions(now);
  await firestore()
    .doc(paths.operation('sweeper'))
    .set({ lastSuccessAt: Timestamp.fromDate(now) }, { merge: true });
  logs.swept({ ...found });
  return found;
}

async function temporalAnswers(): Promise<boolean> {
  try {
    await temporal().use(CONNECT_DEADLINE_MS, ({ connection }) => connection.ensureConnected());
    return true;
  } catch {
    return false;
  }
}

/**
 * Scans that have not ended and are no longer on their way, oldest first, a few at a time; then those in whose `createdAt`
 * somebody has put something else than a time. A scan without the field at all is in no index, and is not found.
 */
async function* openScans(now: Date): AsyncGenerator<QueryDocumentSnapshot[]> {
  const before = Timestamp.fromMillis(now.getTime() - GRACE_MS);
  const open = firestore()
    .collection(paths.scans())
    .where('status', 'in', OPEN_STATUSES)
    .orderBy('createdAt');
  const few = { page: PAGE, atOnce: AT_ONCE };
  yield* fewAtATime(open.where('createdAt', '<=', before), few);
  for (const untimed of [open.endBefore(FIRST_TIME), open.startAfter(LAST_TIME)])
    for await (const scans of fewAtATime(untimed, few))
      yield scans.filter(({ createTime }) => createTime.toMillis() <= before.toMillis());
}

async function lookAfter(document: QueryDocumentSnapshot, now: Date): Promise<Finding> {
  const scanId = document.id;
  const { status, workflow, createdAt } = document.data() as Scan;
  try {
    const run =
      status === 'submitted' ? ({ state: 'none' } as const) : await scanWorkflowState(temporal(), scanId);
    if (run.state === 'open') {
      const overdueAt = run.startedAt.getTime() + config().scanTimeLimitSeconds * 1000 + OVERDUE_MS;
      return now.getTime() > overdueAt ? await settle(scanId, now, 'its time was over') : 'running';
    }
    if (run.state === 'closed' || workflow || status === 'processing')
      return await settle(scanId, now, 'its workflow had closed');
    const eventTime = new Date((timestamp.safeParse(createdAt).data ?? document.createTime).toMillis());
    const { outcome } = await beginScan({ scanId, eventTime, now, actor: ACTOR });
    return outcome === 'start' ? 'started' : outcome === 'refused' ? 'refused' : 'over';
  } catch (error) {
    // A document that somebody has broken is logged with the names of the fields where it is read.
    if (!(error instanceof CallError && error.code === 'ScanUnreadableError'))
      logs.sweepTroubled(scanId, error);
    return 'troubled';
  }
}

/** Ends a scan that its workflow does not end. */
async function settle(
  scanId: string,
  now: Date,
  why: 'its workflow had closed' | 'its time was over',
): Promise<Finding> {
  const isOver = why === 'its time was over';
  const code = isOver ? 'ScanTimedOutError' : 'InternalError';
  const end = await failScan(scanId, { code, actor: ACTOR, now, terminate: isOver });
  if (end.outcome !== 'ended') return 'over';
  logs.scanSettled(scanId, why);
  return 'settled';
}

/** Starts the account deletions that were asked for while Temporal was away. Resolves with how many had waited. */
async function startDeletions(now: Date): Promise<number> {
  const marked = await firestore()
    .collection('users')
    .where('deletion.state', '==', 'requested')
    .limit(PAGE)
    .get();
  const waiting = marked.docs.filter((user) => {
    const updatedAt = user.get('deletion.updatedAt') as Timestamp | undefined;
    return (updatedAt?.toMillis() ?? 0) <= now.getTime() - GRACE_MS;
  });
  for (const { id } of waiting) {
    try {
      await startDeletion(id);
    } catch (error) {
      logs.sweepTroubled(id, error);
      break;
    }
  }
  return waiting.length;
}
