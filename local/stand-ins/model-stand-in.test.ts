import { type ErrorCode, ScanPipelineError } from '@reddyfit/shared/errors';
import {
  hydrationResult,
  insightsResult,
  nutritionResult,
  qualityCheckResult,
  workoutResult,
} from '@reddyfit/shared/scan/results';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAiModel } from '../../worker/src/model/openai.ts';
import type { PhotoDataUrls } from '../../worker/src/model/ask.ts';
import { estimationOf } from '../../worker/src/steps/estimation/agent.fixture.ts';
import { createEstimationAgent } from '../../worker/src/steps/estimation/agent.ts';
import { createHydrationAgent } from '../../worker/src/steps/hydration/agent.ts';
import { createInsightsAgent } from '../../worker/src/steps/insights/agent.ts';
import { createNutritionAgent } from '../../worker/src/steps/nutrition/agent.ts';
import { createQualityCheckAgent } from '../../worker/src/steps/quality-check/agent.ts';
import { createWorkoutAgent } from '../../worker/src/steps/workout/agent.ts';
import type { Model } from '../../worker/src/model/model.ts';
import type { FaultKind } from './model/faults.ts';
import { startModelStandIn, type ModelStandIn } from './model-stand-in.ts';

const subject = { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 181 } as const;
const signal = new AbortController().signal;

const photosOf = (text: string): PhotoDataUrls => {
  const url = `data:image/jpeg;base64,${Buffer.from(text).toString('base64')}`;
  return { front: url, back: url, left: url, right: url };
};
const photos = photosOf('a photo');

let standIn: ModelStandIn;
let model: Model;

const modelAt = (url: string) =>
  createOpenAiModel({
    apiKey: 'any',
    baseUrl: `${url}/v1`,
    model: 'some-model',
    embeddingModel: 'some-embedding',
    safetySalt: 'any',
  });

beforeAll(async () => {
  standIn = await startModelStandIn({ pace: 0 });
  model = modelAt(standIn.url);
});
beforeEach(async () => {
  await fetch(`${standIn.url}/__faults`, { method: 'DELETE' });
  await fetch(`${standIn.url}/__aimock/reset/journal`, { method: 'POST' });
});
afterAll(() => standIn.stop());

/** Faults that have not struck yet. */
async function faultsAt(url: string): Promise<object[]> {
  const answer = (await (await fetch(`${url}/__faults`)).json()) as { faults: object[] };
  return answer.faults;
}

const embed = (text: string) => model.embed(text, signal);
const cosine = (a: number[], b: number[]) => a.reduce((sum, value, place) => sum + value * b[place]!, 0);

const estimate = () => createEstimationAgent(model).look({ subject, memories: [], photos }, signal);
const estimation = estimationOf({ bodyFatPercent: 21.4 });

