/** What the openai package throws, in the words of our vocabulary. */

import { APIError } from 'openai';
import type { ResponseError } from 'openai/resources/responses/responses';
import { ScanPipelineError, type ErrorCode } from '@reddyfit/shared/errors';
import { retryAfter } from '../platform/retry-after.ts';

/** Codes that blame the content: OpenAI's for images, Azure's for anything. */
const POLICY_CODES = new Set([
  'image_content_policy_violation',
  'content_filter',
  'content_policy_violation',
]);

/** The other codes with `image` in them blame the file: invalid_image_format, image_parse_error, empty_image_file, … */
const IMAGE_CODE = /image/;

/** The account, not the moment, is the problem: waiting does not help. */
const QUOTA_CODES = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']);

/**
 * Turns whatever a request threw into a ScanPipelineError, or into the reason of `signal` when that ended it. The
 * cause keeps status, code and request id; never a message or body of the provider, which may quote the request.
 */
export function modelError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
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

/** The error for a 200 whose response says it failed. */
export function failedResponse({ code }: Pick<ResponseError, 'code'>): ScanPipelineError {
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
function contentCode(code: string): ErrorCode {
  if (POLICY_CODES.has(code)) return 'ModelRefusedError';
  return IMAGE_CODE.test(code) ? 'InvalidImageError' : 'ModelRequestError';
}

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
