/** A scan whose workflow waits on a task queue that only a test's own workers poll. */

import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId } from '@reddyfit/shared/names/ids';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import type { DailyScanInput, ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { User } from './users.ts';
import type { ScanOptions, SubmittedScan, World } from './world.ts';

/** The person of a scan, unless the options name another. */
const SUBJECT = { sex: 'female', heightCm: 168, ageYears: 36 } as const;

export type OwnQueueOptions = ScanOptions &
  Pick<DailyScanInput, 'speculativeEstimation' | 'timeLimitSeconds' | 'course' | 'queuedPublished'> & {
    readonly subject?: Omit<ScanSubject, 'weightLb'>;
    /** Called once the scan has its id, before its workflow starts. */
    readonly beforeStart?: (scanId: string) => void;
  };

/**
 * Submits a scan as the client does, except that its workflow exists before the document, on `taskQueue`; admission then
 * finds it started. Resolves once the scan is admitted.
 */
export async function submitTo(
  taskQueue: string,
  world: World,
  user: User,
  options: OwnQueueOptions = {},
): Promise<SubmittedScan> {
  const { stack, temporal } = world.servers;
  const {
    speculativeEstimation = true,
    timeLimitSeconds,
    course,
    queuedPublished,
    weightLb = 150,
    subject = SUBJECT,
    beforeStart,
    ...photos
  } = options;
  const { scanId, seen, submit } = await world.prepareScan(user, { weightLb, ...photos });
  beforeStart?.(scanId);
  const input: DailyScanInput = {
    scanId,
    userId: user.uid,
    photoUrls: photoUrlsOf(stack.bucket, user.uid, scanId),
    subject: { ...subject, weightLb },
    createdAt: new Date().toISOString(),
    rev: 1,
    speculativeEstimation,
    ...(timeLimitSeconds && { timeLimitSeconds }),
    ...(course && { course }),
    ...(queuedPublished && { queuedPublished }),
  };
  await temporal.workflow.start(DAILY_SCAN_WORKFLOW, {
    workflowId: dailyScanWorkflowId(scanId),
    taskQueue,
    args: [input],
  });
  await submit();
  await seen.until((scan) => scan.status !== 'submitted');
  return { scanId, seen };
}
