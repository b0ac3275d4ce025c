/** Compiles the schemas of models' answers with an independent grammar compiler. */

import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { provisionOne } from '../../local/provision/provision.ts';
import { partnerPython } from '../../local/provision/servers.ts';
import { strictJsonSchema } from '../../worker/src/model/strict-schema.ts';
import { estimationAnswer } from '../../worker/src/steps/estimation/agent.ts';
import { hydrationAnswer } from '../../worker/src/steps/hydration/agent.ts';
import { insightsAnswer } from '../../worker/src/steps/insights/agent.ts';
import { nutritionAnswer } from '../../worker/src/steps/nutrition/agent.ts';
import { qualityCheckAnswer } from '../../worker/src/steps/quality-check/agent.ts';
import { workoutAnswer } from '../../worker/src/steps/workout/agent.ts';

let python: string;
beforeAll(async () => {
  python = await provisionOne(partnerPython);
});

interface Case {
  readonly schema: object;
  readonly good: readonly object[];
  readonly bad: readonly object[];
}

async function problemsOf(cases: Record<string, Case>): Promise<Record<string, string[]>> {
  const texts = (answers: readonly object[]) => answers.map((answer) => JSON.stringify(answer));
  const input = Object.entries(cases).map(([name, { schema, good, bad }]) => [
    name,
    { schema, good: texts(good), bad: texts(bad) },
  ]);
  const script = join(import.meta.dirname, 'check_schemas.py');
  const { stdout } = await execa(python, [script], { input: JSON.stringify(Object.fromEntries(input)) });
  return JSON.parse(stdout) as Record<string, string[]>;
}

const many = <Item>(length: number, item: Item) => Array.from({ length }, () => item);

const accepted = { issues: [] };
const issue = { code: 'obstructed', message: 'A towel hides the front.' };
const photos = (front: object) => ({ front, back: accepted, left: accepted, right: accepted });
const look = { bodyFatPercent: 20.5, low: 18, high: 23, observations: ['A flat abdomen.'] };
const insights = { summary: 'Fine.', highlights: ['Less fat.'], nextFocus: 'Sleep.' };
const meal = { name: 'Oats', description: 'With milk.' };
const exercise = { name: 'Squat', sets: 3, reps: '8-12' };
const session = { name: 'A', minutes: 45, exercises: [exercise] };

const CASES: Record<string, Case> = {
  qualityCheck: {
    schema: strictJsonSchema(qualityCheckAnswer),
    good: [photos(accepted), photos({ issues: [issue] })],
    bad: [photos({ issues: [{ ...issue, code: 'blurred' }] }), photos({ issues: many(6, issue) })],
  },
  estimation: {
    schema: strictJsonSchema(estimationAnswer),
    good: [look, { ...look, observations: [] }],
    bad: [
      { ...look, bodyFatPercent: 900 },
      { ...look, low: -1 },
      { ...look, more: 1 },
      { ...look, observations: Array(9).fill('x') },
    ],
  },
  insights: {
    schema: strictJsonSchema(insightsAnswer),
    good: [insights],
    bad: [{ ...insights, highlights: [] }, { summary: 'Fine.' }],
  },
  nutrition: {
    schema: strictJsonSchema(nutritionAnswer),
    good: [{ meals: [meal], advice: 'Eat.' }],
    bad: [
      { meals: [], advice: 'Eat.' },
      { meals: many(7, meal), advice: 'Eat.' },
    ],
  },
  workout: {
    schema: strictJsonSchema(workoutAnswer),
    good: [{ sessions: [session], advice: 'Rest.' }],
    bad: [
      { sessions: [{ ...session, minutes: 181 }], advice: 'Rest.' },
      { sessions: [{ ...session, exercises: [{ ...exercise, sets: 2.5 }] }], advice: 'Rest.' },
    ],
  },
  hydration: {
    schema: strictJsonSchema(hydrationAnswer),
    good: [{ tips: ['Drink.'] }],
    bad: [{ tips: [] }, { tips: Array(7).fill('Drink.') }, { tips: [1] }],
  },
};

it("every agent's schema compiles, takes what its agent takes and refuses what misses a bound", async () => {
  const none = Object.fromEntries(Object.keys(CASES).map((step) => [step, []]));
  expect(await problemsOf(CASES)).toEqual(none);
});

it('the compiler says what it does not take', async () => {
  const schema = { type: 'object', properties: { a: { not: {} } }, required: ['a'] };
  const { bad } = await problemsOf({ bad: { schema, good: [], bad: [] } });
  expect(bad).toEqual([expect.stringContaining('not')]);
});
