/**
 * The schemas of the steps' results, each of them a part of `results` in a scan document. STEPS (steps.ts) says which schema
 * belongs to which step.
 */

import { z } from 'zod';
import { ANGLES } from '../names/angles.ts';
import { messageParams } from '../words/params.ts';

const share = z.number().min(0).max(1);
const sentence = z.string().min(1).max(600);

/** The model, the tokens and the time behind a model's part of a result. */
export const modelCall = z.strictObject({
  /** The model that answered, as it named itself. */
  model: z.string(),
  promptVersion: z.string(),
  /** Tokens of all questions of this step. */
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** Time of all questions of this step (ms). */
  latencyMs: z.number().nonnegative(),
  /**
   * How often the model was asked: once, and once more after each answer that could not be used. The estimation also asks again
   * when the answer was far from what was measured.
   */
  asks: z.number().int().min(1),
  /** True when a stand-in model answered. */
  simulated: z.boolean(),
});
export type ModelCall = z.infer<typeof modelCall>;

/**
 * What a model cost that declined, where the step completed without it: its answers are no part of the result, and count in sums of
 * what models cost.
 */
export const refusedCall = modelCall.omit({ promptVersion: true, simulated: true });
export type RefusedCall = z.infer<typeof refusedCall>;

/** What can be wrong with one photo. */
export const PHOTO_ISSUES = [
  'missing',
  'unreadable',
  'unsupported_type',
  'too_small',
  'too_dark',
  'too_bright',
  'blurred',
  'not_a_person',
  'not_full_body',
  'wrong_angle',
  'obstructed',
  'several_people',
  'head_cut_off',
  'feet_cut_off',
  'too_far',
  'tilted',
  'arms_at_torso',
  'size_differs',
] as const;
export type PhotoIssueCode = (typeof PHOTO_ISSUES)[number];

/**
 * Reasons that may lie in the body rather than in the photo: one arm, a prosthesis, a wheelchair, somebody who helps to stand, a body
 * that cannot hold the pose. A user may ask for a scan that lets them pass (`without` of a scan); the body is then not measured in
 * the photos. `not_a_person` passes only where somebody is seen in two of the four (`waivableIn` of waivable.ts). `head_cut_off` is
 * none of them: whatever the body is like, the camera can be held higher or further away.
 */
export const WAIVABLE_ISSUES = [
  'arms_at_torso',
  'not_full_body',
  'feet_cut_off',
  'tilted',
  'too_far',
  'size_differs',
  'wrong_angle',
  'obstructed',
  'not_a_person',
  'several_people',
] as const satisfies readonly PhotoIssueCode[];
export type WaivableIssue = (typeof WAIVABLE_ISSUES)[number];

export const photoIssue = z.strictObject({
  code: z.enum(PHOTO_ISSUES),
  message: sentence,
  /**
   * The code of the sentence in `message`; `params` are the sentence's parameters. Absent when the model wrote the sentence.
   */
  messageCode: z.string().optional(),
  params: messageParams.optional(),
  /** The measured value and the limit that it missed, where a number decided. `code` implies the quantity and its unit. */
  measured: z.strictObject({ value: z.number(), limit: z.number() }).optional(),
});
export type PhotoIssue = z.infer<typeof photoIssue>;

/** Offers that the next scan lets these reasons pass and does without the measurement. */
export const waiverOffer = z.strictObject({
  /** What the client puts into `without` of the next scan, once the user agrees. */
  without: z.array(z.enum(WAIVABLE_ISSUES)).min(1),
  messageCode: z.string(),
  params: messageParams,
  message: sentence,
});
export type WaiverOffer = z.infer<typeof waiverOffer>;

/** A question to the user about the four photos as a set. */
export const setNote = z.strictObject({ messageCode: z.string(), params: messageParams, message: sentence });

const photoFeedback = z.strictObject({ accepted: z.boolean(), issues: z.array(photoIssue) });

