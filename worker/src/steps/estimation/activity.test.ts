import { ScanPipelineError } from '@reddyfit/shared/errors';
import { ANGLES, type Angle } from '@reddyfit/shared/scan/photos';
import { estimationResult, type EstimationResult } from '@reddyfit/shared/scan/results';
import { describe, expect, it, vi } from 'vitest';
import { missingPhoto } from '../../body/photos/photo-issue.ts';
import type { BodyMeasurer } from '../../body/vision/body-measurement.ts';
import { poseOf } from '../../../../shared/src/gate/standing.fixture.ts';
import type { EarlierScan } from '../../scan/scan-store.ts';
import type { Model, ModelAnswer, ModelQuestion } from '../../model/model.ts';
import { girthsOf } from '../../body/vision/body-measurement.fixture.ts';
import type { Examination } from '../../body/vision/examination.ts';
import { createEstimation } from './activity.ts';

const subject = { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 181 } as const;
const photoUrls = Object.fromEntries(ANGLES.map((angle) => [angle, `gs://b/${angle}.jpg`])) as Record<
  Angle,
  string
>;
const input = {
  scanId: 'scan-a',
  userId: 'user-a',
  photoUrls,
  subject,
  createdAt: '2026-11-25T08:00:00.000Z',
};

/** An examined photo, with an outline that only the tests' stand-in for the measurement reads. */
const examined = (angle: Angle): Examination => ({
  issues: [],
  pose: { ...poseOf(angle), silhouette: { crown: 0, soles: 1, ankles: 1, firstRow: 0, rows: [] } },
  copy: Buffer.from('a JPEG'),
});

type Said = number | { refusal: string } | ScanPipelineError;

/** A model that gives these body fats in turn (%) and records what it was asked. */
function modelThatSees(...said: Said[]) {
  const asked: ModelQuestion[] = [];
  const model: Model = {
    async ask(question): Promise<ModelAnswer> {
      const next = said[asked.length];
      asked.push(question);
      if (next === undefined) throw new Error('asked too often');
      if (next instanceof ScanPipelineError) throw next;
      const spent = { model: 'gpt-test', inputTokens: 100, outputTokens: 10, latencyMs: 5 };
      if (typeof next === 'object') return { text: null, refusal: next.refusal, ...spent };
      const answer = { bodyFatPercent: next, low: next - 2, high: next + 2, observations: ['Seen.'] };
      return { text: JSON.stringify(answer), refusal: null, ...spent };
    },
    embed: () => Promise.reject(new Error('not needed')),
  };
  return { model, asked };
}

const factsOf = ({ content }: ModelQuestion) => {
  const text = content[0]?.type === 'text' ? content[0].text : '';
  return JSON.parse(text.slice('FACTS '.length)) as Record<string, unknown>;
};

const measures = (girths = girthsOf()): BodyMeasurer => ({ measure: () => girths });
const fails: BodyMeasurer = {
  measure() {
    throw new Error('no outline of 86.1 cm');
  },
};

interface Options {
  readonly model?: Model;
  readonly measurer?: BodyMeasurer;
  readonly earlier?: EarlierScan[] | Error;
  readonly memories?: string[];
  readonly missing?: Angle;
  /** Whether front and back were sent in the place of each other. */
  readonly exchanged?: boolean;
  /** The photos in which nobody is found, of which there is no copy for a model. */
  readonly overlooked?: readonly Angle[];
  /** Whether the gate refuses the photos, in which nobody is outlined then. */
  readonly isRefused?: boolean;
  readonly signal?: AbortSignal;
}

