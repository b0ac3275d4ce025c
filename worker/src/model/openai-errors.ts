/** Translates errors of the openai package to ScanPipelineErrors. */

import { APIError } from 'openai';
import type { ResponseError } from 'openai/resources/responses/responses';
import { ScanPipelineError, type ErrorCode } from '@reddyfit/shared/errors';
import { retryAfter } from '../platform/retry-after.ts';

/** Error codes by which a content filter declines a request: OpenAI's for prompts and for images, Azure's for any content. */
const POLICY_CODES = new Set([
  'invalid_prompt',
  'image_content_policy_violation',
  'content_filter',
  'content_policy_violation',
]);

/**
 * Other codes that contain `image` blame the file: invalid_image_format, image_parse_error, empty_image_file, … The
 * worker made that file from a photo that it had decoded, so the user is not at fault and a retry may succeed.
 */
const IMAGE_CODE = /image/;

/** Codes that say the account is out of quota or budget. Waiting does not help. */
const QUOTA_CODES = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']);

/**
 * Turns whatever a request threw into a ScanPipelineError, or into the reason of `signal` when the signal was aborted.
 * The cause keeps status, code and request id, but no message or body of the provider, since these may quote the
 * request.
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
  // Not an error of the API: a body that is not JSON (SyntaxError), or a connection cut while the body was read
  // (TypeError).
  return new ScanPipelineError('ModelUnavailableError', { cause: new Error(outline(error)) });
}

/** The code of an error by which a content filter declined the prompt; null for any other error. */
export function declinedCode(error: unknown): string | null {
  if (error instanceof DeclinedResponse) return error.code;
  if (!(error instanceof APIError) || error.status === undefined || error.status >= 500) return null;
  return POLICY_CODES.has(error.code ?? '') ? error.code! : null;
}

/** A response with status 200 that says a content filter declined the request. */
class DeclinedResponse extends Error {
  readonly code: string;

  constructor(code: string) {
    super();
    this.code = code;
  }
}

/** The error for a response with status 200 whose body says that it failed. */
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

/** The error code for a request that was refused because of its content or form. */
const contentCode = (code: string): ErrorCode =>
  IMAGE_CODE.test(code) ? 'ModelUnavailableError' : 'ModelRequestError';

/** The error for a response that does not have the API's form. */
export function brokenResponse(what: string): ScanPipelineError {
  return new ScanPipelineError('ModelUnavailableError', {
    cause: new Error(`broken response: ${what}`),
  });
}

function codeOf({ status, code, type }: APIError): ErrorCode {
  // Without a status the server was not reached, or the connection was cut or timed out.
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

/** The word when it looks like a code or an id, otherwise an empty string, so that no other text gets into an error. */
function safeWord(word: unknown): string {
  return typeof word === 'string' && /^[\w.:-]{1,80}$/.test(word) ? word : '';
}
