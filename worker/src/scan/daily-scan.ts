/** One scan, from admitted photos to a result on the phone. */

import { scanError, type ScanError } from '@reddyfit/shared/errors';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { PhotoIssueCode, QualityCheckResult } from '@reddyfit/shared/scan/results';
import type { DailyScanInput, DailyScanResult } from '@reddyfit/shared/temporal/workflows';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { announce, briefly, recordStart, settle } from './aftermath.ts';
import { errorOf } from './failures.ts';
import * as activities from './activity-proxies.ts';
import type { Outcome } from './outcome.ts';
import { scanEvents } from './scan-events.ts';
import { scanStatus } from './scan-status.ts';
import { recordOutcome } from './search-attributes.ts';

/**
 * Runs one scan. Each step starts as soon as what it needs is there: the quality check, estimation and hydration at
 * once, then delta, nutrition and workout beside each other, and insights after delta. The way that cannot be shortened
 * is estimation and insights.
 *
 * Withdrawing consent cancels it, at the next step that would send anything to a model.
 *
 * Ends in exactly one of completed, rejected, failed and canceled, and always settles the credit; photos of a scan
 * that did not complete are deleted. Never throws for a scan that went wrong: that is its result.
 */
export async function dailyScanWorkflow(input: DailyScanInput): Promise<DailyScanResult> {
  const { scanId, userId, photoUrls, subject, createdAt } = input;
  const ref = { scanId, userId };
  const events = scanEvents(input);
  const status = scanStatus(input, events);
  const started = recordStart(input);

  const work = new CancellationScope();
  const outcome = await work
    .run(async (): Promise<Outcome> => {
      const estimate = () =>
        status.step('estimation', () => activities.estimation({ ...ref, photoUrls, subject, createdAt }));

      const quality = status.step('qualityCheck', () => activities.qualityCheck({ ...ref, photoUrls }));
      const hydration = status.optionalStep('hydration', () => activities.hydration({ ...ref, subject }));
      const speculation = input.speculativeEstimation === false ? null : estimate();
      // Both are awaited below, unless the quality check ends the scan first.
      hydration.catch(ignore);
      speculation?.catch(ignore);

      const verdict = await quality;
      if (!verdict.accepted) return { status: 'rejected', error: rejection(verdict) };

      const estimation = await (speculation ?? estimate());
      if (estimation.flags?.includes('model_refused')) status.warnOfRefusal();
      const composition = { subject, estimation };
      const delta = status.optionalStep('delta', () =>
        activities.delta({ ...ref, ...composition, createdAt }),
      );
      await Promise.all([
        delta.then((change) =>
          status.optionalStep('insights', () =>
            activities.insights({ ...ref, ...composition, delta: change }),
          ),
        ),
        status.optionalStep('nutrition', () => activities.nutrition({ ...ref, ...composition })),
        status.optionalStep('workout', () => activities.workout({ ...ref, ...composition })),
        hydration,
      ]);
      return { status: 'completed', composition };
    })
    .catch((failure: unknown): Outcome => {
      if (isCancellation(failure)) return { status: 'canceled', error: scanError('ScanCanceledError') };
      const error = errorOf(failure);
      return { status: error.code === 'ConsentMissingError' ? 'canceled' : 'failed', error };
    });
  // Steps still under way after a rejection or failure have nothing left to work for.
  if (outcome.status !== 'completed') work.cancel();

  await CancellationScope.nonCancellable(async () => {
    const settled = started.then(() => settle(input, outcome));
    await briefly(settled);
    await status.end(outcome.status, outcome.status === 'completed' ? undefined : outcome.error);
    recordOutcome(outcome.status, status.isSimulated());
    await Promise.all([settled, announce(input, outcome), events.drained()]);
  });
  return { scanId, status: outcome.status };
}

/** Faults of the file rather than of the picture. */
const NOT_AN_IMAGE: ReadonlySet<PhotoIssueCode> = new Set(['missing', 'unreadable', 'unsupported_type']);

/** The rejection a user reads: every photo's fault, and what to do. A file that is no usable image has its own code. */
function rejection(verdict: QualityCheckResult): ScanError {
  const issues = ANGLES.flatMap((angle) => verdict.photos[angle].issues);
  const code = issues.some((issue) => NOT_AN_IMAGE.has(issue.code))
    ? 'InvalidImageError'
    : 'PhotosRejectedError';
  const sentences = issues.map((issue) => issue.message).join(' ');
  return scanError(code, sentences === '' ? undefined : sentences);
}

function ignore(): void {}
