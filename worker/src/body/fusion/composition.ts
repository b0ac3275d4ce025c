/** Makes the body composition that is shown: everything that follows from a body fat. */

import { lbToKg, round } from '@reddyfit/shared/scan/measures';
import type { EstimationFlag, EstimationResult, ModelCall } from '@reddyfit/shared/scan/results';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import type { Speaker } from '@reddyfit/shared/words/speaker';
import { bodyMassIndex, splitMass } from '../equations/body-composition.ts';
import { waistToHeight, waistToHip } from '../equations/girth-ratios.ts';
import type { BodyMeasurement, Girth, Volume } from '../vision/body-measurement.ts';
import { certainty } from './certainty.ts';
import { DEVIATIONS_IN_95_PERCENT } from '../equations/interval.ts';
import type { Fused } from './fuse.ts';
import { rangeReasons, rangeSentence } from './range-reasons.ts';
import { repeatSdOf } from './repeat.ts';

export interface CompositionParts {
  readonly subject: ScanSubject;
  readonly fused: Fused;
  /** Null when the body was not measured. */
  readonly girths: BodyMeasurement | null;
  /** Null when no model was asked, or when it declined. */
  readonly seen: { readonly observations: readonly string[]; readonly modelCall: ModelCall } | null;
  readonly flags: readonly EstimationFlag[];
  /** Words the sentence that explains a wide range. */
  readonly speaker: Speaker;
}

/** The result of the step. Masses are computed from the rounded body fat, so that they agree with the number shown. */
export function compositionOf({
  subject,
  fused,
  girths,
  seen,
  flags,
  speaker,
}: CompositionParts): EstimationResult {
  const { bodyFatPercent, low, high, sd, sources } = fused;
  const reasons = rangeReasons({ low, high }, girths);
  const { fat, lean } = splitMass(subject.weightLb, bodyFatPercent);
  return {
    bodyFatPercent,
    bodyFatRange: { low, high },
    leanMassLb: round(lean, 1),
    fatMassLb: round(fat, 1),
    bmi: round(bodyMassIndex(lbToKg(subject.weightLb), subject.heightCm), 1),
    confidence: round(certainty(sd), 2),
    observations: [...(seen?.observations ?? [])],
    sources,
    ...(reasons.length > 0 && { rangeReasons: reasons, rangeSentence: rangeSentence(reasons, speaker) }),
    repeatSd: repeatSdOf(sources),
    ...(girths && measured(girths, subject.heightCm)),
    ...(flags.length > 0 && { flags: [...flags] }),
    ...(seen && { modelCall: seen.modelCall }),
  };
}

function measured(
  { neck, chest, waist, navel, hip, limbs = {}, volume }: BodyMeasurement,
  heightCm: number,
): Pick<EstimationResult, 'measurements' | 'waistToHip' | 'waistToHeight'> {
  return {
    measurements: {
      neck: shown(neck),
      chest: shown(chest),
      waist: shown(waist),
      navel: shown(navel),
      hip: shown(hip),
      ...Object.fromEntries(Object.entries(limbs).map(([name, girth]) => [name, shown(girth)])),
      ...(limbs.shoulder && { shoulderToWaist: ratioOf(limbs.shoulder, waist) }),
      ...(volume && { volume: shownVolume(volume) }),
    },
    waistToHip: round(waistToHip(waist.cm, hip.cm), 3),
    waistToHeight: round(waistToHeight(waist.cm, heightCm), 3),
  };
}

/**
 * The ratio of two girths with its 95 % interval. Their errors are taken as independent, which makes the interval a little
 * too wide.
 */
function ratioOf(over: Girth, under: Girth) {
  const value = over.cm / under.cm;
  const half = DEVIATIONS_IN_95_PERCENT * value * Math.hypot(over.sdCm / over.cm, under.sdCm / under.cm);
  return { ratio: round(value, 2), low: round(value - half, 2), high: round(value + half, 2) };
}

/** A volume with its 95 % interval, in tenths of a litre. */
function shownVolume({ litres, sdLitres }: Volume) {
  const half = DEVIATIONS_IN_95_PERCENT * sdLitres;
  return { litres: round(litres, 1), low: round(litres - half, 1), high: round(litres + half, 1) };
}

/** A girth with its 95 % interval, in tenths of a centimetre. */
function shown({ cm, sdCm }: Girth) {
  const half = DEVIATIONS_IN_95_PERCENT * sdCm;
  return { cm: round(cm, 1), low: round(cm - half, 1), high: round(cm + half, 1) };
}