describe('every agent gets a usable answer through the real client', () => {
  const simulated = { model: 'local-simulator', asks: 1, simulated: true };

  it('quality check', async () => {
    const result = await createQualityCheckAgent(model)({ photos }, signal);
    expect(qualityCheckResult.parse(result)).toMatchObject({ accepted: true, modelCall: simulated });
  });

  it('estimation, always the same for the same photos and another for others', async () => {
    const result = await estimate();
    expect(result).toMatchObject({ modelCall: simulated });
    expect(result.low).toBeLessThan(result.bodyFatPercent);
    expect((await estimate()).bodyFatPercent).toBe(result.bodyFatPercent);
    const other = await createEstimationAgent(model).look(
      { subject, memories: [], photos: photosOf('another photo') },
      signal,
    );
    expect(other.bodyFatPercent).not.toBe(result.bodyFatPercent);
  });

  it('estimation, nearer to the measurement once it is shown', async () => {
    const input = { subject, memories: [], photos };
    const first = await estimate();
    const girthsCm = { neck: 40, chest: 98, waist: 74, navel: 76, hip: 92 };
    const measured = { bodyFatPercent: 9, low: 3, high: 15, girthsCm };
    const second = await createEstimationAgent(model).lookAgain(input, first, measured, signal);
    expect(second.bodyFatPercent).toBeLessThan((first.bodyFatPercent + 9) / 2);
    expect(second.bodyFatPercent).toBeGreaterThan(9);
    expect(second.observations[0]).toContain('74.0 cm');
    expect(second.modelCall).toMatchObject({ ...simulated, asks: 2 });
    expect(second.modelCall.inputTokens).toBeGreaterThan(first.modelCall.inputTokens * 2);
  });

  it.each([
    { sex: 'female', ageYears: 19, heightCm: 165, weightLb: 95 },
    { sex: 'female', ageYears: 75, heightCm: 150, weightLb: 350 },
    { sex: 'male', ageYears: 12, heightCm: 150, weightLb: 90 },
    { sex: 'male', ageYears: 60, heightCm: 170, weightLb: 420 },
  ] as const)('estimation of $sex, $ageYears years, $weightLb lb', async (someone) => {
    const result = await createEstimationAgent(model).look(
      { subject: someone, memories: ['note'], photos },
      signal,
    );
    expect(result.modelCall.asks).toBe(1);
  });

  it('insights, nutrition, workout and hydration, with the computed numbers in their words', async () => {
    const insights = await createInsightsAgent(model)({ subject, estimation, delta: null }, signal);
    expect(insightsResult.parse(insights).summary).toContain(`${estimation.bodyFatPercent}%`);
    const nutrition = await createNutritionAgent(model)({ subject, estimation }, signal);
    expect(nutritionResult.parse(nutrition).advice).toContain(
      `${nutrition.calorieTargetKcal.toLocaleString('en')} kcal`,
    );
    const workout = await createWorkoutAgent(model)({ subject, estimation }, signal);
    expect(workoutResult.parse(workout).goal).toBe(nutrition.goal);
    const hydration = await createHydrationAgent(model)({ subject }, signal);
    expect(hydrationResult.parse(hydration).tips.join(' ')).toContain(
      `${hydration.dailyWaterMl.toLocaleString('en')} mL`,
    );
  });

  it('insights tell a change', async () => {
    const change = { bodyFatPercent: -1.2, weightLb: -3, leanMassLb: 0, fatMassLb: -3 };
    const delta = { previous: { scanId: 'scan-a', days: 30, change }, year: null, trend: null };
    const insights = await createInsightsAgent(model)({ subject, estimation, delta }, signal);
    expect(insights.highlights).toEqual([
      'Since your last scan, 30 days ago, your body fat fell by 1.2 points.',
    ]);
  });
});

