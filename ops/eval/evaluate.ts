/** Asks every agent about every case, and records the result of each question. */

import { ScanPipelineError } from '@reddyfit/shared/errors';
import type { ModelCall } from '@reddyfit/shared/scan/results';
import { STEPS } from '@reddyfit/shared/scan/steps';
import { inputOf, type ScanSubject } from '@reddyfit/shared/temporal/workflows';
import { speakerFor } from '@reddyfit/shared/words/speaker';
import { compositionOf } from '../../worker/src/body/fusion/composition.ts';
import { fuse } from '../../worker/src/body/fusion/fuse.ts';
import { visualEstimate } from '../../worker/src/body/fusion/visual.ts';
import type { Model, UnusableReason } from '../../worker/src/model/model.ts';
import { measuredBodyFat } from '../../worker/src/body/equations/measured-body-fat.ts';
import { createEstimationAgent } from '../../worker/src/steps/estimation/agent.ts';
import { STEP_WORK } from '../../worker/src/steps/index.ts';
import { createQualityCheckAgent } from '../../worker/src/steps/quality-check/agent.ts';
import type { StepPorts, StepWork } from '../../worker/src/steps/step.ts';
import type { EvalCase } from './cases.ts';

/** Steps that ask a model without photos. */
const OTHER_STEPS = STEPS.filter((step) => step.asksModel && !step.essential);

/** The questions that are asked about a case. */
export const QUESTIONS = [
  'qualityCheck',
  'estimation',
  'estimation, second look',
  ...OTHER_STEPS.map(({ name }) => name),
] as const;
type QuestionName = (typeof QUESTIONS)[number];

/** The result of one question about one case. */
export interface Asked {
  readonly case: string;
  readonly question: QuestionName;
  /** Why each unusable answer could not be used. */
  readonly unusable: readonly UnusableReason[];
  /** Absent where the question failed. */
  readonly modelCall?: ModelCall;
  /** Error code, where the question failed for good. */
  readonly error?: string;
  /** The model's estimate, in the first look. */
  readonly bodyFatPercent?: number;
}

/** Standard deviation of a girth measured by hand (cm); an assumption, since no measurements exist here. */
const GIRTH_SD_CM = 1;

/** Evaluates one case after another, so that latencies are those of a single request. */
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
  if (seen && girthsCm) {
    const measured = { ...measuredBy(girthsCm, subject), girthsCm };
    await put('estimation, second look', () =>
      eye.lookAgain(looked, { ...seen, modelCall: NOTHING }, measured, signal),
    );
  }
  const fused = seen && fuse({ model: visualEstimate(seen) }, subject.sex);
  const estimation = fused
    ? compositionOf({ subject, fused, girths: null, seen, flags: [], speaker: speakerFor() })
    : undefined;
  const given = { scanId: name, userId: name, subject, estimation };
  for (const { name: step, takes } of OTHER_STEPS) {
    if (!estimation && (takes as readonly string[]).includes('estimation')) continue;
    const work = STEP_WORK[step]({ model } as StepPorts) as StepWork<typeof step>;
    await put(step, () => work(inputOf(step, given), signal));
  }
  return asked;
}

/** The second look starts from this empty call, so that it counts only its own cost. */
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