/**
 * Verdict on the four photos; `modelCall` is absent when the pixels alone were enough to reject, and when the model declined
 * (`refusedCall`).
 */
export const qualityCheckResult = z.strictObject({
  accepted: z.boolean(),
  photos: z.strictObject(
    Object.fromEntries(ANGLES.map((angle) => [angle, photoFeedback])) as Record<
      (typeof ANGLES)[number],
      typeof photoFeedback
    >,
  ),
  /**
   * Angles whose photos were exchanged, since each showed the side of another: the client sent them in another order, or the
   * camera mirrored them.
   */
  exchanged: z.array(z.enum(ANGLES)).optional(),
  /** Questions to the user about the four photos as a set. Photos are never rejected for these. */
  notes: z.array(setNote).optional(),
  /**
   * Present when this scan and the user's scan before were rejected for reasons that may lie in the body, whichever these were: the
   * next scan can do without the measurement.
   */
  offer: waiverOffer.optional(),
  modelCall: modelCall.optional(),
  refusedCall: refusedCall.optional(),
});
export type QualityCheckResult = z.infer<typeof qualityCheckResult>;

/** Where an estimate of body fat can come from. */
export const ESTIMATE_SOURCES = [
  /** Girths measured in the photos, by published equations. */
  'measurement',
  /** Weight, height, age and sex alone, by published equations; only where there is neither measurement nor model. */
  'anthropometry',
  /** A model that looked at the photos. */
  'model',
  /** The body fat of the scan before, carried forward to today's weight. */
  'history',
] as const;
export type EstimateSource = (typeof ESTIMATE_SOURCES)[number];

/** One source of the body fat: its value (%), the standard deviation of that (points), and its weight, 0 to 1. */
export const estimationSource = z.strictObject({
  source: z.enum(ESTIMATE_SOURCES),
  /**
   * The equation, with `_children` where it has numbers of its own for them, and the sex that it was made for: `navy.male`.
   * Absent for a source that is no equation, and in older results. Two scans of different methods differ by more than chance in
   * the photos, which the interval of their change tells.
   */
  method: z.string().min(1).max(80).optional(),
  bodyFatPercent: z.number(),
  sd: z.number().positive(),
  weight: share,
});
export type EstimationSource = z.infer<typeof estimationSource>;

/** A circumference (cm) with its 95 % interval. */
const girth = z.strictObject({ cm: z.number().positive(), low: z.number(), high: z.number() });

/** The body's volume (L) with its 95 % interval. The body fat is not computed from it. */
const volume = z.strictObject({ litres: z.number().positive(), low: z.number(), high: z.number() });

/** A ratio of two girths with its 95 % interval. */
const ratio = z.strictObject({ ratio: z.number().positive(), low: z.number(), high: z.number() });

/** Special circumstances of an estimation. */
export const ESTIMATION_FLAGS = [
  /** The body could not be measured in the photos. */
  'not_measured',
  /**
   * The user confirmed a doubtful weight, and no measured body bears it out: later scans are not compared with this one, and it
   * is not remembered.
   */
  'weight_doubtful',
  /**
   * The user asked for a scan without the measurement, since the body cannot be shown as the measurement needs: see
   * WAIVABLE_ISSUES.
   */
  'measurement_left_out',
  /** The user does not state their sex: the equations for both were evaluated. */
  'sex_unspecified',
  /** The user is under 18: equations that were fitted to adults alone are left out. */
  'under_18',
  /**
   * The model's first answer was far from the measurement. The model was shown the measurement and came near; its answer counts
   * for less.
   */
  'model_asked_again',
  /** The model's answer stayed far from the measurement after it was shown it; it counts for less. */
  'model_disagrees',
  /** The model declined the photos, also when asked again. The measurement stands without it. */
  'model_refused',
] as const;
export type EstimationFlag = (typeof ESTIMATION_FLAGS)[number];