describe('faults', () => {
  it.each<[FaultKind, ErrorCode]>([
    ['rate_limit', 'ModelRateLimitedError'],
    ['quota', 'ModelQuotaError'],
    ['server_error', 'ModelUnavailableError'],
    ['overloaded', 'ModelUnavailableError'],
    ['disconnect', 'ModelUnavailableError'],
    ['broken_body', 'ModelUnavailableError'],
    ['unauthorized', 'ModelRequestError'],
    ['bad_request', 'ModelRequestError'],
    ['invalid_image', 'ModelUnavailableError'],
    ['image_parse_error', 'ModelUnavailableError'],
  ])('%s becomes %s, without a second request', async (kind, code) => {
    standIn.fault({ kind });
    await expect(estimate()).rejects.toMatchObject({ code, message: new ScanPipelineError(code).message });
    expect(standIn.requests('estimation')).toHaveLength(1);
    expect((await estimate()).modelCall.asks).toBe(1);
  });

  it('a rate limit carries the time to wait', async () => {
    standIn.fault({ kind: 'rate_limit', retryAfterSeconds: 7 });
    await expect(estimate()).rejects.toMatchObject({ retryAfterMs: 7000 });
  });

  it('a rate limit may leave open how long to wait', async () => {
    standIn.fault({ kind: 'rate_limit', retryAfterSeconds: null });
    await expect(estimate()).rejects.toMatchObject({ retryAfterMs: undefined });
  });

  it('a fault can let requests pass before it strikes', async () => {
    standIn.fault({ step: 'estimation', kind: 'overloaded', skip: 2 });
    const outcomes = [];
    for (let request = 0; request < 4; request++) {
      outcomes.push(
        await estimate().then(
          () => 'fine',
          ({ code }: { code: string }) => code,
        ),
      );
    }
    expect(outcomes).toEqual(['fine', 'fine', 'ModelUnavailableError', 'fine']);
  });

  it('an answer can be made to come late', async () => {
    standIn.fault({ kind: 'slow', afterSeconds: 0.3 });
    const { modelCall } = await estimate();
    expect(modelCall.latencyMs).toBeGreaterThanOrEqual(295);
    expect(modelCall.asks).toBe(1);
  });

  it.each<[FaultKind, ErrorCode]>([
    ['broken_json', 'ModelResponseError'],
    ['wrong_schema', 'ModelResponseError'],
    ['out_of_bounds', 'ModelResponseError'],
    ['nan', 'ModelResponseError'],
    ['html', 'ModelResponseError'],
    ['incomplete', 'ModelResponseError'],
    ['refusal', 'ModelRefusedError'],
    ['apology', 'ModelRefusedError'],
    ['filtered', 'ModelRefusedError'],
    ['invalid_prompt', 'ModelRefusedError'],
  ])('%s is asked again once; a second time it becomes %s', async (kind, code) => {
    standIn.fault({ step: 'estimation', kind });
    const result = await estimate();
    expect(result.modelCall.asks).toBe(2);
    // A prompt that the filter declines before the model runs costs no tokens.
    expect(result.modelCall.inputTokens).toBeGreaterThan(kind === 'invalid_prompt' ? 3000 : 6000);

    standIn.fault({ step: 'estimation', kind, times: 2 });
    await expect(estimate()).rejects.toMatchObject({ code });
    expect(standIn.requests('estimation')).toHaveLength(4);
  });

  it('a comment before the answer is understood', async () => {
    standIn.fault({ step: 'estimation', kind: 'commentary' });
    expect((await estimate()).modelCall.asks).toBe(1);
  });

  it('texts with links are refused too', async () => {
    standIn.fault({ step: 'hydration', kind: 'out_of_bounds', times: 2 });
    await expect(createHydrationAgent(model)({ subject }, signal)).rejects.toMatchObject({
      code: 'ModelResponseError',
    });
  });

  it('a number that a photo demanded is refused where it cannot belong to the body', async () => {
    const ofHer = { ...subject, sex: 'female' as const };
    standIn.fault({ step: 'estimation', kind: 'obedient', times: 2 });
    const estimating = createEstimationAgent(model).look({ subject: ofHer, memories: [], photos }, signal);
    await expect(estimating).rejects.toMatchObject({ code: 'ModelResponseError' });
  });

  it('the quality check can be made to reject a photo', async () => {
    standIn.fault({ kind: 'reject' });
    const result = await createQualityCheckAgent(model)({ photos }, signal);
    expect(result.accepted).toBe(false);
    expect(result.photos.left.issues[0]?.code).toBe('wrong_angle');
    expect(result.photos.front.accepted).toBe(true);
  });

  it('are set over HTTP, strike only their step, and can be cleared', async () => {
    const faults = (init?: RequestInit) => fetch(`${standIn.url}/__faults`, init);
    const post = (body: object) => faults({ method: 'POST', body: JSON.stringify(body) });
    expect((await post({ step: 'hydration', kind: 'server_error', times: 2 })).status).toBe(201);
    expect((await post({ kind: 'no such kind' })).status).toBe(400);
    expect((await post({ step: 'embeddings', kind: 'refusal' })).status).toBe(400);

    await estimate();
    await expect(createHydrationAgent(model)({ subject }, signal)).rejects.toMatchObject({
      code: 'ModelUnavailableError',
    });
    expect(await faultsAt(standIn.url)).toMatchObject([
      { step: 'hydration', kind: 'server_error', times: 1 },
    ]);

    await faults({ method: 'DELETE' });
    await createHydrationAgent(model)({ subject }, signal);
  });
});