function estimationOf({
  model,
  measurer = fails,
  earlier = [],
  memories = ['A note.'],
  missing,
  exchanged,
  overlooked = [],
  isRefused,
  signal,
}: Options) {
  const looks = Object.fromEntries(
    ANGLES.map((angle) => [
      angle,
      angle === missing
        ? { issues: [missingPhoto(angle)] }
        : overlooked.includes(angle)
          ? { issues: [], pose: { width: 900, height: 1200, people: [] } }
          : examined(angle),
    ]),
  ) as Record<Angle, Examination>;
  if (exchanged) {
    looks.front = { ...looks.front, sentAs: 'back' };
    looks.back = { ...looks.back, sentAs: 'front' };
  }
  const estimate = createEstimation({
    examinations: { of: async () => looks, outlined: async () => (isRefused ? null : looks) },
    memory: { recall: async () => memories, remember: async () => {} },
    scans: {
      earlier: async () => {
        if (earlier instanceof Error) throw earlier;
        return earlier;
      },
    },
    visualModel: model ?? null,
    measurer,
  });
  return async (
    change: {
      subject?: object;
      weightConfirmed?: boolean;
      without?: readonly string[];
      cameraElevationAngles?: object;
      createdAt?: string;
    } = {},
  ): Promise<EstimationResult> =>
    estimationResult.parse(
      await estimate({ ...input, ...change } as typeof input, signal ?? new AbortController().signal),
    );
}

const sourcesOf = ({ sources }: EstimationResult) => sources!.map(({ source }) => source);

const lastWeek: EarlierScan = {
  scanId: 'scan-before',
  createdAt: new Date('2026-11-18T08:00:00.000Z'),
  weightLb: 182,
  estimation: { bodyFatPercent: 24, fatMassLb: 43.7, leanMassLb: 138.3 },
};

describe('with a measurement and a model', () => {
  it('body fat lies between the two, and the result says how much each counted', async () => {
    const { model, asked } = modelThatSees(24);
    const result = await estimationOf({ model, measurer: measures() })();
    expect(sourcesOf(result)).toEqual(['measurement', 'model']);
    const [measurement, visual] = result.sources!;
    expect(measurement!.weight).toBeGreaterThan(visual!.weight);
    expect(result.bodyFatPercent).toBeGreaterThan(measurement!.bodyFatPercent);
    expect(result.bodyFatPercent).toBeLessThan(24);
    expect(result).toMatchObject({ observations: ['Seen.'], modelCall: { asks: 1, simulated: false } });
    expect(result.measurements!.waist.cm).toBe(86);
    expect(result.flags).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(factsOf(asked[0]!), 'the model judges for itself').not.toHaveProperty('measured');
  });

  it('the scan before is told of, but not counted again: its errors are in both', async () => {
    const { model } = modelThatSees(20);
    const result = await estimationOf({ model, measurer: measures(), earlier: [lastWeek] })();
    expect(sourcesOf(result)).toEqual(['measurement', 'model', 'history']);
    const without = await estimationOf({ model: modelThatSees(20).model, measurer: measures() })();
    expect(result.sources!.map(({ weight }) => weight)).toEqual([
      ...without.sources!.map(({ weight }) => weight),
      0,
    ]);
    expect(result.bodyFatPercent).toBe(without.bodyFatPercent);
  });

  it('an earlier result given as memory reaches no look, and does not move its weight', async () => {
    const looked = async (memories: string[]) => {
      const { model, asked } = modelThatSees(24);
      const result = await estimationOf({ model, measurer: measures(), memories })();
      return { result, shown: factsOf(asked[0]!)['memories'] };
    };
    const told = await looked([
      'On 2026-11-18: body fat 31.0 %, lean mass 125.6 lb, fat mass 56.4 lb, weight 182 lb.',
      'Somebody noted a body fat of 31 %.',
    ]);
    expect(told.shown).toEqual(['On 2026-11-18: weight 182 lb.']);
    expect(told.result.sources).toEqual((await looked([])).result.sources);
  });

  it('a scan before counts for nothing where the profile has changed its sex since', async () => {
    const after = (method: string | undefined, sex: string) => {
      const sources = [{ source: 'measurement', method, bodyFatPercent: 24, sd: 5, weight: 1 } as const];
      const before = { ...lastWeek, estimation: { ...lastWeek.estimation, sources } };
      return estimationOf({ model: modelThatSees(24).model, earlier: [before as EarlierScan] })({
        subject: { ...subject, sex },
      });
    };
    expect(sourcesOf(await after('navy.female', 'male'))).toEqual(['model']);
    expect(sourcesOf(await after('navy.female navy.male', 'male'))).toEqual(['model']);
    expect(sourcesOf(await after('navy.male', 'male'))).toEqual(['model', 'history']);
    expect(sourcesOf(await after('navy.female navy.male', 'unspecified'))).toEqual(['model', 'history']);
    expect(sourcesOf(await after(undefined, 'male'))).toEqual(['model', 'history']);
  });

  it('a scan before errs by what a change of the height in the profile does to it', async () => {
    const sdAfter = async (bmi: number | undefined) => {
      const before = { ...lastWeek, estimation: { ...lastWeek.estimation, ...(bmi && { bmi }) } };
      const result = await estimationOf({ model: modelThatSees(24).model, earlier: [before] })();
      return result.sources!.find(({ source }) => source === 'history')!.sd;
    };
    // 182 lb are 25.5 kg/m² at 180 cm and 28.6 at 170: 4.6 points.
    expect(await sdAfter(25.5)).toBe(await sdAfter(undefined));
    expect(await sdAfter(28.6)).toBeCloseTo(Math.hypot(await sdAfter(25.5), 4.6), 0);
  });

  it('a scan before that cannot be read is done without', async () => {
    const { model } = modelThatSees(20);
    const result = await estimationOf({ model, measurer: measures(), earlier: new Error('away') })();
    expect(sourcesOf(result)).toEqual(['measurement', 'model']);
  });
});

