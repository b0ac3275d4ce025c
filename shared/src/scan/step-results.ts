/** What each step finds: its part of `results` in a scan document. The list of steps names the one that belongs to each. */

import { z } from 'zod';
import { ANGLES } from '../names/angles.ts';
import { messageParams } from '../words/params.ts';

const share = z.number().min(0).max(1);
const sentence = z.string().min(1).max(600);

/** How a model's part of a result came about. */
export const modelCall = z.strictObject({
  /** The model that answered, as it named itself. */
  model: z.string(),
  promptVersion: z.string(),
  /** Tokens over all asks of this step. */
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** Time over all asks of this step (ms). */
  latencyMs: z.number().nonnegative(),
  /** 1, and one more for each answer that could not be used; in estimation also for one that was far from what was measured. */
  asks: z.number().int().min(1),
  /** True when a stand-in model answered. */
  simulated: z.boolean(),
});
export type ModelCall = z.infer<typeof modelCall>;

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
 * Reasons that may lie in the body rather than in the photo: one arm, a prosthesis, a wheelchair, a body that cannot hold the pose. A user may ask
 * for a scan that lets them pass (`without` of a scan); the body is then not measured in the photos.
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
] as const satisfies readonly PhotoIssueCode[];
export type WaivableIssue = (typeof WAIVABLE_ISSUES)[number];

export const photoIssue = z.strictObject({
  code: z.enum(PHOTO_ISSUES),
  message: sentence,
  /** Which sentence `message` is, and what it is about; absent when the model wrote it. */
  messageCode: z.string().optional(),
  params: messageParams.optional(),
  /** What was measured and the limit that it missed, where a number decided; which quantity and unit, the code says. */
  measured: z.strictObject({ value: z.number(), limit: z.number() }).optional(),
});
export type PhotoIssue = z.infer<typeof photoIssue>;

/** That the next scan may let these reasons pass, and do without the measurement. */
export const waiverOffer = z.strictObject({
  /** What the client puts into `without` of the next scan, once the user agrees. */
  without: z.array(z.enum(WAIVABLE_ISSUES)).min(1),
  messageCode: z.string(),
  params: messageParams,
  message: sentence,
});
export type WaiverOffer = z.infer<typeof waiverOffer>;

/** A question about the four photos. */
export const setNote = z.strictObject({ messageCode: z.string(), params: messageParams, message: sentence });

const photoFeedback = z.strictObject({ accepted: z.boolean(), issues: z.array(photoIssue) });