/** Why a body fat is uncertain. */
export const RANGE_REASONS = [
  /** Nothing was measured in the photos. */
  'not_measured',
  /** The neck's outline is uncertain, because of hair or a collar. */
  'neck_unclear',
  /** The trunk's outline is uncertain, because of loose clothes, arms near the body, or a camera that stood near. */
  'trunk_unclear',
  /** The equations and the model err by that much on people other than those they were made from. */
  'people_differ',
] as const;
export type RangeReason = (typeof RANGE_REASONS)[number];

/** Body composition of this scan. */
export const estimationResult = z.strictObject({
  /** Body fat in percent of body mass: the mean of `sources` by their weights. */
  bodyFatPercent: z.number().min(2).max(70),
  /** The 95 % interval of `bodyFatPercent`, in the same unit. In a result without `sources`, the range that the model gave. */
  bodyFatRange: z.strictObject({ low: z.number(), high: z.number() }),
  /** Fat-free mass (lb). */
  leanMassLb: z.number().positive(),
  fatMassLb: z.number().positive(),
  /** Body mass index (kg/m²). */
  bmi: z.number().positive(),
  /**
   * The chance that the true body fat is within 5 points of `bodyFatPercent`. In a result without `sources`, the model's own
   * confidence.
   */
  confidence: share,
  /** What the model saw, in its words. */
  observations: z.array(sentence).max(8),
  /** What the body fat was made of; weights sum to 1. */
  sources: z.array(estimationSource).min(1).optional(),
  /**
   * Present when `bodyFatRange` is wider than 8 points: the reasons, the weightiest first. `rangeSentence` says the same in a
   * sentence.
   */
  rangeReasons: z.array(z.enum(RANGE_REASONS)).min(1).optional(),
  rangeSentence: sentence.optional(),
  /**
   * Standard deviation (points) of `bodyFatPercent` when one body is scanned repeatedly on one day. Changes are judged by it.
   */
  repeatSd: z.number().positive().optional(),
  /**
   * Girths, when the body was measured: `waist` at the narrowest, `hip` at the widest. Shoulders (over the arms), upper arm,
   * thigh, calf, the ratio of shoulders to waist, and the volume are present only where the photos show them well enough.
   */
  measurements: z
    .strictObject({
      neck: girth,
      chest: girth,
      waist: girth,
      navel: girth,
      hip: girth,
      shoulder: girth.optional(),
      upperArm: girth.optional(),
      thigh: girth.optional(),
      calf: girth.optional(),
      shoulderToWaist: ratio.optional(),
      volume: volume.optional(),
    })
    .optional(),
  waistToHip: z.number().positive().optional(),
  waistToHeight: z.number().positive().optional(),
  flags: z.array(z.enum(ESTIMATION_FLAGS)).optional(),
  /** One sentence for the user about each flag. */
  notes: z
    .array(z.strictObject({ messageCode: z.string(), params: messageParams, message: sentence }))
    .optional(),
  /** Absent when no model was asked, and when it declined (`refusedCall`). */
  modelCall: modelCall.optional(),
  refusedCall: refusedCall.optional(),
});
export type EstimationResult = z.infer<typeof estimationResult>;

const change = z.strictObject({
  bodyFatPercent: z.number(),
  weightLb: z.number(),
  leanMassLb: z.number(),
  fatMassLb: z.number(),
  /**
   * 95 % interval of the change of body fat (points). Errors that the two scans share cancel out, so it is narrower than the
   * scans' own intervals suggest.
   */
  bodyFatInterval: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  /** True when that interval excludes 0; otherwise the change may be chance alone. */
  moreThanChance: z.boolean().optional(),
  /**
   * True when this scan's weight is doubtful (`weight_doubtful`), and so the whole change: it is then never `moreThanChance`, and
   * has no interval.
   */
  weightDoubtful: z.literal(true).optional(),
  /**
   * True when the height in the profile is not the one of the earlier scan: girths are scaled by it, and a body mass index made of
   * it, so a part of the change may come from the profile. `bodyFatInterval` holds the change of a body that has grown as well as
   * that of a height that was mended.
   */
  heightChanged: z.literal(true).optional(),
});

