/** qualityCheck: pixels and posture first, on this machine; the model only for photos that pass, and only where it is wanted. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import type { PhotoIssue } from '@reddyfit/shared/scan/results';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';
import { createQualityCheckAgent, verdict } from './agent.ts';
import { log } from '../../platform/logs.ts';
import { issueOf, type PhotoFault } from '../../body/photos/fault.ts';
import { judgeOne, judgeSizes } from '../../body/vision/gate.ts';
import type { Pose } from '../../body/vision/pose.ts';
import { exchangedIn, type Examinations } from '../../body/vision/arrange-photos.ts';
import type { StepPorts, StepWork } from '../step.ts';
import { photosForModel } from '../../body/photos/scan-photos.ts';

/**
 * Verdict on four photos, all four in one answer. A photo that is missing, unreadable, small, dark, bright, blurred, or does not show one
 * whole person upright from the asked side is rejected without asking the model, and what passed stays accepted when the model declines
 * to look. Throws when the processes that examine photos fail: Temporal tries again. Photos that are not there yet are
 * waited for, and the workflow is told so.
 */
export function createQualityCheck({
  examinations,
  model,
  tellOfWait,
  modelQualityCheck,
}: Pick<StepPorts, 'examinations' | 'model' | 'tellOfWait' | 'modelQualityCheck'>): StepWork<'qualityCheck'> {
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
    const note = exchanged.length > 0 && { exchanged };
    const byLooks = verdict(issuesOf(examined, speakerFor(input.reader)));
    if (!byLooks.accepted || !modelQualityCheck) return { ...byLooks, ...note };
    const question = { photos: photosForModel(examined), reader: input.reader };
    const judged = await ask(question, signal).catch((error: unknown) => {
      if (!(error instanceof ScanPipelineError && error.code === 'ModelRefusedError')) throw error;
      log('WARNING', 'model_refused', { scanId: input.scanId });
      return byLooks;
    });
    return { ...judged, ...note };
  };
}

/** Everything wrong with four examined photos, in the words of `speaker`. */
export function issuesOf(
  examined: Examinations,
  speaker: Speaker = speakerFor(),
): Record<Angle, PhotoIssue[]> {
  const faults = Object.fromEntries(
    ANGLES.map((angle): [Angle, PhotoFault[]] => {
      const { issues: byPixels, pose } = examined[angle];
      return [angle, pose ? judgeOne(angle, pose) : [...byPixels]];
    }),
  ) as Record<Angle, PhotoFault[]>;
  const poses: Partial<Record<Angle, Pose>> = {};
  for (const angle of ANGLES) if (examined[angle].pose) poses[angle] = examined[angle].pose;
  for (const [angle, fault] of judgeSizes(poses, faults)) faults[angle].push(fault);
  return Object.fromEntries(
    ANGLES.map((angle) => [angle, faults[angle].map((fault) => issueOf(fault, speaker))]),
  ) as Record<Angle, PhotoIssue[]>;
}
