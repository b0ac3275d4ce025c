/** One scan, from admitted photos to a result on the phone. */

import { scanError, type ScanError } from '@reddyfit/shared/errors';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { PhotoIssueCode, QualityCheckResult } from '@reddyfit/shared/scan/results';
import type { DailyScanInput, DailyScanResult } from '@reddyfit/shared/temporal/workflows';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';
import { CancellationScope, isCancellation, patched } from '@temporalio/workflow';
import { announce, briefly, hideFaces, recordStart, settle } from './aftermath.ts';
import { errorOf } from './failures.ts';
import { deleteImages } from './activity-proxies.ts';
import type { Outcome } from './outcome.ts';
import { scanEvents } from './scan-events.ts';
import { scanStatus } from './scan-status.ts';
import { recordOutcome } from './search-attributes.ts';
import { timeLimit, UNLIMITED } from './time-limit.ts';

/**
 * Runs one scan. Each step starts as soon as what it needs is there: the quality check, estimation and hydration at
 * once, then delta, nutrition and workout beside each other, and insights after delta. The way that cannot be shortened
 * is estimation, delta and insights.
 *
 * When its time is over it ends: as completed with warnings when there is an estimation, as failed when there is none.
 * Withdrawing consent cancels it, at the next step that would send anything to a model and at the next result that would be
 * written.
 *
 * Ends in exactly one of completed, rejected, failed and canceled. Status and credit are settled in one write: the credit is spent
 * once an estimation has been shown, and given back with any other end than `completed` before that. Photos of a scan that did not
 * complete are deleted; in the photos of a completed scan, faces are hidden. Where somebody else has ended or deleted the scan, they
 * announce it, and this workflow stops without a word. It never throws for a scan that went wrong: that is its result.
 */
export async function dailyScanWorkflow(input: DailyScanInput): Promise<DailyScanResult> {
  const { scanId, userId, reader, ...facts } = input;
  const ref = { scanId, userId, ...(reader && { reader }) };
  const speaker = speakerFor(reader);
  // Scans that began earlier have no time limit, and settle before their last write.
  const timely = patched('ends-in-time');
  // Scans that began earlier keep their photos as they are.
  const hidesFaces = patched('hides-kept-faces');
  // Scans that began earlier have activities of their own for the audit entry of their start and for events.
  const bringsAll = patched('writes-bring-all');
  // Scans that began earlier show a body fat before the change since the last scan, and note a patch of their own at their end.
  const inFewActions = patched('in-few-actions');
  const work = new CancellationScope();
  const time = timely ? timeLimit(input.timeLimitSeconds, () => work.cancel()) : UNLIMITED;
  const events = scanEvents(input, { afterWrite: timely, withWrites: bringsAll });
  const status = scanStatus(input, events, {
    afterWrite: timely,
    endsOnce: patched('ends-once'),
    bringsAll,
    withChange: inFewActions,
    timeIsOver: time.isOver,
    giveUp: () => work.cancel(),
  });
  const started = bringsAll ? undefined : recordStart(input);

  const outcome = await work
    .run(async (): Promise<Outcome> => {
      const given = { ...facts, ...ref };
      const estimate = () => status.step('estimation', given);

      const quality = status.step('qualityCheck', given);
      const hydration = status.optionalStep('hydration', given);
      const speculation = input.speculativeEstimation === false ? null : estimate();
      // Both are awaited below, unless the quality check ends the scan first.
      hydration.catch(ignore);
      speculation?.catch(ignore);

      const verdict = await quality;
      if (!verdict.accepted) return { status: 'rejected', error: rejection(verdict, speaker) };

      const estimation = await (speculation ?? estimate());
      if (estimation.flags?.includes('model_refused')) status.warnOfRefusal();
      const known = { ...given, estimation };
      const delta = status.optionalStep('delta', known);
      await Promise.all([
        delta.then((change) => status.optionalStep('insights', { ...known, delta: change })),
        status.optionalStep('nutrition', known),
        status.optionalStep('workout', known),
        hydration,
      ]);
      return { status: 'completed', composition: { subject: facts.subject, estimation } };
    })
    .catch((failure: unknown): Outcome => {
      if (isCancellation(failure))
        return time.isOver()
          ? { status: 'failed', error: scanError({ messageCode: 'ScanTimedOutError' }, speaker) }
          : { status: 'canceled', error: scanError({ messageCode: 'ScanCanceledError' }, speaker) };
      const error = errorOf(failure, speaker);
      return { status: error.code === 'ConsentMissingError' ? 'canceled' : 'failed', error };
    });
  time.stop();
  // Steps still under way after a rejection or failure have nothing left to work for.
  if (outcome.status !== 'completed') work.cancel();
  const error = outcome.status === 'completed' ? undefined : outcome.error;

  return CancellationScope.nonCancellable(async () => {
    const settled = timely ? undefined : started!.then(() => settle(input, outcome));
    // In the audit chain the start comes before the end.
    await (settled ? briefly(settled) : started);
    const ended = await status.end(outcome.status, error);
    recordOutcome(ended.status, status.isSimulated(), inFewActions);
    await Promise.all([
      settled,
      // Somebody else was faster than the first write.
      bringsAll && !ended.startRecorded ? recordStart(input) : undefined,
      timely && ended.status !== 'completed' ? deleteImages(ref) : undefined,
      hidesFaces && ended.status === 'completed' ? hideFaces(input) : undefined,
      ended.written ? announce(input, outcome, ended) : undefined,
      events.drained(),
    ]);
    return { scanId, status: ended.status };
  });
}

/** Faults of the file rather than of the picture. */
const NOT_AN_IMAGE: ReadonlySet<PhotoIssueCode> = new Set(['missing', 'unreadable', 'unsupported_type']);

/** The rejection a user reads: every photo's fault, and what to do. A file that is no usable image has its own code. */
function rejection(verdict: QualityCheckResult, speaker: Speaker): ScanError {
  const issues = ANGLES.flatMap((angle) => verdict.photos[angle].issues);
  const code = issues.some((issue) => NOT_AN_IMAGE.has(issue.code))
    ? 'InvalidImageError'
    : 'PhotosRejectedError';
  const sentences = [...issues, ...(verdict.offer ? [verdict.offer] : [])]
    .map(({ message }) => message)
    .join(' ');
  const error = scanError({ messageCode: code }, speaker);
  return sentences === '' ? error : { ...error, message: sentences };
}

function ignore(): void {}
