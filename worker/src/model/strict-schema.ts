/** JSON schemas in the subset that strict structured outputs accept, at OpenAI and at Azure OpenAI. */

import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** Keywords of JSON Schema that strict structured outputs accept, and enforce while the answer is written. */
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

/** Limits of a schema's size: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas */
export const STRICT_LIMITS = {
  properties: 5000,
  /** How deep objects and arrays may be nested. */
  depth: 10,
  /** Total length of all property names and enum values. */
  nameCharacters: 120_000,
  enumValues: 1000,
} as const;

const KEPT: ReadonlySet<string> = new Set(STRICT_KEYWORDS);

/** Describes bounds in words, for APIs that do not enforce them. */
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

/** Bounds that no strict mode accepts. The descriptions name them, and zod checks them in the answer. */
const NEVER_SENT = ['minLength', 'maxLength'];

/**
 * Further bounds that Azure OpenAI does not accept:
 * https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs
 */
const NOT_AT_AZURE = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems'];

/**
 * The strict JSON schema of an object: every field is required, no other fields are allowed, and descriptions name the
 * lengths of texts. Throws TypeError for an optional field, since strict schemas have none.
 */
export function strictJsonSchema(schema: z.ZodObject): JsonSchema {
  return strict(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
}

/** The same schema for Azure OpenAI, where descriptions name all bounds. */
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

/** zod gives every integer the bounds of the safe integers, which say nothing. */
const isNoBound = (value: unknown) => typeof value === 'number' && Math.abs(value) >= Number.MAX_SAFE_INTEGER;

/** The schema without the bounds in `keywords`; its description names them instead. */
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

/** The schema with `change` applied to each schema directly inside it. */
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
