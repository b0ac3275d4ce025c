/**
 * Says what is wrong with the fields of a body, for whoever writes the client: what is missing or what is allowed there, never
 * the value that was sent.
 */

import type { z } from 'zod';
import { valueAt } from '../platform/value-at.ts';

export interface FieldError {
  /** JSON Pointer (RFC 6901); empty for the body as a whole. */
  readonly pointer: string;
  readonly detail: string;
}

/**
 * The errors of an issue, one for each field. Of an unknown field's name only the first 64 characters are given, since the
 * client chose the name.
 */
export function fieldErrors(issue: z.core.$ZodIssue, body: unknown): FieldError[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ pointer: pointerTo(issue.path), detail: detailOf(issue, body) }];
  return issue.keys.map((key) => ({
    pointer: pointerTo([...issue.path, key.slice(0, 64)]),
    detail: 'This field is not allowed.',
  }));
}

function detailOf(issue: z.core.$ZodIssue, body: unknown): string {
  if (valueAt(body, issue.path) === undefined) return 'This field is missing.';
  switch (issue.code) {
    case 'invalid_type':
      return `This must be of type ${issue.expected}.`;
    case 'invalid_value':
      return `This must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
    case 'too_small':
      return `This must be at least ${issue.minimum}${unitOf(issue.origin)}.`;
    case 'too_big':
      return `This must be at most ${issue.maximum}${unitOf(issue.origin)}.`;
    case 'invalid_format':
      return issue.pattern
        ? `This must match ${issue.pattern}.`
        : `This must be of the format ${issue.format}.`;
    case 'custom':
      return issue.message;
    default:
      return 'This value is not allowed.';
  }
}

const unitOf = (origin: string) => (origin === 'string' ? ' characters long' : '');

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
