/**
 * The steps of a scan: the one list from which the document, progress, statuses, retries, the API's description and clients derive.
 * A step's work is in `worker/src/steps/<step>/`, and where in a scan it stands is written in `worker/src/scan/daily-scan.ts`.
 */

import type { z } from 'zod';
import {
  deltaResult,
  estimationResult,
  hydrationResult,
  insightsResult,
  nutritionResult,
  qualityCheckResult,
  workoutResult,
} from './step-results.ts';

/** How often and how long a step is attempted. Times in ms. */
export interface StepPolicy {
  /** Longest time of one attempt. */
  readonly attemptMs: number;
  /** Time from the first attempt to the end of the last, waits included. */
  readonly timeLimitMs: number;
  /** Wait before the first retry; each later wait is twice as long as the one before. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  readonly attempts: number;
  /** Errors after which no further attempt is made, besides those that `ERRORS` calls not retried. */
  readonly neverRetried: readonly string[];
}

const DEFAULT_POLICY: StepPolicy = {
  attemptMs: 5 * 60_000,
  timeLimitMs: 10 * 60_000,
  firstWaitMs: 1000,
  longestWaitMs: 30_000,
  attempts: 3,
  neverRetried: [],
};

/** The entry of one step. */
interface StepDefinition {
  /** The step's name in the document, the workflow, the activities and the logs. */
  readonly name: string;
  /**
   * The step's name for users, in English, and the sentence they read when it failed for good. Other languages have their own
   * in `words/`.
   */
  readonly title: string;
  readonly warning?: string;
  /** Time that the step takes with a real model (s); its weight in the progress. */
  readonly nominalSeconds: number;
  /** An essential step that fails for good fails the scan. Any other step leaves its warning. */
  readonly essential: boolean;
  /**
   * Steps that must have ended before this one starts; STEPS lists them before this one. The estimation also waits for the
   * quality check where a scan does not speculate (`speculativeEstimation`).
   */
  readonly needs: readonly string[];
  /**
   * What the step's activity is given besides the scan's ids: facts of the request, and results of earlier steps by the steps'
   * names.
   */
  readonly takes: readonly string[];
  /** Facts of the request that are also given when the request has them. */
  readonly mayTake?: readonly string[];
  /**
   * Whether the step sends data of the user to a model. Such a step asks for consent first; any other runs as a short activity.
   */
  readonly asksModel: boolean;
  readonly policy: StepPolicy;
  /** The schema of the step's part of `results`. */
  readonly result: z.ZodObject;
}

/** All steps, in the order in which a user reads them. */
export const STEPS = [
  {
    name: 'qualityCheck',
    title: 'Photo quality',
    nominalSeconds: 30,
    essential: true,
    needs: [],
    takes: ['photoUrls'],
    mayTake: ['without', 'rejectedBefore', 'busy'],
    asksModel: true,
    policy: DEFAULT_POLICY,
    result: qualityCheckResult,
  },
  {
    name: 'estimation',
    title: 'Body composition',
    warning: 'Body fat was measured in the photos alone this time, without a second opinion.',
    nominalSeconds: 120,
    essential: true,
    needs: [],
    takes: ['photoUrls', 'subject', 'createdAt'],
    mayTake: ['without', 'cameraElevationAngles', 'weightConfirmed', 'busy', 'withChange'],
    asksModel: true,
    // The estimation is worth more time and attempts. A broken photo stays broken, so it is not looked at again.
    policy: {
      attemptMs: 10 * 60_000,
      timeLimitMs: 20 * 60_000,
      firstWaitMs: 5000,
      longestWaitMs: 60_000,
      attempts: 5,
      neverRetried: ['InvalidImageError'],
    },
    result: estimationResult,
  },
  {
    name: 'delta',
    title: 'Change',
    warning: 'The change since your last scan could not be computed this time.',
    nominalSeconds: 30,
    essential: false,
    needs: ['qualityCheck', 'estimation'],
    takes: ['subject', 'createdAt', 'estimation'],
    asksModel: false,
    policy: { ...DEFAULT_POLICY, attemptMs: 60_000 },
    result: deltaResult,
  },
  {
    name: 'insights',
    title: 'Insights',
    warning: 'Insights could not be written this time.',
    nominalSeconds: 60,
    essential: false,
    needs: ['delta'],
    takes: ['subject', 'estimation', 'delta'],
    asksModel: true,
    policy: DEFAULT_POLICY,
    result: insightsResult,
  },
  {
    name: 'nutrition',
    title: 'Nutrition',
    warning: 'The nutrition plan could not be made this time.',
    nominalSeconds: 60,
    essential: false,
    needs: ['qualityCheck', 'estimation'],
    takes: ['subject', 'estimation'],
    asksModel: true,
    policy: DEFAULT_POLICY,
    result: nutritionResult,
  },
  {
    name: 'workout',
    title: 'Workout',
    warning: 'The workout plan could not be made this time.',
    nominalSeconds: 60,
    essential: false,
    needs: ['qualityCheck', 'estimation'],
    takes: ['subject', 'estimation'],
    asksModel: true,
    policy: DEFAULT_POLICY,
    result: workoutResult,
  },
  {
    name: 'hydration',
    title: 'Hydration',
    warning: 'The hydration plan could not be made this time.',
    nominalSeconds: 30,
    essential: false,
    needs: [],
    takes: ['subject'],
    mayTake: ['busy'],
    asksModel: true,
    policy: DEFAULT_POLICY,
    result: hydrationResult,
  },
] as const satisfies readonly StepDefinition[];

/** One entry of the list. */
export type Step = (typeof STEPS)[number];

/** A step's name. */
export type StepName = Step['name'];

/** The entry of a step. */
export type StepOf<Name extends StepName> = Extract<Step, { name: Name }>;

/** The result of a step. */
export type ResultOf<Name extends StepName> = z.infer<StepOf<Name>['result']>;

/** The names alone, in the same order. */
export const STEP_NAMES = STEPS.map((step) => step.name) as [StepName, ...StepName[]];

/** A step whose failure leaves a warning instead of failing the scan. */
export type OptionalStepName = Extract<Step, { essential: false }>['name'];

/** The names of the optional steps. */
export const OPTIONAL_STEP_NAMES = STEPS.filter((step) => !step.essential).map((step) => step.name) as [
  OptionalStepName,
  ...OptionalStepName[],
];

/** Each entry by its step's name. */
export const STEP = Object.fromEntries(STEPS.map((step) => [step.name, step])) as {
  [Name in StepName]: StepOf<Name>;
};

/** Wait (ms) after a failed attempt of a step, or null when it was the last. */
export function retryDelay(step: StepName, attempt: number): number | null {
  const { firstWaitMs, longestWaitMs, attempts } = STEP[step].policy;
  return attempt >= attempts ? null : Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
}

/** Seconds (s) a step takes with a real model. */
export const NOMINAL_SECONDS = Object.fromEntries(
  STEPS.map((step) => [step.name, step.nominalSeconds]),
) as Record<StepName, number>;
