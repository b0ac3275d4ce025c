/** From what a step threw to what the document says. */

import { isErrorCode, scanError, type ScanError } from '@reddyfit/shared/errors';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** The error of the vocabulary behind a failure. Anything unknown is an InternalError, its text kept from the user. */
export function errorOf(failure: unknown): ScanError {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  if (cause instanceof TimeoutFailure) return scanError('StepTimedOutError');
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    return scanError(cause.type, cause.message);
  }
  return scanError('InternalError');
}
