/** JSON schemas in the subset that strict structured outputs accept, at OpenAI and at Azure OpenAI. */

import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** What the model server enforces. All other keywords are refused by one of the two servers, or say nothing here. */
const ENFORCED = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  'enum',
  'description',
]);

/** Bounds are told in words instead, and checked by zod when the answer is here. */
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

/**
 * The strict JSON schema of an object: every field required, no additional ones, bounds moved into descriptions.
 * Throws TypeError for an optional field, since strict schemas have none.
 */
export function strictJsonSchema(schema: z.ZodObject): JsonSchema {
  return strict(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
}

function strict(schema: JsonSchema): JsonSchema {
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => ENFORCED.has(keyword)));
  if (schema.const !== undefined) kept.enum = [schema.const];
  const bounds = Object.entries(TOLD)
    .filter(([keyword]) => Number.isSafeInteger(schema[keyword]) || typeof schema[keyword] === 'number')
    .filter(([keyword]) => Math.abs(schema[keyword] as number) < Number.MAX_SAFE_INTEGER)
    .map(([keyword, tell]) => tell(schema[keyword] as number));
  const description = [schema.description, bounds.join(', ')].filter(Boolean).join(': ');
  if (description) kept.description = description;
  if (kept.properties) {
    const properties = kept.properties as Record<string, JsonSchema>;
    const required = (kept.required ?? []) as string[];
    const missing = Object.keys(properties).filter((name) => !required.includes(name));
    if (missing.length > 0)
      throw new TypeError(`strict schemas have no optional fields: ${missing.join(', ')}`);
    kept.properties = Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, strict(field)]),
    );
    kept.additionalProperties = false;
  }
  if (kept.items) kept.items = strict(kept.items as JsonSchema);
  if (kept.anyOf) kept.anyOf = (kept.anyOf as JsonSchema[]).map(strict);
  return kept;
}
