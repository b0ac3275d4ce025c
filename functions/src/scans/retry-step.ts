/** Has a failed optional step of a completed scan run again, for its user or for an operator. */

import type { RetryScanStepResponse } from '@reddyfit/shared/api/callables';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { RETRY_STEP_WORKFLOW, retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { PAUSED_RETRY_AFTER_SECONDS } from '@reddyfit/shared/operator/admission';
import type { Scan } from '@reddyfit/shared/scan/document';
import type { OptionalStepName } from '@reddyfit/shared/scan/steps';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { inputOf, type RetryStepInput, type ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { type Reader, readerOf } from '@reddyfit/shared/words/reader';
import type { Firestore } from 'firebase-admin/firestore';
import { recordAudit, sha256 } from '../platform/audit-chain.ts';
import { CallError } from '../platform/call-error.ts';
import { scanPriority } from '@reddyfit/shared/temporal/priority';
import { config } from '../platform/config.ts';
import { isAdmissionPaused } from './admission-pause.ts';
import { eligibleSubject } from './eligibility.ts';
import { logs } from '../platform/logs.ts';
import { startOnce } from '../platform/start-once.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';

/** A step may take ten minutes, and the event that follows a day (s). */
const LONGEST_RUN_SECONDS = 25 * 3600;

/**
 * `running` once a workflow has the step, whose course the document then shows as it did before; `completed` when there is nothing to
 * do. Costs no credit and leaves the other steps as they are. Key: scan and step; asked again while it runs, nothing more starts.
 * `actor` as in the audit chain. Throws StepNotRetryableError, AdmissionPausedError while no new scans are taken, and UnavailableError.
 */
export async function retryStepFor(
  db: Firestore,
  scanId: string,
  scan: Scan,
  step: OptionalStepName,
  { actor, now }: { actor: string; now: Date },
): Promise<RetryScanStepResponse> {
  const uid = scan.userId;
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
  if (await isAdmissionPaused(db)) {
    const details = { retryAfterSeconds: PAUSED_RETRY_AFTER_SECONDS };
    throw new CallError('AdmissionPausedError.step', { details });
  }
  await recordAudit(db, scanId, {
    // One entry for each run that failed, however often its retry is asked for.
    key: `step_retry_requested:${step}:${before.startedAt?.toMillis() ?? 0}`,
    at: now.toISOString(),
    actor,
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
}

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