/** The change since one earlier scan. */
const changeSince = z.strictObject({ scanId: z.string(), days: z.number().nonnegative(), change });

/** Change against earlier scans; arithmetic, no model. Positive means more than before. */
export const deltaResult = z.strictObject({
  /**
   * The change since the scan before this one, however long ago that was; null where there is none to compare with: on a first
   * scan, and where all before it were deleted or had a doubtful weight.
   */
  previous: changeSince.nullable(),
  /** The change since the oldest scan of the last 12 months; null where these have none to compare with. */
  year: changeSince.nullable(),
  /**
   * Change per week over the last 90 days, this scan included. Each day counts once, by its last scan, and outliers are left
   * out. Null with fewer than three such days, when they span less than two weeks, and when this scan's weight is doubtful.
   */
  trend: z
    .strictObject({
      /** Days with a scan. */
      scans: z.number().int(),
      /** Days from the first of these scans to the last; absent in older results. */
      days: z.number().optional(),
      bodyFatPercentPerWeek: z.number(),
      /** Standard error of the rate: of the scans about their line, but at least what repeated scans of one body differ by. */
      bodyFatPercentPerWeekError: z.number().nonnegative().optional(),
      /**
       * True when the rate of body fat is more than repeated scans of one body show by chance, and, where the height in the profile
       * has changed, is so at today's height, too; absent in older results.
       */
      moreThanChance: z.boolean().optional(),
      weightLbPerWeek: z.number(),
      /** Standard error of the rate. */
      weightLbPerWeekError: z.number().nonnegative().optional(),
    })
    .nullable(),
});
export type DeltaResult = z.infer<typeof deltaResult>;

export const insightsResult = z.strictObject({
  summary: sentence,
  highlights: z.array(sentence).min(1).max(6),
  nextFocus: sentence,
  modelCall,
});
export type InsightsResult = z.infer<typeof insightsResult>;

/** Daily targets (computed) and meal ideas (the model's words). */
export const nutritionResult = z.strictObject({
  goal: z.enum(['lose_fat', 'maintain', 'gain_muscle']),
  /** Basal metabolic rate (kcal/day). */
  bmrKcal: z.number().int().positive(),
  /** Energy spent on a day (kcal/day). */
  tdeeKcal: z.number().int().positive(),
  calorieTargetKcal: z.number().int().positive(),
  proteinG: z.number().int().positive(),
  fatG: z.number().int().positive(),
  carbsG: z.number().int().nonnegative(),
  meals: z
    .array(z.strictObject({ name: z.string().min(1).max(80), description: sentence }))
    .min(1)
    .max(6),
  advice: sentence,
  modelCall,
});
export type NutritionResult = z.infer<typeof nutritionResult>;

export const workoutResult = z.strictObject({
  goal: z.enum(['lose_fat', 'maintain', 'gain_muscle']),
  sessions: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(80),
        minutes: z.number().int().min(5).max(180),
        exercises: z
          .array(
            z.strictObject({
              name: z.string().min(1).max(80),
              sets: z.number().int().min(1).max(10),
              reps: z.string().min(1).max(40),
            }),
          )
          .min(1)
          .max(12),
      }),
    )
    .min(1)
    .max(7),
  advice: sentence,
  modelCall,
});
export type WorkoutResult = z.infer<typeof workoutResult>;

export const hydrationResult = z.strictObject({
  /** Water to drink on a day (mL), computed. */
  dailyWaterMl: z.number().int().positive(),
  /** The same in US fluid ounces. */
  dailyWaterFlOz: z.number().int().positive(),
  tips: z.array(sentence).min(1).max(6),
  modelCall,
});
export type HydrationResult = z.infer<typeof hydrationResult>;
