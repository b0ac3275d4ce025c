/** The error vocabulary: every way a scan or a call can go wrong, once. */

interface ErrorEntry {
  /** Whether Temporal attempts the step again. */
  readonly retried: boolean;
  /** Whether a new scan with the same photos and profile may succeed: the client may offer "try again". */
  readonly retryable: boolean;
  /** The sentence a user sees. Carries no health data. */
  readonly message: string;
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
    message: 'One of the photos could not be read. Take it again as a JPEG and start a new scan.',
  },
  /** The quality check found a photo that cannot be measured. */
  PhotosRejectedError: {
    retried: false,
    retryable: false,
    message:
      'The photos cannot be used. See the feedback for each photo, take it again and start a new scan.',
  },
  /** The account has no scan credit left. */
  InsufficientCreditsError: {
    retried: false,
    retryable: false,
    message: 'You have no scan credits left. Get more credits, then start a new scan.',
  },
  /** `scan_analysis` consent was never granted, or was withdrawn. */
  ConsentMissingError: {
    retried: false,
    retryable: false,
    message: 'Consent to analyse your photos is missing. Grant it in the settings, then start a new scan.',
  },
  /** users/{uid} is missing or lacks sex, birthDate or heightCm. */
  ProfileIncompleteError: {
    retried: false,
    retryable: false,
    message: 'Your profile is incomplete. Fill in sex, birth date and height, then start a new scan.',
  },
  /** The user asked for the account's deletion. */
  AccountDeletionError: {
    retried: false,
    retryable: false,
    message: 'This account is being deleted. No new scan can be started.',
  },
  /** A photo URL names another bucket, user, scan or host. */
  PhotoNotOwnedError: {
    retried: false,
    retryable: false,
    message: 'A photo is not in the folder of this scan. Upload the photos again and start a new scan.',
  },
  /** The scan document does not have the fields of the contract. */
  InvalidScanError: {
    retried: false,
    retryable: false,
    message: 'The scan could not be read. Update the app and start a new scan.',
  },
  /** The created event came so late that nobody waits for the result. */
  ScanExpiredError: {
    retried: false,
    retryable: true,
    message: 'The scan could not be started in time. Your credit was not used. Start a new scan.',
  },
  /** The user or an operator canceled the scan. */
  ScanCanceledError: {
    retried: false,
    retryable: true,
    message: 'The scan was canceled. Your credit was returned.',
  },
  /** The model answered 429; retried after the time it names. */
  ModelRateLimitedError: {
    retried: true,
    retryable: true,
    message: 'The analysis is busy. Try again in a few minutes.',
  },
  /** The model's account has no quota left: waiting does not help, the operator must act. */
  ModelQuotaError: {
    retried: false,
    retryable: true,
    message: 'The analysis is not available right now. Try again later.',
  },
  /** The model could not be reached, answered 5xx, or hung. */
  ModelUnavailableError: {
    retried: true,
    retryable: true,
    message: 'The analysis is not available right now. Try again later.',
  },
  /** The model refused the request, also when asked again. */
  ModelRefusedError: {
    retried: false,
    retryable: false,
    message: 'The analysis declined these photos. Take new photos as described in the guide.',
  },
  /** The model's answer broke the schema or the physiological bounds, also when asked again. */
  ModelResponseError: {
    retried: false,
    retryable: true,
    message: 'The analysis gave no usable answer. Try again later.',
  },
  /** The model refused the request itself (400, 401, 403, 404): configuration, the operator must act. */
  ModelRequestError: {
    retried: false,
    retryable: true,
    message: 'The analysis is not available right now. Try again later.',
  },
  /** A step ran out of time on every attempt. */
  StepTimedOutError: {
    retried: true,
    retryable: true,
    message: 'The analysis took too long. Try again later.',
  },
  /** A step that ran again was stopped: its user withdrew consent, or is deleting the scan. */
  StepStoppedError: { retried: false, retryable: true, message: 'This step was stopped before it was done.' },
  /** The scan did not end within its time, and was stopped before there was a result. */
  ScanTimedOutError: {
    retried: false,
    retryable: true,
    message: 'The analysis took too long and was stopped. Your credit was returned. Start a new scan.',
  },
  /** Anything else. */
  InternalError: {
    retried: true,
    retryable: true,
    message: 'Something went wrong on our side. Try again later.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The codes alone. */
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** True for a name of the vocabulary. */
export function isErrorCode(name: unknown): name is ErrorCode {
  return typeof name === 'string' && Object.hasOwn(ERRORS, name);
}

/** Of a scan that was canceled after its body fat had been shown, in place of ScanCanceledError's sentence: the credit is spent. */
export const CANCELED_AFTER_RESULT =
  'The scan was canceled. Your body fat had been shown already, so the credit was used.';

/** `error` of a scan document: safe to show, no health data. */
export interface ScanError {
  code: ErrorCode;
  message: string;
  retryable: boolean;
}

/** The document's error for a code, with a more exact sentence where there is one. */
export function scanError(code: ErrorCode, message: string = ERRORS[code].message): ScanError {
  return { code, message, retryable: ERRORS[code].retryable };
}

/**
 * An error of the vocabulary. Thrown by admission, agents and adapters; the worker turns it into a Temporal failure
 * of the same type. `message` is safe to show; what helps only an operator belongs in `cause`.
 */
export class ScanPipelineError extends Error {
  readonly code: ErrorCode;
  /** How long the other side asked us to wait (ms), from Retry-After. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message?: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message ?? ERRORS[code].message, { cause: options.cause });
    this.name = code;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
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

/** Why a callable refuses a call: name (`details.code`) → status and the sentence a user sees. */
export const CALL_ERRORS = {
  SignInRequiredError: { status: 'unauthenticated', message: 'Sign in first.' },
  /** The request carries no App Check token, or one that does not hold. */
  AppCheckError: { status: 'unauthenticated', message: 'This app could not be verified. Update it.' },
  OperatorRequiredError: { status: 'permission-denied', message: 'Only operators may do this.' },
  /** `details.field` names what is wrong. */
  InvalidRequestError: { status: 'invalid-argument', message: 'The request could not be read.' },
  /** `details.retryAfterSeconds` says when to ask again. */
  RateLimitedError: { status: 'resource-exhausted', message: 'Too many requests. Try again later.' },
  /** `details.max` uploads are begun and not submitted; `details.retryAfterSeconds` says when the first of them makes room. */
  TooManyUploadsError: {
    status: 'resource-exhausted',
    message: 'You have begun several uploads without starting a scan. Start one of them, or try again later.',
  },
  AccountDeletionError: {
    status: 'failed-precondition',
    message: 'This account is being deleted. No new scan can be started.',
  },
  /** There is no such scan, or it is somebody else's. */
  ScanNotFoundError: { status: 'not-found', message: 'There is no such scan.' },
  ScanRunningError: {
    status: 'failed-precondition',
    message: 'The scan is still running. Cancel it first, then delete it.',
  },
  /** `details.reason` says why: `not_completed`, or the code of what the user lacks for any analysis. */
  StepNotRetryableError: {
    status: 'failed-precondition',
    message: 'Only a failed step of a completed scan can be run again.',
  },
  UserNotFoundError: { status: 'not-found', message: 'There is no such user.' },
  /** The grant id was used for another amount. */
  GrantConflictError: { status: 'already-exists', message: 'This grant id was used for another amount.' },
  /** `details.left` says how many may still be granted today. */
  GrantLimitError: {
    status: 'resource-exhausted',
    message: 'You have granted as many credits today as one operator may. Ask a second one.',
  },
  OwnAccountError: {
    status: 'permission-denied',
    message: 'Nobody grants credits to their own account. Ask another operator.',
  },
  WebhookNotFoundError: { status: 'not-found', message: 'There is no such webhook endpoint.' },
  /** Or it is still under way, so that there is nothing to deliver again. */
  DeliveryNotFoundError: { status: 'not-found', message: 'There is no such delivery that has ended.' },
  WebhookDisabledError: {
    status: 'failed-precondition',
    message: 'The webhook endpoint is disabled. Enable it first.',
  },
  /** A server behind the function does not answer; nothing is lost, the call may be repeated. */
  UnavailableError: {
    status: 'unavailable',
    message: 'This is not possible right now. Try again in a few minutes.',
  },
} as const satisfies Record<string, { status: CallStatus; message: string }>;
export type CallErrorCode = keyof typeof CALL_ERRORS;