describe('time', () => {
  it('a hanging request ends with its signal, and the stand-in sees the client go', async () => {
    standIn.fault({ step: 'estimation', kind: 'hang' });
    const stop = new AbortController();
    const reason = new Error('canceled');
    const asked = createEstimationAgent(model).look({ subject, memories: [], photos }, stop.signal);
    const ended = asked.catch((error: unknown) => error);
    // Aborted only once the fault has struck, so that the request is under way.
    await expect.poll(() => faultsAt(standIn.url)).toEqual([]);
    stop.abort(reason);
    expect(await ended).toBe(reason);
    await expect
      .poll(() => standIn.requests('estimation').map(({ response }) => response.status))
      .toEqual([499]);
  });

  it('a hanging request ends with the timeout of the client', async () => {
    standIn.fault({ kind: 'hang' });
    const impatient = createOpenAiModel({
      apiKey: 'any',
      baseUrl: `${standIn.url}/v1`,
      model: 'm',
      embeddingModel: 'e',
      safetySalt: 'any',
      timeoutMs: 200,
    });
    await expect(createHydrationAgent(impatient)({ subject }, signal)).rejects.toMatchObject({
      code: 'ModelUnavailableError',
    });
  });

  it('an answer takes the nominal seconds of its step times the pace, an embedding none', async () => {
    const paced = await startModelStandIn({ pace: 0.01 });
    try {
      const { modelCall } = await createHydrationAgent(modelAt(paced.url))({ subject }, signal);
      expect(modelCall.latencyMs).toBeGreaterThanOrEqual(295);
      expect(modelCall.latencyMs).toBeLessThan(2000);
    } finally {
      await paced.stop();
    }
  });

  it('stops with a request under way', async () => {
    const hanging = await startModelStandIn({ pace: 0 });
    hanging.fault({ kind: 'hang' });
    const asked = createHydrationAgent(modelAt(hanging.url))({ subject }, signal);
    const ended = asked.catch((error: unknown) => error);
    await expect.poll(() => faultsAt(hanging.url)).toEqual([]);
    await hanging.stop();
    expect(await ended).toMatchObject({ code: 'ModelUnavailableError' });
  });
});

describe('embeddings', () => {
  it('are unit vectors of 1536 numbers in which similar texts are near', async () => {
    const first = await embed('Body fat 18.2 percent, lean mass 148 lb, weight 181 lb');
    expect(first).toHaveLength(1536);
    expect(cosine(first, first)).toBeCloseTo(1, 6);
    expect(await embed('Body fat 18.2 percent, lean mass 148 lb, weight 181 lb')).toEqual(first);
    const similar = cosine(first, await embed('Body fat 19.0 percent, lean mass 147 lb, weight 182 lb'));
    const different = cosine(first, await embed('The quick brown fox jumps over a lazy dog'));
    expect(similar).toBeGreaterThan(0.6);
    expect(different).toBeLessThan(0.2);
    expect(await embed('')).toHaveLength(1536);
  });

  it('can fail by name', async () => {
    standIn.fault({ step: 'embeddings', kind: 'rate_limit', retryAfterSeconds: 2 });
    await expect(model.embed('text', signal)).rejects.toMatchObject({
      code: 'ModelRateLimitedError',
      retryAfterMs: 2000,
    });
  });
});

describe('what can be asked of it', () => {
  it('is healthy', async () => {
    expect((await fetch(`${standIn.url}/health`)).status).toBe(200);
  });

  it('the journal lists requests by step, without photos', async () => {
    await estimate();
    const answer = await fetch(`${standIn.url}/__aimock/journal?service=estimation`);
    const journal = await answer.text();
    expect(JSON.parse(journal)).toMatchObject([{ service: 'estimation', response: { status: 200 } }]);
    expect(journal).toContain('heightCm');
    expect(journal).not.toContain('base64');
  });

  it('a request that no agent wrote gets 400', async () => {
    const answer = await fetch(`${standIn.url}/v1/responses`, { method: 'POST', body: '{"input":"hello"}' });
    expect(answer.status).toBe(400);
  });
});
