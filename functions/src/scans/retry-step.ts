/** Runs a failed optional step of a completed scan again, for its user or for an operator. */

import type { RetryScanStepResponse } from '@reddyfit/shared/api/callables';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { RETRY_STEP_WORKFLOW, retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { PAUSED_RETRY_AFTER_SECONDS } from '@reddyfit/shared/operator/admission';
import { deskCode } from '@reddyfit/shared/operator/error-codes';
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
import { isAdmissionPaused } from './admission/admission-pause.ts';
import { refuseBroken } from './broken-fields.ts';
import { eligibleSubject } from './admission/eligibility.ts';
import { logs } from '../platform/logs.ts';
import { startOnce } from '../platform/start-once.ts';
import { orUnavailable, temporal } from '../platform/temporal.ts';

/** Longest time of the workflow (s): a step may take ten minutes, and the event after it a day. */
const LONGEST_RUN_SECONDS = 25 * 3600;

/**
 * Resolves with `running` once a workflow has the step, whose progress the document then shows as it did in the scan; with
 * `completed` when the step had completed. A retry costs no credit and leaves the other steps as they are. The idempotency key
 * is the scan and the step: a second call while the step runs starts nothing more. `actor` as in the audit chain. Throws
 * StepNotRetryableError, ScanUnreadableError, AdmissionPausedError while admission is paused, and UnavailableError.
 */
export async function retryStepFor(
  db: Firestore,
  scanId: string,
  scan: Scan,
  step: OptionalStepName,
  { actor, now }: { actor: string; now: Date },
): Promise<RetryScanStepResponse> {
  refuseBroken(scanId, scan, { act: 'retry_step', step }, { actor });
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
      ...(await subjectToday(db, uid, scan, { createdAt, actor })),
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
    // Each run that failed has one entry, however often its retry is asked for.
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

/**
 * The subject of the scan, and the reader of its sentences. Throws StepNotRetryableError unless the user still meets what
 * admission asks for, except for the credit. A user hears what is in the way, and an operator only a code that the desk may show:
 * the sentence would tell what the profile says of a body.
 */
async function subjectToday(
  db: Firestore,
  uid: string,
  { weightLb }: Scan,
  { createdAt, actor }: { createdAt: Date; actor: string },
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
    if (!actor.startsWith('operator:'))
      throw new CallError('StepNotRetryableError', { because: error, details: { reason: error.code } });
    const reason = deskCode(error.code);
    throw new CallError('StepNotRetryableError', {
      forOperator: `The user may have no analysis at the moment: ${reason}.`,
      details: { reason },
    });
  }
}
