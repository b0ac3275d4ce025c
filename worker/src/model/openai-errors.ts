/** What the openai package throws, in the words of our vocabulary. */

import { APIError } from 'openai';
import type { ResponseError } from 'openai/resources/responses/responses';
import { ScanPipelineError, type ErrorCode } from '@reddyfit/shared/errors';
import { retryAfter } from '../platform/retry-after.ts';

/** Codes by which a filter declines the content: OpenAI's for prompts and for images, Azure's for anything. */
const POLICY_CODES = new Set([
  'invalid_prompt',
  'image_content_policy_violation',
  'content_filter',
  'content_policy_violation',
]);

/**
 * The other codes with `image` in them blame the file: invalid_image_format, image_parse_error, empty_image_file, … The worker
 * made that file, of a photo that it had decoded: never the user's fault, and well the next time.
 */
const IMAGE_CODE = /image/;

/** The account, not the moment, is the problem: waiting does not help. */
const QUOTA_CODES = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']);

/**
 * Turns whatever a request threw into a ScanPipelineError, or into the reason of `signal` when that ended it. The
 * cause keeps status, code and request id; never a message or body of the provider, which may quote the request.
 */
export function modelError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof ScanPipelineError) return error;
  if (error instanceof APIError) {
    const retryAfterMs = error.status === 429 ? retryAfter(error.headers) : undefined;
    return new ScanPipelineError(codeOf(error), {
      cause: new Error(outline(error)),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  // Below the API: a body that is no JSON (SyntaxError), a connection cut while it was read (TypeError).
  return new ScanPipelineError('ModelUnavailableError', { cause: new Error(outline(error)) });
}

/** The code of an error by which a filter declined the prompt; null for any other error. */
export function declinedCode(error: unknown): string | null {
  if (error instanceof DeclinedResponse) return error.code;
  if (!(error instanceof APIError) || error.status === undefined || error.status >= 500) return null;
  return POLICY_CODES.has(error.code ?? '') ? error.code! : null;
}

/** A 200 whose response says that a filter declined it. */
class DeclinedResponse extends Error {
  readonly code: string;

  constructor(code: string) {
    super();
    this.code = code;
  }
}

/** The error for a 200 whose response says it failed. */
export function failedResponse({ code }: Pick<ResponseError, 'code'>): Error {
  if (POLICY_CODES.has(code)) return new DeclinedResponse(code);
  return new ScanPipelineError(FAILED_CODES[code] ?? contentCode(code), {
    cause: new Error(`response failed: ${safeWord(code)}`),
  });
}

const FAILED_CODES: Partial<Record<string, ErrorCode>> = {
  rate_limit_exceeded: 'ModelRateLimitedError',
  server_error: 'ModelUnavailableError',
  vector_store_timeout: 'ModelUnavailableError',
};

/** The error for a request whose content or form was refused. */
const contentCode = (code: string): ErrorCode =>
  IMAGE_CODE.test(code) ? 'ModelUnavailableError' : 'ModelRequestError';

/** The error for an answer that is not the API's. */
export function brokenResponse(what: string): ScanPipelineError {
  return new ScanPipelineError('ModelUnavailableError', {
    cause: new Error(`broken response: ${what}`),
  });
}

function codeOf({ status, code, type }: APIError): ErrorCode {
  // No status: not reached, cut off, or timed out.
  if (status === undefined || status >= 500 || status === 408 || status === 409)
    return 'ModelUnavailableError';
  if (status !== 429) return contentCode(code ?? '');
  return QUOTA_CODES.has(code ?? '') || QUOTA_CODES.has(type ?? '')
    ? 'ModelQuotaError'
    : 'ModelRateLimitedError';
}

function outline(error: unknown): string {
  if (!(error instanceof APIError)) return error instanceof Error ? error.name : 'unknown';
  const { status, code, requestID } = error;
  return [error.constructor.name, status, safeWord(code), safeWord(requestID)]
    .filter((part) => part)
    .join(' ');
}

/** A code or an id, and nothing that could be more than that. */
function safeWord(word: unknown): string {
  return typeof word === 'string' && /^[\w.:-]{1,80}$/.test(word) ? word : '';
}
