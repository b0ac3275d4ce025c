/** One scan, from admitted photos to a result on the phone. */

import { scanError } from '@reddyfit/shared/errors';
import type { DailyScanInput, DailyScanResult } from '@reddyfit/shared/temporal/workflows';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { afterwardsOf, announce, briefly, hideFaces, recordStart, settle } from './aftermath.ts';
import { courseOf } from './course.ts';
import { errorOf } from './failures.ts';
import { deleteImages, NoTimeLeft } from './activity-proxies.ts';
import type { Outcome } from './outcome.ts';
import { rejection } from './rejection.ts';
import { scanEvents } from './scan-events.ts';
import { scanStatus } from './scan-status.ts';
import { recordOutcome } from './search-attributes.ts';
import { deadline, timeLimit, UNLIMITED } from './time-limit.ts';

/**
 * Runs one scan. Each step starts as soon as its inputs exist: the quality check, the estimation and hydration at once;
 * then delta, nutrition and workout in parallel; and insights after delta. The critical path is estimation, delta and
 * insights.
 *
 * When the time limit is reached, the scan ends: as completed with warnings when there is an estimation, as failed when
 * there is none. Withdrawn consent cancels the scan at the next step that would send anything to a model, or at the
 * next result that would be written.
 *
 * The scan ends in exactly one of completed, rejected, failed and canceled. Status and credit are settled in one write:
 * the credit is spent once an estimation has been shown, and given back when the scan ends before that with any status
 * other than `completed`. Photos of a scan that did not complete are deleted; in the photos of a completed scan, faces
 * are hidden. When somebody else has ended or deleted the scan, they announce it, and this workflow ends without
 * telling anybody. The workflow never throws for a scan that went wrong: that is its result.
 */
export async function dailyScanWorkflow(input: DailyScanInput): Promise<DailyScanResult> {
  const { scanId, userId, reader, course, ...facts } = input;
  const ref = { scanId, userId, ...(reader && { reader }) };
  const speaker = speakerFor(reader);
  const startedAt = new Date(Date.now()).toISOString();
  const follows = courseOf(course);
  const work = new CancellationScope();
  const limited = () =>
    follows('fewer-actions')
      ? deadline(input.timeLimitSeconds)
      : timeLimit(input.timeLimitSeconds, () => work.cancel());
  const time = follows('ends-in-time') ? limited() : UNLIMITED;
  const events = scanEvents(input, follows);
  const status = scanStatus(input, events, follows, {
    timeLeftMs: time.leftMs,
    timeIsOver: time.isOver,
    giveUp: () => work.cancel(),
  });
  const started = follows('writes-bring-all') ? undefined : recordStart(input, startedAt);

  const outcome = await work
    .run(async (): Promise<Outcome> => {
      const given = { ...facts, ...ref, ...(follows('in-fewest-actions') && { withChange: true }) };
      const estimate = () => status.step('estimation', given);

      const quality = status.step('qualityCheck', given);
      const hydration = status.optionalStep('hydration', given);
      const speculation = input.speculativeEstimation === false ? null : estimate();
      // Prevents unhandled rejections. Both promises are awaited below, unless the quality check ends the scan first.
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
      const isWithdrawn = error.code === 'ConsentMissingError';
      if (failure instanceof NoTimeLeft || (follows('fewer-actions') && !isWithdrawn && time.isOver()))
        return { status: 'failed', error: scanError({ messageCode: 'ScanTimedOutError' }, speaker) };
      return { status: isWithdrawn ? 'canceled' : 'failed', error };
    });
  time.stop();
  // After a rejection or a failure, steps that are still under way are no longer needed.
  if (outcome.status !== 'completed') work.cancel();
  const error = outcome.status === 'completed' ? undefined : outcome.error;

  return CancellationScope.nonCancellable(async () => {
    const settled = follows('ends-in-time') ? undefined : started!.then(() => settle(input, outcome));
    // The start must come before the end in the audit chain.
    await (settled ? briefly(settled) : started);
    const ended = await status.end(outcome.status, error, (end) =>
      afterwardsOf(input, outcome, end, { hidesFaces: follows('hides-kept-faces') }),
    );
    recordOutcome(ended.status, status.isSimulated(), follows('in-few-actions'));
    await Promise.all([
      settled,
      // Somebody else ended the scan before a write of this workflow has recorded the start.
      follows('writes-bring-all') && !ended.startRecorded ? recordStart(input, startedAt) : undefined,
      follows('ends-in-time') && ended.status !== 'completed' ? deleteImages(ref) : undefined,
      follows('hides-kept-faces') && ended.status === 'completed' ? hideFaces(input, ended.after) : undefined,
      ended.written ? announce(input, outcome, ended) : undefined,
      events.drained(),
    ]);
    return { scanId, status: ended.status };
  });
}

function ignore(): void {}
