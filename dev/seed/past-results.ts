/** What the steps of a past scan left: computed by the worker's own equations, worded by hand. */

import { lbToKg, round } from '@reddyfit/shared/measures';
import { ANGLES } from '@reddyfit/shared/photos';
import type {
  DeltaResult,
  EstimationResult,
  ModelCall,
  NutritionResult,
  QualityCheckResult,
  ScanResults,
  WorkoutResult,
} from '@reddyfit/shared/results';
import { NOMINAL_SECONDS, type StepName } from '@reddyfit/shared/steps';
import type { ScanSubject } from '@reddyfit/shared/workflow';
import { compare } from '../../worker/src/activities/delta.ts';
import { hydrationTarget } from '../../worker/src/agents/hydration.ts';
import { nutritionTargets } from '../../worker/src/agents/nutrition.ts';
import { bodyMassIndex, splitMass } from '../../worker/src/equations/body-composition.ts';
import type { PastScan } from './people.ts';

/** Body composition of a past scan. */
function pastEstimation({ bodyFatPercent, weightLb }: PastScan, heightCm: number): EstimationResult {
  const { fat, lean } = splitMass(weightLb, bodyFatPercent);
  return {
    bodyFatPercent,
    bodyFatRange: { low: round(bodyFatPercent - 1.9, 1), high: round(bodyFatPercent + 1.9, 1) },
    leanMassLb: round(lean, 1),
    fatMassLb: round(fat, 1),
    bmi: round(bodyMassIndex(lbToKg(weightLb), heightCm), 1),
    confidence: 0.82,
    observations: [
      'Fat is carried mainly around the waist and lower back.',
      'Shoulders and upper back show even muscle on both sides.',
    ],
    modelCall: modelCall('estimation', 5210, 240),
  };
}

/** All seven parts; `earlier` are the scans before it, newest first. */
export function pastResults(
  scan: PastScan,
  subject: ScanSubject,
  earlier: readonly PastScan[],
): Required<ScanResults> {
  const compared = (past: PastScan) => ({
    scanId: past.scanId,
    createdAt: past.createdAt,
    weightLb: past.weightLb,
    estimation: pastEstimation(past, subject.heightCm),
  });
  const estimation = pastEstimation(scan, subject.heightCm);
  const delta = compare(compared(scan), earlier.map(compared));
  const targets = nutritionTargets({ subject, estimation });
  return {
    qualityCheck: {
      accepted: true,
      photos: Object.fromEntries(
        ANGLES.map((angle) => [angle, { accepted: true, issues: [] }]),
      ) as unknown as QualityCheckResult['photos'],
      modelCall: modelCall('qualityCheck', 4810, 96),
    },
    estimation,
    delta,
    insights: { ...wording(estimation, delta), modelCall: modelCall('insights', 690, 210) },
    nutrition: { ...targets, ...meals(targets), modelCall: modelCall('nutrition', 520, 330) },
    workout: {
      goal: targets.goal,
      sessions: SESSIONS,
      advice:
        'Add a little weight once every set reaches the upper end of its range. Stop when something hurts.',
      modelCall: modelCall('workout', 510, 420),
    },
    hydration: {
      ...hydrationTarget(subject),
      tips: [
        'Drink a glass of water on waking and one with every meal.',
        'Keep a bottle where you work and fill it twice a day.',
        'Drink more in heat, during training and whenever you are thirsty.',
      ],
      modelCall: modelCall('hydration', 260, 120),
    },
  };
}

/** A model call that took about the step's nominal time. */
function modelCall(step: StepName, inputTokens: number, outputTokens: number): ModelCall {
  return {
    model: 'seed-model',
    promptVersion: 'seed',
    inputTokens,
    outputTokens,
    latencyMs: NOMINAL_SECONDS[step] * 900,
    asks: 1,
    simulated: false,
  };
}

function wording({ bodyFatPercent }: EstimationResult, { previous }: DeltaResult) {
  const change = previous?.change.bodyFatPercent ?? 0;
  return {
    summary: previous
      ? `Body fat is at ${bodyFatPercent} %, ${Math.abs(change)} points ${change <= 0 ? 'below' : 'above'} the scan before, with lean mass close to unchanged.`
      : `This first scan sets the starting point: body fat at ${bodyFatPercent} %.`,
    highlights: ['Lean mass is holding steady.', 'The pace of change is one that can be kept up.'],
    nextFocus: 'Keep protein even over the day and train all major muscle groups twice a week.',
  };
}

function meals({ proteinG }: Pick<NutritionResult, 'proteinG'>) {
  const share = Math.round(proteinG / 4);
  return {
    meals: [
      {
        name: 'Breakfast',
        description: `Oats with skyr, berries and walnuts (milk, nuts): about ${share} g protein.`,
      },
      {
        name: 'Lunch',
        description: `Chicken, rice and a large mixed salad with olive oil: about ${share} g protein.`,
      },
      { name: 'Snack', description: `Cottage cheese with an apple (milk): about ${share} g protein.` },
      {
        name: 'Dinner',
        description: `Baked salmon with potatoes and green beans (fish): about ${share} g protein.`,
      },
    ],
    advice: 'Plan the protein of each meal first and let the rest follow. Eat at regular times.',
  };
}

const SESSIONS: WorkoutResult['sessions'] = [
  {
    name: 'Full body A',
    minutes: 50,
    exercises: [
      { name: 'Goblet squat', sets: 3, reps: '8-12' },
      { name: 'Push-up', sets: 3, reps: '8-15' },
      { name: 'One-arm row', sets: 3, reps: '8-12 each side' },
      { name: 'Plank', sets: 3, reps: '30-45 s' },
    ],
  },
  {
    name: 'Full body B',
    minutes: 50,
    exercises: [
      { name: 'Romanian deadlift', sets: 3, reps: '8-12' },
      { name: 'Overhead press', sets: 3, reps: '6-10' },
      { name: 'Split squat', sets: 3, reps: '8-12 each side' },
      { name: 'Lat pull-down', sets: 3, reps: '8-12' },
    ],
  },
  {
    name: 'Brisk walk',
    minutes: 40,
    exercises: [{ name: 'Walk at a pace that still lets you talk', sets: 1, reps: '40 min' }],
  },
];
