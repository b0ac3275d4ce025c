import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, type Question } from '../model/ask.ts';
import { promptVersion } from '../model/prompt-version.ts';
import type { Model, ModelQuestion } from '../model/model.ts';
import { estimationOf } from './estimation/agent.fixture.ts';
import { createEstimationAgent } from './estimation/agent.ts';
import { createHydrationAgent } from './hydration/agent.ts';
import { createInsightsAgent } from './insights/agent.ts';
import { createNutritionAgent } from './nutrition/agent.ts';
import { createQualityCheckAgent } from './quality-check/agent.ts';
import { createWorkoutAgent } from './workout/agent.ts';

const signal = new AbortController().signal;
const photos = { front: 'f', back: 'b', left: 'l', right: 'r' };

/** The prompt version that is recorded for an answer to this question, and what was sent to the model. */
async function versionOf(question: Question<{ words: string }>) {
  let sent: ModelQuestion | undefined;
  const model: Pick<Model, 'ask'> = {
    ask: async (given) => {
      sent = given;
      const text = '{"words":"fine"}';
      return { text, refusal: null, model: 'm', inputTokens: 1, outputTokens: 1, latencyMs: 1 };
    },
  };
  const { modelCall } = await ask(model as Model, question, signal);
  return { version: modelCall.promptVersion, sent: sent! };
}

const question: Question<{ words: string }> = {
  step: 'insights',
  promptName: 'insights',
  prompt: { instructions: 'Say a word.', facts: { height: 180 }, photos },
  answer: z.strictObject({ words: z.string().max(20).describe('One word') }),
};

describe('the version of a prompt changes with', () => {
  it.each<[string, Partial<Question<{ words: string }>>]>([
    ['an instruction', { prompt: { ...question.prompt, instructions: 'Say a Word.' } }],
    ['the name of a fact', { prompt: { ...question.prompt, facts: { heightCm: 180 } } }],
    ['photos', { prompt: { instructions: 'Say a word.', facts: { height: 180 } } }],
    ["a schema's description", { answer: z.strictObject({ words: z.string().max(20).describe('A word') }) }],
    ["a schema's bound", { answer: z.strictObject({ words: z.string().max(21).describe('One word') }) }],
  ])('%s', async (_, change) => {
    const { version } = await versionOf(question);
    expect((await versionOf({ ...question, ...change })).version).not.toBe(version);
    expect(version).toMatch(/^insights-[0-9a-f]{12}$/);
  });

  it('a ground rule, and the words of a second ask', async () => {
    const { version, sent } = await versionOf(question);
    const again =
      'Your previous answer could not be used: . Answer the same question again, correctly and completely.';
    expect(promptVersion('insights', sent, ['height'], again), 'computed from what was sent').toBe(version);
    const [rule] = sent.instructions.match(/Be kind.*$/)!;
    const changed = { ...sent, instructions: sent.instructions.replace(rule, 'Be kind.') };
    expect(promptVersion('insights', changed, ['height'], again)).not.toBe(version);
    expect(promptVersion('insights', sent, ['height'], `${again}!`)).not.toBe(version);
  });
});

describe('the version of a prompt stays', () => {
  it.each<[string, Partial<Question<{ words: string }>>]>([
    ['with another value of a fact', { prompt: { ...question.prompt, facts: { height: 181 } } }],
    ['with other photos', { prompt: { ...question.prompt, photos: { ...photos, left: 'other' } } }],
    ['with another guard', { guard: () => null }],
  ])('%s', async (_, change) => {
    const { version } = await versionOf(question);
    expect((await versionOf({ ...question, ...change })).version).toBe(version);
  });

  it('in another language, which is a fact', async () => {
    const { sent } = await versionOf(question);
    expect(sent.content[0]).toMatchObject({ text: expect.stringMatching(/^FACTS \{"language":"English/) });
    expect(sent.instructions).not.toMatch(/English|pounds/);
  });
});

it("every agent's prompt has a version of its own, whoever is asked about", async () => {
  const answers: Record<string, object> = {
    qualityCheck: Object.fromEntries(Object.keys(photos).map((angle) => [angle, { issues: [] }])),
    estimation: { bodyFatPercent: 27, low: 25, high: 29, observations: [] },
    insights: { summary: 'Fine.', highlights: ['Fine.'], nextFocus: 'Fine.' },
    nutrition: { meals: [{ name: 'Oats', description: 'With milk.' }], advice: 'Eat.' },
    workout: {
      sessions: [{ name: 'A', minutes: 30, exercises: [{ name: 'Squat', sets: 3, reps: '8' }] }],
      advice: 'Rest.',
    },
    hydration: { tips: ['Drink.'] },
  };
  const model: Model = {
    embed: () => Promise.reject(new Error('not needed')),
    ask: async ({ step }: ModelQuestion) => ({
      text: JSON.stringify(answers[step]),
      refusal: null,
      model: 'm',
      inputTokens: 1,
      outputTokens: 1,
      latencyMs: 1,
    }),
  };
  const versionsFor = async (weightLb: number) => {
    const subject = { sex: 'female', ageYears: 41, heightCm: 168, weightLb } as const;
    const given = { subject, estimation: estimationOf({ bodyFatPercent: 27 }) };
    const eye = createEstimationAgent(model);
    const looked = { subject, memories: [], photos };
    const girthsCm = { neck: 34, chest: 100, waist: 98, navel: 104, hip: 118 };
    const first = await eye.look(looked, signal);
    const results = [
      await createQualityCheckAgent(model)({ photos }, signal),
      first,
      await eye.lookAgain(looked, first, { bodyFatPercent: 40, low: 34, high: 46, girthsCm }, signal),
      await createInsightsAgent(model)({ ...given, delta: null }, signal),
      await createNutritionAgent(model)(given, signal),
      await createWorkoutAgent(model)(given, signal),
      await createHydrationAgent(model)({ subject }, signal),
    ];
    return results.map(({ modelCall }) => modelCall!.promptVersion);
  };
  const versions = await versionsFor(150);
  expect(new Set(versions).size).toBe(7);
  expect(versions.map((version) => version.replace(/-[0-9a-f]{12}$/, ''))).toEqual([
    'quality-check',
    'estimation',
    'estimation-second-look',
    'insights',
    'nutrition',
    'workout',
    'hydration',
  ]);
  expect(await versionsFor(160)).toEqual(versions);
});
