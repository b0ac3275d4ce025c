/** Checks a JSON body against its schema, and names what is wrong without quoting it. */

import { MIMEType } from 'node:util';
import { MAX_BODY_BYTES } from '@reddyfit/shared/api/http';
import type { z } from 'zod';
import { isUnicode } from '../platform/unicode.ts';
import { type FieldError, fieldErrors } from './field-errors.ts';
import { ApiProblem } from './problems.ts';
import type { PlatformRequest } from './request.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is UTF-8 (RFC 8259), so a body with another charset is in another format. */
function isJson(contentType: string | undefined): boolean {
  try {
    const { essence, params } = new MIMEType(contentType ?? '');
    return essence === 'application/json' && (params.get('charset') ?? 'utf-8').toLowerCase() === 'utf-8';
  } catch {
    return false;
  }
}

/**
 * Reads the body of a request by `schema`. Throws ApiProblem: not-json, body-too-large, or invalid-request
 * naming each wrong field (the first ten).
 */
export function readJson<Schema extends z.ZodType>(
  request: PlatformRequest,
  schema: Schema,
): z.output<Schema> {
  if (!isJson(request.headers['content-type'])) {
    throw new ApiProblem('not-json', 'Send the body as application/json in UTF-8.', {
      headers: { accept: 'application/json' },
    });
  }
  if (request.unreadable) throw request.unreadable;
  const body = request.rawBody ?? Buffer.alloc(0);
  if (body.length > MAX_BODY_BYTES) throw tooLarge();
  const given = jsonOf(body);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, 10)
    .flatMap((issue) => fieldErrors(issue, given))
    .slice(0, 10);
  throw new ApiProblem('invalid-request', summaryOf(errors), { errors });
}

export function tooLarge(): ApiProblem {
  return new ApiProblem('body-too-large', `The body may have ${MAX_BODY_BYTES} bytes.`);
}

/** The problem for a body that is not JSON at all. */
export function notJsonText(): ApiProblem {
  const detail = 'The body is not JSON.';
  return new ApiProblem('invalid-request', detail, { errors: [{ pointer: '', detail }] });
}

function jsonOf(body: Buffer): unknown {
  let given: unknown;
  try {
    given = JSON.parse(utf8.decode(body));
  } catch {
    throw notJsonText();
  }
  if (isUnicode(given)) return given;
  const detail = 'A text in the body is not Unicode: it has half of a surrogate pair.';
  throw new ApiProblem('invalid-request', detail, { errors: [{ pointer: '', detail }] });
}

function summaryOf(errors: readonly FieldError[]): string {
  const names = errors.map(({ pointer }) => pointer || 'the body');
  return `Not as expected: ${names.join(', ')}.`;
}
