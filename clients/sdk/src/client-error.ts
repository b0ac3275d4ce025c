/** The error class that the client throws, with codes and sentences of the shared vocabulary. */

import { CALL_ERRORS, type CallErrorCode, type ErrorCode, ERRORS } from '@reddyfit/shared/errors';
import { readerOf, type Units } from '@reddyfit/shared/words/reader';
import { type Language, type Params, speakerFor } from '@reddyfit/shared/words/speaker';

/** What `code` of an error can be: a scan's `error.code`, or a callable's `details.code`. */
export type ClientErrorCode = ErrorCode | CallErrorCode;

interface ClientErrorFields {
  readonly code: ClientErrorCode;
  readonly messageCode: string;
  readonly params: Params;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number | undefined;
  readonly field?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Every rejection of this package, and `snapshot.error`. `message` is a sentence for the user; programs decide by
 * `code`.
 */
export class ReddyFitError extends Error {
  readonly code: ClientErrorCode;
  /** The key of the sentence in `message` (`shared/src/words/en.ts`); `params` are the values in that sentence. */
  readonly messageCode: string;
  readonly params: Params;
  /** Whether the same request may succeed later, without a change by the user. */
  readonly retryable: boolean;
  /** How long to wait before the same request is made again (s); undefined when the server did not say. */
  readonly retryAfterSeconds: number | undefined;
  /** The path of the field that is wrong in the request. */
  readonly field: string | undefined;

  constructor({ message, cause, ...fields }: ClientErrorFields) {
    super(message, { cause });
    this.name = 'ReddyFitError';
    this.code = fields.code;
    this.messageCode = fields.messageCode;
    this.params = fields.params;
    this.retryable = fields.retryable;
    this.retryAfterSeconds = fields.retryAfterSeconds;
    this.field = fields.field;
  }
}

/** Rejects the promises of a handle or a watch that the app closed. It is not a fault, and a user need not be told. */
export class ClosedError extends Error {
  constructor() {
    super('closed by the app');
    this.name = 'AbortError';
  }
}

/**
 * An error that is found on the device, in a sentence of the device's locale and, unless `units` names others, in the units of
 * its region. In group `photos` the code is InvalidImageError.
 */
export function clientError(
  group: 'errors' | 'calls' | 'photos',
  messageCode: (keyof Language['errors'] | keyof Language['calls'] | keyof Language['photos']) & string,
  {
    locale,
    units,
    params = {},
    ...rest
  }: {
    locale: string;
    units?: Units | undefined;
    params?: Params;
    field?: string;
    cause?: unknown;
    retryAfterSeconds?: number;
  },
): ReddyFitError {
  const { message } = speakerFor(readerOf({ locale, units })).retell(group, messageCode, params);
  const code = group === 'photos' ? 'InvalidImageError' : (messageCode.split('.', 1)[0] as ClientErrorCode);
  return new ReddyFitError({ code, messageCode, params, message, retryable: isRetryable(code), ...rest });
}

/** The ReddyFitError for a rejected call or write of Firebase. Its sentence quotes nothing of the request. */
export function asClientError(error: unknown, locale: string): ReddyFitError {
  if (error instanceof ReddyFitError) return error;
  const { code, message, details } = error as { code?: unknown; message?: string; details?: CallDetails };
  if (details && typeof details.code === 'string' && isKnown(details.code))
    return new ReddyFitError({
      code: details.code,
      messageCode: details.messageCode ?? details.code,
      params: details.params ?? {},
      // Firebase 12 appends the HTTP status to the server's sentence.
      message: message?.replace(/ \[[1-5]\d\d\]$/, '') ?? details.code,
      retryable: isRetryable(details.code),
      retryAfterSeconds: details.retryAfterSeconds,
      field: details.field,
      cause: error,
    });
  const status = String(code).split('/').at(-1)!;
  const say = (messageCode: CallErrorCode) => clientError('calls', messageCode, { locale, cause: error });
  if (status === 'unauthenticated') return say('SignInRequiredError');
  // Firebase reports `internal` both for a request that reached no server and for one that failed inside the server.
  if (UNREACHED.has(status)) return say('UnavailableError');
  return clientError('errors', 'InternalError', { locale, cause: error });
}

interface CallDetails {
  readonly code?: unknown;
  readonly messageCode?: string;
  readonly params?: Params;
  readonly field?: string;
  readonly retryAfterSeconds?: number;
}

const UNREACHED: ReadonlySet<string> = new Set([
  'unavailable',
  'internal',
  'deadline-exceeded',
  'unknown',
  'aborted',
  'cancelled',
  'network-request-failed',
]);

const isKnown = (code: string): code is ClientErrorCode =>
  Object.hasOwn(ERRORS, code) || Object.hasOwn(CALL_ERRORS, code);

/** Error codes of callables after which the same request may succeed later. */
const RETRYABLE_CALLS: ReadonlySet<string> = new Set([
  'UnavailableError',
  'RateLimitedError',
  'TooManyUploadsError',
]);

const isRetryable = (code: ClientErrorCode) =>
  RETRYABLE_CALLS.has(code) || (Object.hasOwn(ERRORS, code) && ERRORS[code as ErrorCode].retryable);
