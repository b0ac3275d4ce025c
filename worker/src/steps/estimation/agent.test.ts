import { describe, expect, it } from 'vitest';
import { estimationAnswer, estimationProblem, estimationPrompt, secondLookPrompt } from './agent.ts';

const subject = { sex: 'male', ageYears: 34, heightCm: 180, weightLb: 181 } as const;
const answer = { bodyFatPercent: 18, low: 16, high: 20, observations: ['Lean.'] };

/**
 * What is wrong with this answer of the model about `someone`: 'schema' when the schema refuses it, else the guard's
 * verdict.
 */
function problem(change: Partial<typeof answer>, someone: Parameters<typeof estimationProblem>[1] = subject) {
  const parsed = estimationAnswer.safeParse({ ...answer, ...change });
  return parsed.success ? estimationProblem(parsed.data, someone) : 'schema';
}

describe('an estimate is refused', () => {
  it.each([
    ['of 900 %', { bodyFatPercent: 900, high: 900 }, 'schema'],
    ['that is not a number', { bodyFatPercent: Number.NaN }, 'schema'],
    ['below zero', { bodyFatPercent: -4, low: -5 }, 'schema'],
    ['outside its own range', { low: 19 }, 'not between'],
    ['whose range is turned round', { low: 20, high: 16 }, 'not between'],
    ['far above what the body mass index allows', { bodyFatPercent: 45, high: 47 }, 'out of reach'],
  ])('%s', (_, change, words) => {
    expect(problem(change)).toContain(words);
  });

  it('below essential fat of the sex', () => {
    const lean = { bodyFatPercent: 8, low: 7, high: 9 };
    expect(problem(lean)).toBeNull();
    expect(problem(lean, { ...subject, sex: 'female' })).toContain('essential');
  });

  it('far below what the body mass index allows', () => {
    expect(problem({ bodyFatPercent: 9, low: 8, high: 10 }, { ...subject, weightLb: 300 })).toContain(
      'out of reach',
    );
  });
});

describe('an estimate is accepted', () => {
  it.each([
    [
      'of a lean, muscular man: 95 kg at 175 cm',
      { bodyFatPercent: 10, low: 8, high: 12 },
      { ...subject, heightCm: 175, weightLb: 209 },
    ],
    [
      // 22.5 % by height and weight, which tell minors 6 points too little.
      'of a girl of 17 years with 20 kg/m²',
      { bodyFatPercent: 42, low: 38, high: 45 },
      { sex: 'female' as const, ageYears: 17, heightCm: 160, weightLb: 113 },
    ],
    [
      'of a body mass index far beyond the equation',
      { bodyFatPercent: 52, low: 48, high: 55 },
      { ...subject, weightLb: 420 },
    ],
  ])('%s', (_, change, someone) => {
    expect(problem(change, someone)).toBeNull();
  });
});

it('the prompt carries measures and memories, and nothing that names the user', () => {
  const photos = { front: 'f', back: 'b', left: 'l', right: 'r' };
  const { facts } = estimationPrompt({ subject, memories: ['Body fat 19 percent.'], photos });
  expect(facts).toEqual({
    sex: 'male',
    ageYears: 34,
    heightCm: 180,
    weightLb: 181,
    weightKg: 82.1,
    bmi: 25.3,
    memories: ['Body fat 19 percent.'],
  });
});

it('the second look is told of the girths and of the first answer, the first look is not', () => {
  const photos = { front: 'f', back: 'b', left: 'l', right: 'r' };
  const input = { subject, memories: [], photos };
  const modelCall = {
    model: 'gpt-test',
    promptVersion: 'test-1',
    inputTokens: 1,
    outputTokens: 1,
    latencyMs: 1,
    asks: 1,
    simulated: false,
  };
  const girthsCm = { neck: 38, chest: 100, waist: 86, navel: 88, hip: 100 };
  const measured = { bodyFatPercent: 20.1, low: 13.8, high: 26.4, girthsCm };
  const { instructions, facts } = secondLookPrompt(input, { ...answer, modelCall }, measured);
  expect(facts).toEqual({ ...estimationPrompt(input).facts, measured, previousAnswer: 18 });
  expect(instructions).toContain(estimationPrompt(input).instructions);
});
