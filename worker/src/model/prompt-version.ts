/** Computes the version of a prompt from what is sent, so that every change of the prompt changes its version. */

import { createHash } from 'node:crypto';
import type { ModelQuestion } from './model.ts';

/** Hex digits of the hash that are kept. They are enough to keep the versions of one prompt apart. */
const KEPT_DIGITS = 12;

/**
 * `<name>-<12 hex digits>` of the SHA-256 over the instructions with the ground rules, the JSON schema with its
 * descriptions, the names of the facts, the texts around photos, and the words `again` of a second request. What
 * differs between users is left out: the values of the facts, the language among them, and the photos.
 */
export function promptVersion(
  name: string,
  question: ModelQuestion,
  factNames: readonly string[],
  again: string,
): string {
  const labels = question.content.slice(1).map((part) => (part.type === 'text' ? part.text : part.type));
  const sent = JSON.stringify([question.instructions, question.jsonSchema, factNames, labels, again]);
  return `${name}-${createHash('sha256').update(sent).digest('hex').slice(0, KEPT_DIGITS)}`;
}