describe('a model far from the measurement', () => {
  it('is asked once more with the measurement shown, and counts for less when it comes near', async () => {
    const { model, asked } = modelThatSees(36, 22);
    const result = await estimationOf({ model, measurer: measures() })();
    expect(asked).toHaveLength(2);
    expect(factsOf(asked[1]!)).toMatchObject({
      previousAnswer: 36,
      measured: { bodyFatPercent: expect.any(Number), girthsCm: { waist: 86, navel: 88 } },
    });
    expect(result.flags).toEqual(['model_asked_again']);
    expect(result.sources![1]).toMatchObject({ source: 'model', bodyFatPercent: 22, sd: 12 });
    expect(result.sources![1]!.weight).toBeLessThan(0.1);
    expect(result.modelCall).toMatchObject({
      asks: 2,
      inputTokens: 200,
      promptVersion: expect.stringMatching(/^estimation-second-look-[0-9a-f]{12}$/),
    });
  });

  it('is asked only once more, and flagged when it stays far', async () => {
    const { model, asked } = modelThatSees(36, 36);
    const result = await estimationOf({ model, measurer: measures() })();
    expect(asked).toHaveLength(2);
    expect(result.flags).toEqual(['model_disagrees']);
    const { bodyFatPercent } = result.sources![0]!;
    expect(result.bodyFatPercent - bodyFatPercent, 'the measurement prevails').toBeLessThan(1.5);
  });

  it.each([
    ['declines', [{ refusal: 'no' }, { refusal: 'no' }], { asks: 3, inputTokens: 300 }],
    ['is away', [new ScanPipelineError('ModelUnavailableError')], { asks: 2, inputTokens: 100 }],
  ])(
    'and that %s at the second look stands by its first answer, at the cost of both',
    async (_, said, cost) => {
      const { model } = modelThatSees(36, ...said);
      const result = await estimationOf({ model, measurer: measures() })();
      expect(result.flags).toEqual(['model_disagrees']);
      expect(result.sources![1]).toMatchObject({ bodyFatPercent: 36, sd: 12 });
      expect(result.modelCall).toMatchObject(cost);
    },
  );

  it('whose own range is wide is not far', async () => {
    const { model, asked } = modelThatSees(31);
    await estimationOf({ model, measurer: measures() })();
    expect(asked).toHaveLength(1);
  });
});

it('a model that declines the photos of a measured body is done without, and the result says so', async () => {
  const { model, asked } = modelThatSees({ refusal: 'no' }, { refusal: 'no' });
  const result = await estimationOf({ model, measurer: measures() })();
  expect(asked).toHaveLength(2);
  expect(sourcesOf(result)).toEqual(['measurement']);
  expect(result).toMatchObject({ flags: ['model_refused'], observations: [] });
  expect(result.modelCall).toBeUndefined();
  // What it cost counts all the same.
  expect(result.refusedCall).toEqual({
    model: 'gpt-test',
    inputTokens: 200,
    outputTokens: 20,
    latencyMs: 10,
    asks: 2,
  });
});

