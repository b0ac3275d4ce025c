/**
 * The step qualityCheck: the worker checks pixels and posture itself, then asks a model about photos that pass, if that
 * is switched on.
 */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { notLetPass, waivableIn } from '@reddyfit/shared/scan/waivable';
import { type PhotoIssue, type QualityCheckResult, WAIVABLE_ISSUES } from '@reddyfit/shared/scan/results';
import type { StepInput } from '@reddyfit/shared/temporal/workflows';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';
import { createQualityCheckAgent, verdict } from './agent.ts';
import { costOfRefusal } from '../../model/spent.ts';
import { log } from '../../platform/logs.ts';
import { issueOf } from '@reddyfit/shared/gate/photo-fault';
import { exchangedIn, type Looks } from '@reddyfit/shared/gate/arrange-photos';
import { faultsOf } from '@reddyfit/shared/gate/faults';
import { occasionNotes } from '../../body/vision/one-occasion.ts';
import type { StepPorts, StepWork } from '../step.ts';
import { photosForModel } from '../../body/photos/scan-photos.ts';

/**
 * Makes the step, which judges all four photos in one answer. A photo is rejected without asking the model when it is
 * missing, unreadable, too small, dark, bright or blurred, or when it does not show one whole person upright from the
 * asked side, unless the user waived that reason. Where faces are hidden, a photo that passed though nobody was found in it is not
 * shown to the model. When the model declines to look, photos that passed stay accepted. Throws when the processes that examine
 * photos fail, and Temporal tries again. Waits for photos that have not arrived, and tells the workflow so.
 */
export function createQualityCheck({
  examinations,
  model,
  tellOfWait,
  modelQualityCheck,
}: Pick<StepPorts, 'model' | 'tellOfWait' | 'modelQualityCheck'> & {
  readonly examinations: Pick<StepPorts['examinations'], 'of'>;
}): StepWork<'qualityCheck'> {
  const ask = createQualityCheckAgent(model);
  return async (input, signal) => {
    const tell = tellOfWait();
    let told = false;
    const examined = await examinations.of(input, signal, () => {
      told = true;
      tell(true);
    });
    if (told) tell(false);
    const exchanged = exchangedIn(examined);
    const speaker = speakerFor(input.reader);
    const notes = occasionNotes(examined, speaker);
    const note = { ...(exchanged.length > 0 && { exchanged }), ...(notes.length > 0 && { notes }) };
    const judge = (issues: Record<Angle, readonly PhotoIssue[]>) =>
      withOffer(verdict(notLetPass(issues, input.without ?? [])), input, speaker);
    const seen = issuesOf(examined, speaker);
    const byLooks = judge(seen);
    if (!byLooks.accepted || !modelQualityCheck) return { ...byLooks, ...note };
    const question = { photos: photosForModel(examined, input), reader: input.reader };
    const judged = await ask(question, signal).catch((error: unknown) => {
      if (!(error instanceof ScanPipelineError && error.code === 'ModelRefusedError')) throw error;
      log('WARNING', 'model_refused', { scanId: input.scanId });
      return error;
    });
    if (judged instanceof ScanPipelineError) return { ...byLooks, ...note, ...costOfRefusal(judged) };
    // Of a photo that the model was not shown, what was seen before counts: that nobody was found in it.
    const byModel = Object.fromEntries(
      ANGLES.map((angle) => [angle, question.photos[angle] ? judged.photos[angle].issues : seen[angle]]),
    );
    return { ...judged, ...judge(byModel as Record<Angle, PhotoIssue[]>), ...note };
  };
}

/**
 * Adds an offer to a verdict that rejects for a second time in a row for reasons that may lie in the body: the user may go on
 * without the measurement. They need not be the same reasons, since who cannot stand or hold the pose is rejected for one thing
 * today and for another tomorrow. Who does without already is offered it again with each rejection. The offer has every such
 * reason, of now, of the scan before and of those let pass, since the measurement can be left out but once. So nobody is rejected
 * without end for something that they cannot change.
 */
function withOffer(
  judged: QualityCheckResult,
  {
    without: waived = [],
    rejectedBefore = [],
  }: Pick<StepInput<'qualityCheck'>, 'without' | 'rejectedBefore'>,
  speaker: Speaker,
): QualityCheckResult {
  const now = waivableIn(judged.photos);
  const isDue = waived.length > 0 || (rejectedBefore.length > 0 && now.length > 0);
  if (judged.accepted || !isDue) return judged;
  const named = new Set([...waived, ...rejectedBefore, ...now]);
  const without = WAIVABLE_ISSUES.filter((reason) => named.has(reason));
  return { ...judged, offer: { without, ...speaker.tell('offers', 'without_measurement') } };
}

/** Everything wrong with four examined photos, in the words of `speaker`. */
export function issuesOf(examined: Looks, speaker: Speaker = speakerFor()): Record<Angle, PhotoIssue[]> {
  const faults = faultsOf(examined);
  return Object.fromEntries(
    ANGLES.map((angle) => [angle, faults[angle].map((fault) => issueOf(fault, speaker))]),
  ) as Record<Angle, PhotoIssue[]>;
}