/** Verdict on the four photos; `modelCall` is absent when the pixels alone were enough to reject. */
export const qualityCheckResult = z.strictObject({
  accepted: z.boolean(),
  photos: z.strictObject(
    Object.fromEntries(ANGLES.map((angle) => [angle, photoFeedback])) as Record<
      (typeof ANGLES)[number],
      typeof photoFeedback
    >,
  ),
  /** Angles whose photos showed each other's side and were exchanged: sent in another order, or mirrored by the camera. */
  exchanged: z.array(z.enum(ANGLES)).optional(),
  /** What is to be asked about the four photos as a set: nothing that they are refused for. */
  notes: z.array(setNote).optional(),
  /** On a rejection for a reason that the scan before was rejected for, too: the scan can go on without the measurement. */
  offer: waiverOffer.optional(),
  modelCall: modelCall.optional(),
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
  /** The scan before, carried on to today's weight. */
  'history',
] as const;
export type EstimateSource = (typeof ESTIMATE_SOURCES)[number];

/** One source of the body fat: what it says (%), with its standard deviation (points), and its share, 0 to 1. */
export const estimationSource = z.strictObject({
  source: z.enum(ESTIMATE_SOURCES),
  bodyFatPercent: z.number(),
  sd: z.number().positive(),
  weight: share,
});
export type EstimationSource = z.infer<typeof estimationSource>;

/** A circumference (cm) with its 95 % interval. */
const girth = z.strictObject({ cm: z.number().positive(), low: z.number(), high: z.number() });

/** The body's volume (L) with its 95 % interval; no body fat is made of it. */
const volume = z.strictObject({ litres: z.number().positive(), low: z.number(), high: z.number() });

/** A ratio of two girths with its 95 % interval. */
const ratio = z.strictObject({ ratio: z.number().positive(), low: z.number(), high: z.number() });

/** What there is to know about how an estimation came about. */
export const ESTIMATION_FLAGS = [
  /** The body could not be measured in the photos. */
  'not_measured',
  /** The weight, though the user sent it twice, can hardly be right: the scan is not compared with later ones, nor remembered. */
  'weight_doubtful',
  /** The user asked for a scan without the measurement, since the body cannot be shown as it needs: see WAIVABLE_ISSUES. */
  'measurement_left_out',
  /** The user does not say their sex: equations of both were asked. */
  'sex_unspecified',
  /** Under 18 years: the equations of girths were made of adults and are left out. */
  'under_18',
  /** The model was far from the measurement, was shown it, and came near; it counts for less. */
  'model_asked_again',
  /** The model stayed far from the measurement; it counts for less. */
  'model_disagrees',
  /** The model declined the photos, also when asked again: the measurement stands without it. */
  'model_refused',
] as const;
export type EstimationFlag = (typeof ESTIMATION_FLAGS)[number];

/** Why a body fat is uncertain. */
export const RANGE_REASONS = [
  /** Nothing was measured in the photos. */
  'not_measured',
  /** The neck's outline is unsure: hair, a collar. */
  'neck_unclear',
  /** The trunk's outline is unsure: loose clothes, arms near the body, a camera that stood near. */
  'trunk_unclear',
  /** Equations and looks err that much on people whom they were not made of. */
  'people_differ',
] as const;
export type RangeReason = (typeof RANGE_REASONS)[number];

/** Body composition of this scan. */
export const estimationResult = z.strictObject({
  /** Body fat in percent of body mass: the mean of `sources` by their weights. */
  bodyFatPercent: z.number().min(2).max(70),
  /** Its 95 % interval, in the same unit. Of a scan without `sources`, the range that the model gave. */
  bodyFatRange: z.strictObject({ low: z.number(), high: z.number() }),
  /** Fat-free mass (lb). */
  leanMassLb: z.number().positive(),
  fatMassLb: z.number().positive(),
  /** Body mass index (kg/m²). */
  bmi: z.number().positive(),
  /** Chance that the true body fat is within 5 points of `bodyFatPercent`. Of a scan without `sources`, the model's own confidence. */
  confidence: share,
  /** What the model saw, in its words. */
  observations: z.array(sentence).max(8),
  /** What the body fat was made of; weights sum to 1. */
  sources: z.array(estimationSource).min(1).optional(),
  /** Why `bodyFatRange` is wide, the weightiest first, and the same in a sentence; when it is wider than 8 points. */
  rangeReasons: z.array(z.enum(RANGE_REASONS)).min(1).optional(),
  rangeSentence: sentence.optional(),
  /** Standard deviation (points) of `bodyFatPercent` in repeated scans of one body on one day: what a change is compared with. */
  repeatSd: z.number().positive().optional(),
  /**
   * Girths, when the body was measured: `waist` at the narrowest, `hip` at the widest. Those of shoulders (over the arms), upper arm, thigh
   * and calf, the ratio of shoulders to waist, and the volume are there as far as the photos show them.
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
  /** A sentence for the user on each flag. */
  notes: z
    .array(z.strictObject({ messageCode: z.string(), params: messageParams, message: sentence }))
    .optional(),
  /** Absent when no model was asked. */
  modelCall: modelCall.optional(),
});
export type EstimationResult = z.infer<typeof estimationResult>;

const change = z.strictObject({
  bodyFatPercent: z.number(),
  weightLb: z.number(),
  leanMassLb: z.number(),
  fatMassLb: z.number(),
  /** 95 % interval of the change of body fat (points): common errors of the two scans cancel, so it is narrower than theirs. */
  bodyFatInterval: z.strictObject({ low: z.number(), high: z.number() }).optional(),
  /** Whether that interval leaves out 0: otherwise the change may be chance alone. */
  moreThanChance: z.boolean().optional(),
});

/** Against one earlier scan. */
const changeSince = z.strictObject({ scanId: z.string(), days: z.number().nonnegative(), change });

/** Change against earlier scans; arithmetic, no model. Positive means more than before. */
export const deltaResult = z.strictObject({
  /** Against the scan before this one; null on a first scan. */
  previous: changeSince.nullable(),
  /** Against the oldest scan of the last 12 months; null on a first scan. */
  year: changeSince.nullable(),
  /**
   * Change per week over one scan a day of the last 90 days, this one included, outliers left out; null with fewer than three such days,
   * or within two weeks.
   */
  trend: z
    .strictObject({
      /** Days with a scan. */
      scans: z.number().int(),
      /** From the first of them to the last; absent on results of before. */
      days: z.number().optional(),
      bodyFatPercentPerWeek: z.number(),
      /** Standard error of the rate. */
      bodyFatPercentPerWeekError: z.number().nonnegative().optional(),
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
