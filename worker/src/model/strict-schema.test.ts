import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { estimationAnswer } from '../steps/estimation/agent.ts';
import { hydrationAnswer } from '../steps/hydration/agent.ts';
import { insightsAnswer } from '../steps/insights/agent.ts';
import { nutritionAnswer } from '../steps/nutrition/agent.ts';
import { qualityCheckAnswer } from '../steps/quality-check/agent.ts';
import { strictJsonSchema } from './strict-schema.ts';
import { workoutAnswer } from '../steps/workout/agent.ts';

const SUPPORTED = [
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  'enum',
  'description',
];

/** Every schema object within a schema. */
function schemasIn(schema: Record<string, unknown>): Record<string, unknown>[] {
  const inner = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
  return [schema, ...inner.flatMap((each) => schemasIn(each as Record<string, unknown>))];
}

describe.each(
  Object.entries({
    qualityCheckAnswer,
    estimationAnswer,
    insightsAnswer,
    nutritionAnswer,
    workoutAnswer,
    hydrationAnswer,
  }),
)('%s', (_, answer) => {
  it('keeps to the strict subset: all fields required, none added, no other keywords', () => {
    for (const schema of schemasIn(strictJsonSchema(answer))) {
      expect(SUPPORTED).toEqual(expect.arrayContaining(Object.keys(schema)));
      expect(schema.type).toBeDefined();
      if (schema.type !== 'object') continue;
      expect(schema.additionalProperties).toBe(false);
      expect(schema.required).toEqual(Object.keys(schema.properties as object));
    }
  });
});

it('tells bounds in words', () => {
  expect(
    strictJsonSchema(
      z.strictObject({ share: z.number().min(0).max(1).describe('How sure'), count: z.int() }),
    ),
  ).toEqual({
    type: 'object',
    properties: {
      share: { type: 'number', description: 'How sure: at least 0, at most 1' },
      count: { type: 'integer' },
    },
    required: ['share', 'count'],
    additionalProperties: false,
  });
});

it('refuses optional fields', () => {
  expect(() => strictJsonSchema(z.strictObject({ maybe: z.string().optional() }))).toThrow('maybe');
});