describe('a body that cannot be measured', () => {
  it.each([
    ['by an error', fails],
    ['by girths that are none', measures(girthsOf({ hip: Number.NaN }))],
    ['by a girth below nothing', measures(girthsOf({ neck: -3 }))],
  ])('leaves the model alone, %s, and the result says so', async (_, measurer) => {
    const { model, asked } = modelThatSees(36);
    const result = await estimationOf({ model, measurer })();
    expect(result).toMatchObject({ bodyFatPercent: 36, flags: ['not_measured'] });
    expect(sourcesOf(result)).toEqual(['model']);
    expect(result.measurements).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('is told in the log without a word of the body', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await estimationOf({ measurer: fails })();
      const lines = written.mock.calls.map(([line]) => String(line)).join('');
      expect(lines).toContain('body_not_measured');
      expect(lines).not.toContain('86.1');
    } finally {
      written.mockRestore();
    }
  });

  it('is no news where the gate refuses the photos, since nobody is outlined in them, and no model is asked', async () => {
    const { model, asked } = modelThatSees(24);
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const { flags } = await estimationOf({ model, measurer: measures(), isRefused: true })();
      expect(flags).toEqual(['not_measured']);
      expect(asked).toEqual([]);
      expect(written).not.toHaveBeenCalled();
    } finally {
      written.mockRestore();
    }
  });
});

describe('without a model', () => {
  it('the measurement stands alone, and nothing of it is simulated', async () => {
    const result = await estimationOf({ measurer: measures() })();
    expect(sourcesOf(result)).toEqual(['measurement']);
    expect(result.modelCall).toBeUndefined();
    expect(result.observations).toEqual([]);
    expect(result.bodyFatRange.low).toBeLessThan(result.bodyFatPercent);
    expect(result.leanMassLb + result.fatMassLb).toBeCloseTo(181, 1);
  });

  it('an unmeasured body is known by height, weight, age and sex alone', async () => {
    const result = await estimationOf({ measurer: fails })();
    expect(sourcesOf(result)).toEqual(['anthropometry']);
    expect(result.flags).toEqual(['not_measured']);
  });

  it('a minor is judged by the equation that knows young people', async () => {
    const child = { sex: 'male', ageYears: 12, heightCm: 150, weightLb: 90 };
    const result = await estimationOf({ measurer: measures() })({ subject: child });
    expect(sourcesOf(result)).toEqual(['measurement']);
    expect(result.sources).toMatchObject([{ method: 'relative_fat_mass_children.male' }]);
    expect(result.flags).toEqual(['under_18']);
    expect(result.measurements).toBeDefined();
  });
});

describe('what fails the step', () => {
  it('a photo that is not there, before a model is asked', async () => {
    const { model, asked } = modelThatSees(24);
    const estimate = estimationOf({ model, measurer: measures(), missing: 'left' });
    await expect(estimate()).rejects.toMatchObject({
      code: 'InvalidImageError',
      message: 'The left photo could not be read. Take it again as a JPEG and start a new scan.',
    });
    expect(asked).toEqual([]);
  });

  it('a model that declines twice, where the body could not be measured', async () => {
    const { model } = modelThatSees({ refusal: 'no' }, { refusal: 'no' });
    await expect(estimationOf({ model })()).rejects.toMatchObject({ code: 'ModelRefusedError' });
  });

  it('its cancellation, while the model looks again', async () => {
    const again = new AbortController();
    const { model } = modelThatSees(36);
    let looks = 0;
    const ask: Model['ask'] = (question, signal) => {
      looks += 1;
      if (looks === 1) return model.ask(question, signal);
      again.abort(new Error('canceled again'));
      return Promise.reject(signal.reason as Error);
    };
    await expect(
      estimationOf({ model: { ...model, ask }, measurer: measures(), signal: again.signal })(),
    ).rejects.toThrow('canceled again');
  });
});

describe('a weight', () => {
  const kilograms = { subject: { ...subject, weightLb: 82.1 } };

  it('that cannot belong to the measured body is asked about', async () => {
    const asked = estimationOf({ measurer: measures() })(kilograms);
    await expect(asked).rejects.toMatchObject({ messageCode: 'WeightDoubtfulError.body' });
  });

  it('that was sent twice counts, and the result says that it is doubtful', async () => {
    const result = await estimationOf({ measurer: measures() })({ ...kilograms, weightConfirmed: true });
    expect(result.flags).toContain('weight_doubtful');
    expect(result.notes!.map(({ messageCode }) => messageCode)).toContain('weight_doubtful');
  });

  it('that was sent twice and fits the body is right; of a body that was not measured nobody knows', async () => {
    const measured = await estimationOf({ measurer: measures() })({ weightConfirmed: true });
    expect(measured.flags).toBeUndefined();
    expect((await estimationOf({})({ weightConfirmed: true })).flags).toContain('weight_doubtful');
  });
});

