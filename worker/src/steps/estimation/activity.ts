/**
 * The step estimation: combines what is measured in the photos, what a model sees in them, and the scan before into one
 * body fat.
 */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import { faultsOf } from '@reddyfit/shared/gate/faults';
import { round } from '@reddyfit/shared/scan/measures';
import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { EstimationFlag } from '@reddyfit/shared/scan/results';
import { notLetPass } from '@reddyfit/shared/scan/waivable';
import type { ScanSubject, StepInput } from '@reddyfit/shared/temporal/workflows';
import type { Measured } from './agent.ts';
import type { Estimate } from '../../body/equations/combine-estimates.ts';
import { ADULT_AGE } from '../../body/equations/adult-age.ts';
import { measuredBodyFat } from '../../body/equations/measured-body-fat.ts';
import { compositionOf } from '../../body/fusion/composition.ts';
import { fitsGirths } from '../../body/equations/plausible-weight.ts';
import { fuse } from '../../body/fusion/fuse.ts';
import { disagrees } from '../../body/fusion/visual.ts';
import { costOfRefusal } from '../../model/spent.ts';
import { log } from '../../platform/logs.ts';
import { type BodyMeasurement, type GirthName, GIRTHS } from '../../body/vision/body-measurement.ts';
import type { Examinations } from '../../body/vision/examination.ts';
import type { StepPorts, StepWork } from '../step.ts';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { lastScan } from './last-scan.ts';
import { createLook } from './look-at-photos.ts';
import { measureBody } from './measure-body.ts';
import { photosForModel, requireUsable } from '../../body/photos/scan-photos.ts';

export type EstimationPorts = Pick<StepPorts, 'examinations' | 'memory' | 'measurer' | 'visualModel'> & {
  readonly scans: Pick<StepPorts['scans'], 'earlier'>;
};

/**
 * Makes the step, which estimates the body composition of one scan. The model's look and the reading of the scan before
 * run in parallel. The step goes on without a measurement when the body cannot be measured, without the scan before
 * when it cannot be read, and without the model when the gate refuses the photos, in which case the scan is rejected, when the
 * user lets pass that somebody else is in them, or when the model declines those of a body that was measured, or whose measurement
 * the user has left out. When the model fails for good in any other way, the step fails.
 */
export function createEstimation({
  examinations,
  memory,
  scans,
  measurer,
  visualModel,
}: EstimationPorts): StepWork<'estimation'> {
  const eye = visualModel && createLook(visualModel, memory);

  return async (input, signal) => {
    const { scanId, subject, reader } = input;
    const speaker = speakerFor(reader);
    const over = new AbortController();
    // Aborts the requests that are still under way when the step has ended early, by an error of the model.
    const ending = AbortSignal.any([signal, over.signal]);
    try {
      const earlier = lastScan(scans, input);
      // Prevents an unhandled rejection. The promise is awaited below, unless the photos cannot be used.
      earlier.catch(() => undefined);
      const examined = await examinations.of(input, ending);
      requireUsable(examined);
      const leftOut = (input.without ?? []).length > 0;
      // The quality check asks a model about the photos meanwhile. Nobody is outlined in photos in which the gate finds a fault.
      const outlined = leftOut ? null : await examinations.outlined(input, ending);
      // The quality check rejects such a scan, and what this step returns is never shown: a model's look would cost for nothing.
      const isRefused = leftOut ? !arePassed(examined, input) : !outlined;
      // Of two people in a photo nobody can say which is the user, and the other must not be judged in their stead.
      const isJudged = !isRefused && !input.without?.includes('several_people');
      const girths =
        outlined &&
        measureBody(measurer, {
          scanId,
          examined: outlined,
          heightCm: subject.heightCm,
          elevations: input.cameraElevationAngles,
        });
      const fits = girths && fitsGirths(subject, girths);
      if (fits === false && !input.weightConfirmed) throw new ScanPipelineError('WeightDoubtfulError.body');
      // A confirmed weight is used, but only a measured body can show that it is right.
      const isDoubtful = input.weightConfirmed === true && fits !== true;
      const [history, first] = await Promise.all([
        earlier,
        isJudged
          ? eye?.look(input, photosForModel(examined, input), ending).catch(refusalOrThrow)
          : undefined,
      ]);

      const measured = measuredBodyFat(girths, subject);
      const isMeasured = girths !== null && measured.source === 'measurement';
      const refused = first instanceof ScanPipelineError;
      // Who leaves the measurement out shows a body that photos can't show otherwise: what a model declines once, it always would.
      if (refused && !isMeasured && !leftOut) throw first;
      if (refused) log('WARNING', 'model_refused', { scanId });
      let sight = refused ? undefined : first;
      if (eye && sight && isMeasured && disagrees(sight.seen, measured)) {
        log('INFO', 'model_asked_again', { scanId });
        sight = await eye.lookAgain(sight, shownOf(measured, girths, subject), measured, ending);
      }

      const fused = fuse(
        {
          // When the body was not measured, the model's estimate replaces the equation from height and weight: the
          // model is told both, and sees the body.
          ...((isMeasured || !sight) && { [measured.source]: measured }),
          ...(sight && { model: sight.estimate }),
          ...(history && { history }),
        },
        subject.sex,
      );
      const flags: EstimationFlag[] = [
        ...(isDoubtful ? (['weight_doubtful'] as const) : []),
        ...(leftOut ? (['measurement_left_out'] as const) : girths ? [] : (['not_measured'] as const)),
        ...(subject.sex === 'unspecified' ? (['sex_unspecified'] as const) : []),
        ...(subject.ageYears < ADULT_AGE ? (['under_18'] as const) : []),
        // Its sentence is about a measurement that stands alone.
        ...(refused && isMeasured ? (['model_refused'] as const) : []),
        ...(sight?.flags ?? []),
      ];
      const composition = {
        ...compositionOf({ subject, fused, girths, seen: sight?.seen ?? null, flags, speaker }),
        ...(refused && costOfRefusal(first)),
      };
      return flags.length === 0
        ? composition
        : { ...composition, notes: flags.map((flag) => speaker.retell('estimation', flag, {})) };
    } finally {
      over.abort();
    }
  };
}

/** Whether the gate finds nothing in these photos but what the user lets pass. */
function arePassed(
  examined: Examinations,
  { without = [] }: Pick<StepInput<'estimation'>, 'without'>,
): boolean {
  const left = notLetPass(faultsOf(examined), without);
  return ANGLES.every((angle) => left[angle].length === 0);
}

/** Returns the error when the model declined, since the scan may do without its look; throws any other error. */
function refusalOrThrow(error: unknown): ScanPipelineError {
  if (error instanceof ScanPipelineError && error.code === 'ModelRefusedError') return error;
  throw error;
}

/** The measurement in the form in which the model is shown it. */
function shownOf(measured: Estimate, girths: BodyMeasurement, { sex }: ScanSubject): Measured {
  const { bodyFatPercent, low, high } = fuse({ measurement: measured }, sex);
  const cm = (name: GirthName) => round(girths[name].cm, 1);
  const girthsCm = Object.fromEntries(GIRTHS.map((name) => [name, cm(name)])) as Measured['girthsCm'];
  return { bodyFatPercent, low, high, girthsCm };
}
