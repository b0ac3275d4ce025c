import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { estimationAnswer } from '../steps/estimation/agent.ts';
import { hydrationAnswer } from '../steps/hydration/agent.ts';
import { insightsAnswer } from '../steps/insights/agent.ts';
import { nutritionAnswer } from '../steps/nutrition/agent.ts';
import { qualityCheckAnswer } from '../steps/quality-check/agent.ts';
import { azureJsonSchema, STRICT_KEYWORDS, STRICT_LIMITS, strictJsonSchema } from './strict-schema.ts';
import { workoutAnswer } from '../steps/workout/agent.ts';

/** Every schema object within a schema. */
function schemasIn(schema: Record<string, unknown>): Record<string, unknown>[] {
  const inner = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
  return [schema, ...inner.flatMap((each) => schemasIn(each as Record<string, unknown>))];
}

const depthOf = (schema: Record<string, unknown>): number => {
  const inner = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
  return inner.length === 0 ? 0 : 1 + Math.max(...inner.map((each) => depthOf(each as typeof schema)));
};

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
      expect(STRICT_KEYWORDS).toEqual(expect.arrayContaining(Object.keys(schema)));
      expect(schema.type).toBeDefined();
      if (schema.type !== 'object') continue;
      expect(schema.additionalProperties).toBe(false);
      expect(schema.required).toEqual(Object.keys(schema.properties as object));
    }
  });

  it('keeps to the limits of size', () => {
    const schema = strictJsonSchema(answer);
    const all = schemasIn(schema);
    const names = all.flatMap(({ properties }) => Object.keys(properties ?? {}));
    const values = all.flatMap((each) => (each.enum ?? []) as string[]);
    expect(names.length).toBeLessThanOrEqual(STRICT_LIMITS.properties);
    expect(values.length).toBeLessThanOrEqual(STRICT_LIMITS.enumValues);
    expect([...names, ...values].join('').length).toBeLessThanOrEqual(STRICT_LIMITS.nameCharacters);
    expect(depthOf(schema)).toBeLessThanOrEqual(STRICT_LIMITS.depth);
  });

  it('sends the bounds of every number and list, and to Azure none', () => {
    const all = schemasIn(strictJsonSchema(answer));
    const bounded = all.filter(({ type }) => type === 'number' || type === 'integer' || type === 'array');
    for (const schema of bounded) expect(Object.keys(schema).join()).toMatch(/maximum|maxItems/i);
    expect(JSON.stringify(azureJsonSchema(strictJsonSchema(answer)))).not.toMatch(
      /"(minimum|maximum|exclusive|minItems|maxItems)/i,
    );
  });
});

const bounded = strictJsonSchema(
  z.strictObject({
    share: z.number().min(0).max(1).describe('How sure'),
    count: z.int(),
    words: z.array(z.string().max(9)).min(1).max(3),
  }),
);

it('sends bounds and sizes of lists as schema, and tells lengths of texts in words', () => {
  expect(bounded).toEqual({
    type: 'object',
    properties: {
      share: { type: 'number', description: 'How sure', minimum: 0, maximum: 1 },
      count: { type: 'integer' },
      words: {
        type: 'array',
        minItems: 1,
        maxItems: 3,
        items: { type: 'string', description: 'at most 9 characters' },
      },
    },
    required: ['share', 'count', 'words'],
    additionalProperties: false,
  });
});

it('tells Azure all bounds in words', () => {
  expect(azureJsonSchema(bounded)).toEqual({
    type: 'object',
    properties: {
      share: { type: 'number', description: 'How sure: at least 0, at most 1' },
      count: { type: 'integer' },
      words: {
        type: 'array',
        description: 'at least 1 items, at most 3 items',
        items: { type: 'string', description: 'at most 9 characters' },
      },
    },
    required: ['share', 'count', 'words'],
    additionalProperties: false,
  });
});

it('refuses optional fields', () => {
  expect(() => strictJsonSchema(z.strictObject({ maybe: z.string().optional() }))).toThrow('maybe');
});
