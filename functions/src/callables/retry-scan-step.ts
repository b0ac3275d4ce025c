/** Callable: the user has a failed step of an own, completed scan run again. */

import { type RetryScanStepResponse, retryScanStepRequest } from '@reddyfit/shared/api/callables';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { RETRY_STEP_WORKFLOW, retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { Scan } from '@reddyfit/shared/scan/document';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { inputOf, type RetryStepInput, type ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { type Reader, readerOf } from '@reddyfit/shared/words/reader';
import type { Firestore } from 'firebase-admin/firestore';
import { recordAudit } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { scanPriority } from '@reddyfit/shared/temporal/priority';
import { sha256 } from '../platform/audit-chain.ts';
import { callable } from '../platform/callable.ts';
import { config } from '../platform/config.ts';
import { eligibleSubject } from '../scans/eligibility.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { ownScan } from '../scans/own-scan.ts';
import { startOnce } from '../platform/start-once.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';

/** A step may take ten minutes, and the event that follows a day (s). */
const LONGEST_RUN_SECONDS = 25 * 3600;

/**
 * `{scanId, step}` → `{scanId, step, state}`: `running` once a workflow has the step, whose course the document then shows as it
 * did before; `completed` when there is nothing to do. Costs no credit and leaves the other steps as they are. Key: scan and
 * step; called again while it runs, nothing more starts. Errors: ScanNotFoundError, StepNotRetryableError, UnavailableError,
 * and those of every callable.
 */
export const retryScanStep = callable({
  name: 'retryScanStep',
  for: 'user',
  request: retryScanStepRequest,
  // Each may ask the model three times, and nothing is paid for it.
  rate: { max: 10, perSeconds: 600 },
  options: { memory: '512MiB', timeoutSeconds: 60 },
  handle: async ({ uid, request: { scanId, step }, now }): Promise<RetryScanStepResponse> => {
    const db = firestore();
    const scan = await ownScan(db, uid, scanId);
    const before = scan.steps?.[step];
    if (scan.status !== 'completed' || !before || !scan.results?.estimation) {
      throw new CallError('StepNotRetryableError', { details: { reason: 'not_completed' } });
    }
    if (before.state === 'completed') return { scanId, step, state: 'completed' };

    const createdAt = new Date(scan.createdAt.toMillis());
    const input: RetryStepInput = {
      step,
      ...inputOf(step, {
        ...scan.results,
        ...(await subjectToday(db, uid, scan, createdAt)),
        scanId,
        userId: uid,
        photoUrls: scan.photoUrls,
        createdAt: createdAt.toISOString(),
      }),
    };
    await recordAudit(db, scanId, {
      // One entry for each run that failed, however often its retry is asked for.
      key: `step_retry_requested:${step}:${before.startedAt?.toMillis() ?? 0}`,
      at: now.toISOString(),
      actor: `user:${uid}`,
      action: 'scan_step_retry_requested',
      detail: { step },
    });
    await orUnavailable(
      startOnce(temporal(), {
        type: RETRY_STEP_WORKFLOW,
        workflowId: retryStepWorkflowId(scanId, step),
        taskQueue: config().temporal.taskQueue,
        input,
        again: 'after it ended',
        executionTimeoutSeconds: LONGEST_RUN_SECONDS,
        priority: scanPriority(uid, sha256),
      }),
    );
    logs.stepRetried(scanId, step);
    return { scanId, step, state: 'running' };
  },
});

/** The person of the scan, if the user still wants analyses (what admission asks, but for the credit), and whom to write to. */
async function subjectToday(
  db: Firestore,
  uid: string,
  { weightLb }: Scan,
  createdAt: Date,
): Promise<{ subject: ScanSubject; reader: Reader }> {
  const [profile, consent] = await db.getAll(
    db.doc(paths.user(uid)),
    db.doc(paths.consent(uid, SCAN_CONSENT)),
  );
  try {
    const subject = eligibleSubject(
      { profile: profile!.data(), consent: consent!.data(), account: undefined },
      { weightLb, createdAt, needsCredit: false, leastAge: config().leastAge },
    );
    return { subject, reader: readerOf(profile!.data()) };
  } catch (error) {
    if (!(error instanceof ScanPipelineError)) throw error;
    throw new CallError('StepNotRetryableError', { because: error, details: { reason: error.code } });
  }
}
