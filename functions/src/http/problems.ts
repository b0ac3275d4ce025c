/** Every way in which a request can be refused, as problem details by RFC 9457. */

import { type CallErrorCode, type ErrorCode, ScanPipelineError, scanError } from '@reddyfit/shared/errors';
import { CallError } from '../platform/call-error.ts';
import { isUnavailable } from '../platform/unavailable.ts';
import { PAUSED_RETRY_AFTER_SECONDS } from '@reddyfit/shared/operator/admission';
import type { ProblemDetails } from '@reddyfit/shared/api/http';
import type { Reader } from '@reddyfit/shared/words/reader';
import { speakerFor } from '@reddyfit/shared/words/speaker';

interface ProblemEntry {
  readonly status: number;
  readonly title: string;
  /** The scan error with the same meaning. */
  readonly code?: ErrorCode;
}

/** Last part of `type` → meaning. The names are stable; clients compare them. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid.', code: 'InvalidScanError' },
  'not-signed-in': { status: 401, title: 'A valid ID token is needed.' },
  'sign-in-too-old': { status: 401, title: 'Signing in again is needed.' },
  'no-credits': { status: 402, title: 'No scan credits are left.', code: 'InsufficientCreditsError' },
  'no-consent': { status: 403, title: 'Consent is missing.', code: 'ConsentMissingError' },
  'profile-incomplete': { status: 403, title: 'The profile is incomplete.', code: 'ProfileIncompleteError' },
  'account-deletion': { status: 403, title: 'The account is being deleted.', code: 'AccountDeletionError' },
  'no-body-fat': { status: 403, title: 'No equation knows this body.', code: 'NoBodyFatError' },
  'age-not-allowed': { status: 403, title: 'The user is too young.', code: 'AgeNotAllowedError' },
  'photo-not-owned': { status: 403, title: 'A photo is not part of this scan.', code: 'PhotoNotOwnedError' },
  'not-allowed': { status: 403, title: 'The role does not allow this.' },
  'second-factor-missing': { status: 403, title: 'A second factor is needed.' },
  'address-not-allowed': { status: 403, title: 'The address is not one of those allowed.' },
  'own-account': { status: 403, title: 'Nobody acts on their own account.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here.' },
  'scan-exists': { status: 409, title: 'The scan id is taken.' },
  'not-possible': { status: 409, title: 'It is not possible as things are.' },
  'body-too-large': { status: 413, title: 'The body is too large.' },
  'not-json': { status: 415, title: 'The body must be JSON.' },
  'measures-implausible': {
    status: 422,
    title: 'Weight and height do not fit together.',
    code: 'MeasuresImplausibleError',
  },
  'too-many-requests': { status: 429, title: 'Too many requests.' },
  'admission-paused': {
    status: 503,
    title: 'No new scans are taken at the moment.',
    code: 'AdmissionPausedError',
  },
  unavailable: { status: 503, title: 'A server behind the API is away or too busy.' },
  'internal-error': { status: 500, title: 'Something went wrong on our side.', code: 'InternalError' },
} as const satisfies Record<string, ProblemEntry>;
export type ProblemKind = keyof typeof PROBLEMS;

/** A refusal, thrown from anywhere below the router. `detail` is safe to show and quotes nothing that was sent. */
export class ApiProblem extends Error {
  readonly kind: ProblemKind;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: ProblemDetails['errors'];

  constructor(
    kind: ProblemKind,
    detail: string,
    {
      headers = {},
      errors,
    }: { headers?: Record<string, string>; errors?: ProblemDetails['errors'] | undefined } = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
    this.kind = kind;
    this.headers = headers;
    this.errors = errors;
  }

  get status(): number {
    return PROBLEMS[this.kind].status;
  }

  /** The body of the answer. */
  details(): ProblemDetails {
    const { status, title, ...rest }: ProblemEntry = PROBLEMS[this.kind];
    const type = `urn:problem-type:reddyfit:${this.kind}`;
    return {
      type,
      title,
      status,
      detail: this.message,
      ...rest,
      ...(this.errors && { errors: this.errors }),
    };
  }
}

/** How long a client waits before it repeats a request that a server was too busy for (s). */
const RETRY_AFTER_S = 5;

/** The problem for each error code of functions that the API shares with callables. */
const CALL_PROBLEMS: Partial<Record<CallErrorCode, ProblemKind>> = {
  OwnAccountError: 'own-account',
  InvalidRequestError: 'invalid-request',
  UserNotFoundError: 'not-found',
  ScanNotFoundError: 'not-found',
  WebhookNotFoundError: 'not-found',
  DeliveryNotFoundError: 'not-found',
  WebhookDisabledError: 'not-possible',
  StepNotRetryableError: 'not-possible',
  ScanRunningError: 'not-possible',
  ScanUnreadableError: 'not-possible',
  GrantConflictError: 'not-possible',
  GrantLimitError: 'not-possible',
  UnavailableError: 'unavailable',
  AdmissionPausedError: 'admission-paused',
};

/** After which it may be asked again (s), of those that pass by themselves. */
const RETRY_AFTER: Partial<Record<ProblemKind, Record<string, string>>> = {
  unavailable: { 'retry-after': `${RETRY_AFTER_S}` },
  'admission-paused': { 'retry-after': `${PAUSED_RETRY_AFTER_SECONDS}` },
};

/**
 * The problem for anything that was thrown, in the reader's language; that of a CallError, which only operators
 * meet here, is in English. An unknown error becomes internal-error, and nothing of it is quoted. `errors` names the fields of
 * the request that a ScanPipelineError is about.
 */
export function problemOf(error: unknown, reader?: Reader, errors?: ProblemDetails['errors']): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof ScanPipelineError) {
    const kinds = Object.entries<ProblemEntry>(PROBLEMS);
    const found = kinds.find(([, problem]) => problem.code === error.code);
    if (found) {
      const [kind] = found as [ProblemKind, ProblemEntry];
      const { message } = scanError(error, speakerFor(reader));
      return new ApiProblem(kind, message, { headers: RETRY_AFTER[kind] ?? {}, errors });
    }
  }
  if (error instanceof CallError) {
    const kind = CALL_PROBLEMS[error.code];
    if (kind) return new ApiProblem(kind, error.message, { headers: RETRY_AFTER[kind] ?? {} });
  }
  if (isUnavailable(error)) {
    return new ApiProblem('unavailable', speakerFor(reader).say('calls', 'UnavailableError'), {
      headers: RETRY_AFTER.unavailable!,
    });
  }
  return new ApiProblem('internal-error', speakerFor(reader).say('errors', 'InternalError'));
}
