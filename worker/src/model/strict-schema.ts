/** JSON schemas in the subset that strict structured outputs accept, at OpenAI and at Azure OpenAI. */

import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** What strict structured outputs take of JSON Schema, and enforce while the answer is written. */
export const STRICT_KEYWORDS = [
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  'enum',
  'description',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
] as const;

/** How much of it: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas */
export const STRICT_LIMITS = {
  properties: 5000,
  /** Objects and arrays within each other. */
  depth: 10,
  /** All names of properties and values of enums together. */
  nameCharacters: 120_000,
  enumValues: 1000,
} as const;

const KEPT: ReadonlySet<string> = new Set(STRICT_KEYWORDS);

/** Bounds in words, for whoever does not enforce them. */
const TOLD: Record<string, (bound: number) => string> = {
  minimum: (bound) => `at least ${bound}`,
  maximum: (bound) => `at most ${bound}`,
  exclusiveMinimum: (bound) => `more than ${bound}`,
  exclusiveMaximum: (bound) => `less than ${bound}`,
  minItems: (bound) => `at least ${bound} items`,
  maxItems: (bound) => `at most ${bound} items`,
  minLength: (bound) => `at least ${bound} characters`,
  maxLength: (bound) => `at most ${bound} characters`,
};

/** The bounds that no strict mode takes: told in words, and checked by zod when the answer is here. */
const NEVER_SENT = ['minLength', 'maxLength'];

/** The bounds that Azure OpenAI refuses besides: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs */
const NOT_AT_AZURE = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems'];

/**
 * The strict JSON schema of an object: every field required, no additional ones, lengths of texts told in descriptions.
 * Throws TypeError for an optional field, since strict schemas have none.
 */
export function strictJsonSchema(schema: z.ZodObject): JsonSchema {
  return strict(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
}

/** The same schema as Azure OpenAI takes it: all bounds told in descriptions. */
export function azureJsonSchema(schema: JsonSchema): JsonSchema {
  return everySchema(toldInWords(schema, NOT_AT_AZURE), azureJsonSchema);
}

function strict(schema: JsonSchema): JsonSchema {
  const told = toldInWords(schema, NEVER_SENT);
  const kept = Object.fromEntries(
    Object.entries(told).filter(([keyword, value]) => KEPT.has(keyword) && !isNoBound(value)),
  );
  if (schema.const !== undefined) kept.enum = [schema.const];
  if (kept.properties) {
    const required = (kept.required ?? []) as string[];
    const missing = Object.keys(kept.properties).filter((name) => !required.includes(name));
    if (missing.length > 0)
      throw new TypeError(`strict schemas have no optional fields: ${missing.join(', ')}`);
    kept.additionalProperties = false;
  }
  return everySchema(kept, strict);
}

/** zod bounds every integer by what a double can hold. */
const isNoBound = (value: unknown) => typeof value === 'number' && Math.abs(value) >= Number.MAX_SAFE_INTEGER;

/** Without these bounds, which its description tells instead. */
function toldInWords(schema: JsonSchema, keywords: readonly string[]): JsonSchema {
  const bounds = Object.entries(schema).filter(
    ([keyword, bound]) => keywords.includes(keyword) && typeof bound === 'number' && !isNoBound(bound),
  );
  const words = bounds.map(([keyword, bound]) => TOLD[keyword]!(bound as number)).join(', ');
  const description = [schema.description, words].filter(Boolean).join(': ');
  return {
    ...Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword))),
    ...(description && { description }),
  };
}

/** With each schema in it changed. */
function everySchema(schema: JsonSchema, change: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const properties = schema.properties as Record<string, JsonSchema> | undefined;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, change(field)]),
      ),
    }),
    ...(schema.items !== undefined && { items: change(schema.items as JsonSchema) }),
    ...(schema.anyOf !== undefined && { anyOf: (schema.anyOf as JsonSchema[]).map(change) }),
  };
}
