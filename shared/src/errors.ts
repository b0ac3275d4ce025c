/** The error vocabulary: every way in which a scan or a call can go wrong. The sentences for users are in words/. */

import type { RejectedPhoto } from './scan/rejected-photo.ts';
import {
  type Language,
  type ParamsOf,
  type Params,
  type Speaker,
  speakerFor,
  type Told,
  isCode,
} from './words/speaker.ts';

interface ErrorEntry {
  /** Whether Temporal attempts the step again. */
  readonly retried: boolean;
  /** Whether a new scan with the same photos and profile may succeed: the client may offer "try again". */
  readonly retryable: boolean;
}

/**
 * Name → meaning. The names are Temporal failure types, `error.code` on the scan document and `details.code` of a
 * callable's error. Those of the seed (`InvalidImageError`, `InsufficientCreditsError`) keep their names.
 */
export const ERRORS = {
  /** A photo is missing, unreadable, or not what its type says. */
  InvalidImageError: {
    retried: false,
    retryable: false,
  },
  /** The quality check found a photo that cannot be measured. */
  PhotosRejectedError: {
    retried: false,
    retryable: false,
  },
  /** The account has no scan credit left. */
  InsufficientCreditsError: {
    retried: false,
    retryable: false,
  },
  /** `scan_analysis` consent was never granted, or was withdrawn. */
  ConsentMissingError: {
    retried: false,
    retryable: false,
  },
  /** users/{uid} is missing or lacks sex, birthDate or heightCm. */
  ProfileIncompleteError: {
    retried: false,
    retryable: false,
  },
  /** The user is younger than scans are made for; the message names the age. */
  AgeNotAllowedError: {
    retried: false,
    retryable: false,
  },
  /**
   * No equation was fitted to bodies like the one in the profile. The code does not name the reason, since codes appear where
   * health data may not; the sentence for the user does.
   */
  NoBodyFatError: {
    retried: false,
    retryable: false,
  },
  /** No living person has this weight at this height. */
  MeasuresImplausibleError: {
    retried: false,
    retryable: false,
  },
  /**
   * The weight or the height is improbable after the last scan, or the weight beside the girths in the photos. When the user
   * sends it once more, it counts.
   */
  WeightDoubtfulError: {
    retried: false,
    retryable: false,
  },
  /** The user asked for the account's deletion. */
  AccountDeletionError: {
    retried: false,
    retryable: false,
  },
  /** A photo URL names another bucket, user, scan or host. */
  PhotoNotOwnedError: {
    retried: false,
    retryable: false,
  },
  /** A photo did not arrive as `uploads` of the scan says that it was sent. It may when it is sent again. */
  UploadMismatchError: {
    retried: false,
    retryable: true,
  },
  /** The scan document does not have the fields of the contract. */
  InvalidScanError: {
    retried: false,
    retryable: false,
  },
  /** The created event came so late that nobody waits for the result. */
  ScanExpiredError: {
    retried: false,
    retryable: true,
  },
  /** Operators have paused new scans. The same photos may be accepted later. */
  AdmissionPausedError: {
    retried: false,
    retryable: true,
  },
  /** The user or an operator canceled the scan. */
  ScanCanceledError: {
    retried: false,
    retryable: true,
  },
  /** The model answered 429. The step is retried after the time that the answer names. */
  ModelRateLimitedError: {
    retried: true,
    retryable: true,
  },
  /** The model's account has no quota left. Waiting does not help: an operator must act. */
  ModelQuotaError: {
    retried: false,
    retryable: true,
  },
  /** The model could not be reached, answered 5xx, or hung. */
  ModelUnavailableError: {
    retried: true,
    retryable: true,
  },
  /** The model refused the request, also when asked again. */
  ModelRefusedError: {
    retried: false,
    retryable: false,
  },
  /** The model's answer broke the schema or the physiological bounds, also when asked again. */
  ModelResponseError: {
    retried: false,
    retryable: true,
  },
  /** The model's server refused the request itself (400, 401, 403, 404). The configuration is wrong: an operator must act. */
  ModelRequestError: {
    retried: false,
    retryable: true,
  },
  /** A step ran out of time on every attempt. */
  StepTimedOutError: {
    retried: true,
    retryable: true,
  },
  /** A step that ran again was stopped, since its user withdrew consent or is deleting the scan. */
  StepStoppedError: { retried: false, retryable: true },
  /** The scan did not end within its time, and was stopped before there was a result. */
  ScanTimedOutError: {
    retried: false,
    retryable: true,
  },
  /** Anything else. */
  InternalError: {
    retried: true,
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The codes alone. */
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** True for the name of an error in ERRORS. */
export function isErrorCode(name: unknown): name is ErrorCode {
  return typeof name === 'string' && Object.hasOwn(ERRORS, name);
}

/**
 * The code of a sentence about an error: the error's code alone, or with the exact problem behind a dot
 * (`InvalidScanError.weight`).
 */
export type ErrorMessageCode = keyof Language['errors'];

/** `error` of a scan document: safe to show, no health data. */
export interface ScanError extends Told<ErrorMessageCode> {
  code: ErrorCode;
  retryable: boolean;
  /** Of a rejected scan: each fault of each photo. */
  photos?: RejectedPhoto[];
}

/** The error that a sentence is about: the part of `messageCode` before the dot. */
export function errorCodeOf(messageCode: ErrorMessageCode): ErrorCode {
  return messageCode.split('.', 1)[0] as ErrorCode;
}

/** The `error` for a scan document, in the language of `speaker`. */
export function scanError(
  { messageCode, params = {} }: { messageCode: ErrorMessageCode; params?: Params },
  speaker: Speaker,
): ScanError {
  const code = errorCodeOf(messageCode);
  const told = speaker.retell('errors', messageCode, params);
  return { code, ...told, messageCode, retryable: ERRORS[code].retryable };
}

/** True for the code of a sentence about an error that this build has. */
export function isErrorMessageCode(code: unknown): code is ErrorMessageCode {
  return isCode('errors', code);
}

/** What the constructor of an error takes. `params` are those of its sentence; `retryAfterMs` is in ms. */
type ErrorOptions<Code extends ErrorMessageCode> = {
  cause?: unknown;
  retryAfterMs?: number;
} & (Record<never, never> extends ParamsOf<'errors', Code>
  ? { params?: never }
  : { params: ParamsOf<'errors', Code> });

/**
 * An error of the vocabulary. Admission, agents and adapters throw it; the worker turns it into a Temporal failure of the same
 * type. Code that tells a user of it renders `messageCode` and `params` in the user's language; `message` is the same sentence
 * in English. What helps only an operator belongs in `cause`.
 */
export class ScanPipelineError<Code extends ErrorMessageCode = ErrorMessageCode> extends Error {
  readonly code: ErrorCode;
  readonly messageCode: ErrorMessageCode;
  readonly params: Params;
  /** How long the server that was called asked to wait (ms), from Retry-After. */
  readonly retryAfterMs: number | undefined;

  constructor(
    messageCode: Code,
    ...[options]: Record<never, never> extends ParamsOf<'errors', Code>
      ? [ErrorOptions<Code>?]
      : [ErrorOptions<Code>]
  ) {
    const params = (options?.params ?? {}) as Params;
    super(speakerFor().retell('errors', messageCode, params).message, { cause: options?.cause });
    this.code = errorCodeOf(messageCode);
    this.name = this.code;
    this.messageCode = messageCode;
    this.params = params;
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** Statuses of the callable protocol that a refused call answers with. */
type CallStatus =
  | 'unauthenticated'
  | 'permission-denied'
  | 'invalid-argument'
  | 'not-found'
  | 'already-exists'
  | 'failed-precondition'
  | 'resource-exhausted'
  | 'unavailable'
  | 'internal';

/** Why a callable refuses a call: name (`details.code`) → status. */
export const CALL_ERRORS = {
  SignInRequiredError: { status: 'unauthenticated' },
  /** The request carries no App Check token, or an invalid one. */
  AppCheckError: { status: 'unauthenticated' },
  OperatorRequiredError: { status: 'permission-denied' },
  /** `details.field` names what is wrong. */
  InvalidRequestError: { status: 'invalid-argument' },
  /** `details.retryAfterSeconds` says when to ask again. */
  RateLimitedError: { status: 'resource-exhausted' },
  /**
   * The user has begun `details.max` uploads without submitting them; `details.retryAfterSeconds` says when the first of them
   * makes room.
   */
  TooManyUploadsError: { status: 'resource-exhausted' },
  /** The user has no upload with this id that waits for its scan: it was never begun, was submitted, or is too old. */
  UploadNotFoundError: { status: 'not-found' },
  AccountDeletionError: { status: 'failed-precondition' },
  /** Operators have paused new scans; `details.retryAfterSeconds` says when to ask again. */
  AdmissionPausedError: { status: 'unavailable' },
  /** There is no such scan, or it is somebody else's. */
  ScanNotFoundError: { status: 'not-found' },
  ScanRunningError: {
    status: 'failed-precondition',
  },
  /** Somebody has broken a field of the scan's document that the call reads. To an operator the message names the field. */
  ScanUnreadableError: {
    status: 'failed-precondition',
  },
  /** `details.reason` says why: `not_completed`, or the code of the error for which the user may have no analysis at all. */
  StepNotRetryableError: {
    status: 'failed-precondition',
  },
  /** The user's birth date is too recent for scans; the message names the least age. */
  AgeNotAllowedError: { status: 'failed-precondition' },
  /** No scan is made of a body like the one in the profile; the message says why. */
  NoBodyFatError: { status: 'failed-precondition' },
  UserNotFoundError: { status: 'not-found' },
  /** A grant with this id exists with another amount. */
  GrantConflictError: { status: 'already-exists' },
  /** `details.left` says how many may still be granted today. */
  GrantLimitError: { status: 'resource-exhausted' },
  OwnAccountError: { status: 'permission-denied' },
  WebhookNotFoundError: { status: 'not-found' },
  /** There is no such delivery, or it is still under way, so that there is nothing to deliver again. */
  DeliveryNotFoundError: { status: 'not-found' },
  WebhookDisabledError: {
    status: 'failed-precondition',
  },
  /** A server behind the function does not answer. Nothing is lost: the call may be repeated. */
  UnavailableError: {
    status: 'unavailable',
  },
} as const satisfies Record<string, { status: CallStatus }>;
export type CallErrorCode = keyof typeof CALL_ERRORS;
