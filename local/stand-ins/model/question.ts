/** Reads a Responses API request in the form in which the worker's agents write it: step, facts, photos. */

import { createHash } from 'node:crypto';
import { STEP_NAMES, type StepName } from '@reddyfit/shared/scan/steps';
import { z } from 'zod';
import type { StandInQuestion as Given } from '../../../worker/src/model/stand-in.ts';

const part = z.union([
  z.object({ type: z.literal('input_text'), text: z.string() }),
  z.object({ type: z.literal('input_image'), image_url: z.string() }),
]);

const request = z.object({
  safety_identifier: z.string().optional(),
  instructions: z.string(),
  input: z.tuple([z.object({ role: z.literal('user'), content: z.array(part) })]),
  text: z.object({
    format: z.object({
      type: z.literal('json_schema'),
      name: z.enum(STEP_NAMES),
      strict: z.literal(true),
      schema: z.record(z.string(), z.unknown()),
    }),
  }),
});

const FACTS = 'FACTS ';

export interface StandInQuestion extends Given {
  readonly step: StepName;
  /** The `safety_identifier` of the user whose scan it is about. */
  readonly asker?: string;
  /** All texts, as a model would read them. */
  readonly text: string;
  readonly schema: Record<string, unknown>;
}

/** Parses a request body. Throws with a sentence for whoever wrote the agent. */
export function readQuestion(body: unknown): StandInQuestion {
  const { safety_identifier: asker, instructions, input, text } = request.parse(body);
  const { content } = input[0];
  const texts = content.flatMap((each) => (each.type === 'input_text' ? [each.text] : []));
  const facts = texts.find((each) => each.startsWith(FACTS));
  if (!facts) throw new TypeError('no text part starts with FACTS');
  return {
    step: text.format.name,
    ...(asker !== undefined && { asker }),
    facts: z.record(z.string(), z.unknown()).parse(JSON.parse(facts.slice(FACTS.length))),
    photoHashes: content.flatMap((each) =>
      each.type === 'input_image' ? [createHash('sha256').update(each.image_url).digest('hex')] : [],
    ),
    text: [instructions, ...texts].join('\n'),
    schema: text.format.schema,
  };
}
