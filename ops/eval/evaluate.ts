/** Asks every agent about every case, and keeps what came of each question. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import type { ModelCall } from '@reddyfit/shared/scan/results';
import type { ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { compositionOf } from '../../worker/src/body/fusion/composition.ts';
import { fuse } from '../../worker/src/body/fusion/fuse.ts';
import { visualEstimate } from '../../worker/src/body/fusion/visual.ts';
import type { Model, UnusableReason } from '../../worker/src/ports.ts';
import { measuredBodyFat } from '../../worker/src/body/equations/measured-body-fat.ts';
import { createEstimationAgent } from '../../worker/src/steps/estimation/agent.ts';
import { createHydrationAgent } from '../../worker/src/steps/hydration/agent.ts';
import { createInsightsAgent } from '../../worker/src/steps/insights/agent.ts';
import { createNutritionAgent } from '../../worker/src/steps/nutrition/agent.ts';
import { createQualityCheckAgent } from '../../worker/src/steps/quality-check/agent.ts';
import { createWorkoutAgent } from '../../worker/src/steps/workout/agent.ts';
import type { EvalCase } from './cases.ts';

/** The questions that are asked about a case. */
export const QUESTIONS = [
  'qualityCheck',
  'estimation',
  'estimation, second look',
  'insights',
  'nutrition',
  'workout',
  'hydration',
] as const;
type QuestionName = (typeof QUESTIONS)[number];

/** What came of one question about one case. */
export interface Asked {
  readonly case: string;
  readonly question: QuestionName;
  /** What was wrong with each answer that could not be used. */
  readonly unusable: readonly UnusableReason[];
  /** Absent where it failed. */
  readonly modelCall?: ModelCall;
  /** Error code, where it failed for good. */
  readonly error?: string;
  /** What the model sees, in the first look. */
  readonly bodyFatPercent?: number;
}

/** Standard deviation of a girth that was measured by hand (cm): assumed, as nothing was measured here. */
const GIRTH_SD_CM = 1;

/** One case after another, so that latencies are those of a single request. */
export async function evaluate(model: Model, cases: readonly EvalCase[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const each of cases) asked.push(...(await evaluateCase(model, each)));
  return asked;
}

async function evaluateCase(asking: Model, { name, photos, ...known }: EvalCase): Promise<Asked[]> {
  const { bodyFatPercent: _truth, girthsCm, ...subject } = known;
  const { signal } = new AbortController();
  const asked: Asked[] = [];
  let unusable: UnusableReason[] = [];
  const model: Model = { ...asking, unusable: (_step, reason) => void unusable.push(reason) };

  async function put<Result extends { modelCall?: ModelCall | undefined }>(
    question: QuestionName,
    run: () => Promise<Result>,
    about: (result: Result) => Partial<Asked> = () => ({}),
  ): Promise<Result | null> {
    unusable = [];
    try {
      const result = await run();
      const { modelCall } = result;
      asked.push({ case: name, question, unusable, ...(modelCall && { modelCall }), ...about(result) });
      return result;
    } catch (error) {
      if (!(error instanceof ScanPipelineError)) throw error;
      asked.push({ case: name, question, unusable, error: error.code });
      return null;
    }
  }

  await put('qualityCheck', () => createQualityCheckAgent(model)({ photos }, signal));
  const eye = createEstimationAgent(model);
  const looked = { subject, memories: [], photos };
  const seen = await put(
    'estimation',
    () => eye.look(looked, signal),
    ({ bodyFatPercent }) => ({ bodyFatPercent }),
  );
  await put('hydration', () => createHydrationAgent(model)({ subject }, signal));
  if (!seen) return asked;
  if (girthsCm) {
    const measured = { ...measuredBy(girthsCm, subject), girthsCm };
    await put('estimation, second look', () =>
      eye.lookAgain(looked, { ...seen, modelCall: NOTHING }, measured, signal),
    );
  }
  const fused = fuse({ model: visualEstimate(seen) }, subject.sex);
  const estimation = compositionOf({ subject, fused, girths: null, seen, flags: [] });
  const composition = { subject, estimation };
  await put('insights', () => createInsightsAgent(model)({ ...composition, delta: null }, signal));
  await put('nutrition', () => createNutritionAgent(model)(composition, signal));
  await put('workout', () => createWorkoutAgent(model)(composition, signal));
  return asked;
}

/** So that the second look counts what it alone cost. */
const NOTHING: ModelCall = {
  model: '',
  promptVersion: '',
  inputTokens: 0,
  outputTokens: 0,
  latencyMs: 0,
  asks: 0,
  simulated: false,
};

function measuredBy(girthsCm: NonNullable<EvalCase['girthsCm']>, subject: ScanSubject) {
  const girth = (cm: number) => ({ cm, sdCm: GIRTH_SD_CM });
  const { neck, chest, waist, navel, hip } = girthsCm;
  const girths = {
    neck: girth(neck),
    chest: girth(chest),
    waist: girth(waist),
    navel: girth(navel),
    hip: girth(hip),
  };
  const { bodyFatPercent, low, high } = fuse({ measurement: measuredBodyFat(girths, subject) }, subject.sex);
  return { bodyFatPercent, low, high };
}
