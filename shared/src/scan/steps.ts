/** The seven steps of a scan: the one list from which progress, statuses, the README's table and clients derive. */

/**
 * In the order a user reads them. `nominalSeconds` is the time a step takes with a real model (s) and weighs it in
 * the progress; an `essential` step that fails for good fails the scan, any other leaves a warning. A step starts once all it
 * `needs` have ended. The estimation waits for the quality check, too, where a scan does not speculate (`speculativeEstimation`).
 */
export const STEPS = [
  { name: 'qualityCheck', nominalSeconds: 30, essential: true, needs: [] },
  { name: 'estimation', nominalSeconds: 120, essential: true, needs: [] },
  { name: 'delta', nominalSeconds: 30, essential: false, needs: ['qualityCheck', 'estimation'] },
  { name: 'insights', nominalSeconds: 60, essential: false, needs: ['delta'] },
  { name: 'nutrition', nominalSeconds: 60, essential: false, needs: ['qualityCheck', 'estimation'] },
  { name: 'workout', nominalSeconds: 60, essential: false, needs: ['qualityCheck', 'estimation'] },
  { name: 'hydration', nominalSeconds: 30, essential: false, needs: [] },
] as const;

/** A step's name, the same in the document, the workflow, the activities and the logs. */
export type StepName = (typeof STEPS)[number]['name'];

/** The names alone, in the same order. */
export const STEP_NAMES = STEPS.map((step) => step.name) as [StepName, ...StepName[]];

/** A step whose failure leaves a warning instead of failing the scan. */
export type OptionalStepName = Extract<(typeof STEPS)[number], { essential: false }>['name'];

/** Their names. */
export const OPTIONAL_STEP_NAMES = STEPS.filter((step) => !step.essential).map((step) => step.name) as [
  OptionalStepName,
  ...OptionalStepName[],
];

/** Seconds (s) a step takes with a real model. */
export const NOMINAL_SECONDS = Object.fromEntries(
  STEPS.map((step) => [step.name, step.nominalSeconds]),
) as Record<StepName, number>;
