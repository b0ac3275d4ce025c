/** Words and numbers of a scan as a person reads them. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type {
  EstimateSource,
  EstimationFlag,
  EstimationResult,
  QualityCheckResult,
  ScanResults,
} from '@reddyfit/shared/scan/results';
import type { StepName } from '@reddyfit/shared/scan/steps';

/** What a reader calls a step. */
export const STEP_TITLES: Record<StepName, string> = {
  qualityCheck: 'Photo quality',
  estimation: 'Body composition',
  delta: 'Change',
  insights: 'Insights',
  nutrition: 'Nutrition',
  workout: 'Workout',
  hydration: 'Hydration',
};

/** What a reader calls a goal. */
export const GOALS = { lose_fat: 'lose fat', maintain: 'maintain', gain_muscle: 'gain muscle' } as const;

/** 1234.5 → "1,234.5", with exactly `digits` decimals. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The same with its sign: "+0.4", "−0.4", "±0.0". */
export function signed(value: number, digits = 1): string {
  const size = number(Math.abs(value), digits);
  if (Number(size.replaceAll(',', '')) === 0) return `±${size}`;
  return `${value < 0 ? '−' : '+'}${size}`;
}

/** A duration in ms: "0.4 s", "12 s", "2 min 05 s". */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** The time between two scans as a reader counts it: "since earlier today", "in 1 day", "in 12 days". */
export function span(days: number): string {
  const whole = Math.round(days);
  if (whole === 0) return 'since earlier today';
  return whole === 1 ? 'in 1 day' : `in ${number(whole)} days`;
}

/** Each photo that was not accepted, with what is wrong with it. */
export function photoFeedback({ photos }: QualityCheckResult): string[] {
  return ANGLES.filter((angle) => !photos[angle].accepted).map(
    (angle) => `${angle}: ${photos[angle].issues.map(({ message }) => message).join(' ') || 'not accepted'}`,
  );
}

/** What a reader calls a source of the body fat. */
export const ORIGINS: Record<EstimateSource, string> = {
  measurement: 'measured',
  anthropometry: 'by height and weight',
  model: 'seen by the model',
  history: 'earlier scan',
};

/** What a reader is told of how an estimation came about. */
export const ESTIMATION_NOTES: Record<EstimationFlag, string> = {
  not_measured: 'The body could not be measured in these photos.',
  under_18: 'The equations of girths were made of adults, so they are left out under 18 years.',
  model_asked_again:
    'The model was far from the measurement, looked again with the girths before it, and counts for less.',
  model_disagrees: 'The model and the measurement are far apart, so the model counts for less.',
  model_refused: 'The model declined the photos, so the measurement stands without it.',
};

/** Where a body fat came from, the weightiest first: "measured + seen by the model". Empty when that is not known. */
export function originsOf({ sources = [] }: EstimationResult): string {
  return sources
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ source }) => ORIGINS[source])
    .join(' + ');
}

/** "22.9 % body fat (20.1–25.7) · measured". */
function bodyFatFinding(estimation: EstimationResult): string {
  const { bodyFatPercent, bodyFatRange } = estimation;
  const range = `(${number(bodyFatRange.low, 1)}–${number(bodyFatRange.high, 1)})`;
  return [`${number(bodyFatPercent, 1)} % body fat ${range}`, originsOf(estimation)]
    .filter((part) => part !== '')
    .join(' · ');
}

const FINDINGS: { [Step in StepName]: (result: NonNullable<ScanResults[Step]>) => string } = {
  qualityCheck: (result) =>
    result.accepted
      ? 'all four photos accepted'
      : `not accepted: ${ANGLES.filter((angle) => !result.photos[angle].accepted).join(', ')}`,
  estimation: bodyFatFinding,
  delta: ({ previous }) =>
    previous
      ? `${signed(previous.change.bodyFatPercent)} points${previous.change.moreThanChance === false ? ' (may be chance)' : ''}, ${signed(previous.change.weightLb)} lb ${span(previous.days)}`
      : 'first scan, nothing to compare with',
  insights: ({ highlights, summary }) => highlights[0] ?? summary,
  nutrition: ({ calorieTargetKcal, proteinG, goal }) =>
    `${number(calorieTargetKcal)} kcal a day · ${number(proteinG)} g protein · ${GOALS[goal]}`,
  workout: ({ sessions }) =>
    `${sessions.length} sessions a week · ${number(sessions.reduce((sum, { minutes }) => sum + minutes, 0))} min`,
  hydration: ({ dailyWaterMl, dailyWaterFlOz }) =>
    `${number(dailyWaterMl / 1000, 1)} L (${number(dailyWaterFlOz)} fl oz) of water a day`,
};

/** The number a step found, in one line; null while there is none. */
export function finding(step: StepName, results: ScanResults | undefined): string | null {
  const result = results?.[step];
  return result ? (FINDINGS[step] as (result: unknown) => string)(result) : null;
}