it('goes on without the measurement where the user asked for that, and says so', async () => {
  const { model } = modelThatSees(24);
  const result = await estimationOf({ model, measurer: measures() })({ without: ['arms_at_torso'] });
  expect(sourcesOf(result)).toEqual(['model']);
  expect(result.measurements).toBeUndefined();
  expect(result.flags).toEqual(['measurement_left_out']);
  expect(result.notes![0]!.message).toContain('left out');
});

it('does without a model, too, that declines the photos where the user asked for no measurement', async () => {
  const { model } = modelThatSees({ refusal: 'no' }, { refusal: 'no' });
  const result = await estimationOf({ model, measurer: measures() })({ without: ['feet_cut_off'] });
  expect(sourcesOf(result)).toEqual(['anthropometry']);
  expect(result.flags, 'no measurement stands alone').toEqual(['measurement_left_out']);
  expect(result.refusedCall).toMatchObject({ asks: 2, inputTokens: 200 });
});

it.each([
  ['as they were sent', false, { front: -3, back: 2, left: 5, right: undefined }],
  ['with front and back exchanged', true, { front: 2, back: -3, left: 5, right: undefined }],
])('measures with what is known of the cameras of photos %s', async (_, exchanged, told) => {
  const heard: unknown[] = [];
  const measurer: BodyMeasurer = {
    measure(_silhouettes, _heightCm, elevations) {
      heard.push(elevations);
      return girthsOf();
    },
  };
  await estimationOf({ measurer, exchanged })({ cameraElevationAngles: { front: -3, back: 2, left: 5 } });
  expect(heard).toEqual([told]);
});

it('shows the model nobody who is not alone, since it might judge the wrong one, and measures nobody', async () => {
  const { model, asked } = modelThatSees(24);
  const result = await estimationOf({ model, measurer: measures() })({ without: ['several_people'] });
  expect(asked).toEqual([]);
  expect(sourcesOf(result)).toEqual(['anthropometry']);
  expect(result.measurements).toBeUndefined();
  expect(result.flags).toEqual(['measurement_left_out']);
});

it('shows the model the photos in which somebody is found, where the user lets the others pass', async () => {
  const { model, asked } = modelThatSees(24);
  const without = ['not_a_person'];
  const result = await estimationOf({ model, measurer: measures(), overlooked: ['left'] })({ without });
  expect(sourcesOf(result)).toEqual(['model']);
  expect(result.flags).toEqual(['measurement_left_out']);
  const labels = asked[0]!.content.slice(1).flatMap((part) => (part.type === 'text' ? [part.text] : []));
  expect(labels).toEqual(['front photo:', 'back photo:', 'right photo:']);
});

it.each<[string, readonly Angle[], string]>([
  ['nobody in one, which was not let pass', ['left'], 'tilted'],
  ['nobody in three', ['back', 'left', 'right'], 'not_a_person'],
  ['nobody at all', ANGLES, 'not_a_person'],
])('asks no model about photos that show %s: the gate refuses them', async (_, overlooked, reason) => {
  const { model, asked } = modelThatSees(24);
  await estimationOf({ model, overlooked })({ without: [reason] });
  expect(asked).toEqual([]);
});

it('asks the equations of both sexes where none is said, with a wider interval', async () => {
  const of = (sex: string) => estimationOf({ measurer: measures() })({ subject: { ...subject, sex } });
  const [unsaid, man, woman] = await Promise.all([of('unspecified'), of('male'), of('female')]);
  const width = ({ bodyFatRange: { low, high } }: EstimationResult) => high - low;
  expect(unsaid.bodyFatPercent).toBeCloseTo((man.bodyFatPercent + woman.bodyFatPercent) / 2, 0);
  expect(width(unsaid)).toBeGreaterThan(Math.max(width(man), width(woman)));
  expect(unsaid.flags).toEqual(['sex_unspecified']);
});
