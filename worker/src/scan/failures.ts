/** From what a step threw to what the document says. */

import { isErrorCode, isErrorMessageCode, scanError, type ScanError } from '@reddyfit/shared/errors';
import type { Params, Speaker } from '@reddyfit/shared/words/speaker';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** What a failure of an activity carries besides its type: the sentence about it, in no language yet. */
export interface FailureDetail {
  messageCode: string;
  params: Params;
}

/**
 * The error of the vocabulary behind a failure, in the words of `speaker`. Anything unknown is an InternalError, its text kept from
 * the user. A failure of another build, without detail or with a sentence that this one has not, gets the sentence of its type.
 */
export function errorOf(failure: unknown, speaker: Speaker): ScanError {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  if (cause instanceof TimeoutFailure) return scanError({ messageCode: 'StepTimedOutError' }, speaker);
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    const detail = cause.details?.[0] as Partial<FailureDetail> | undefined;
    const { messageCode, params = {} } = detail ?? {};
    if (isErrorMessageCode(messageCode)) return scanError({ messageCode, params }, speaker);
    return scanError({ messageCode: cause.type }, speaker);
  }
  return scanError({ messageCode: 'InternalError' }, speaker);
}
