/** Translates failures of steps to the errors on a scan's document. */

import { isErrorCode, isErrorMessageCode, scanError, type ScanError } from '@reddyfit/shared/errors';
import type { ModelSpent } from '@reddyfit/shared/temporal/step-attempts';
import type { Params, Speaker } from '@reddyfit/shared/words/speaker';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/**
 * What a failure of an activity carries besides its type: the code and parameters of its sentence, which is not yet in
 * any language.
 */
export interface FailureDetail {
  messageCode: string;
  params: Params;
  /** What the attempt has asked of a model; absent when it asked none. The operator's desk shows it. */
  spent?: ModelSpent;
}

/**
 * The scan's error for a failure, in the words of `speaker`. An unknown failure becomes InternalError, so that its text
 * is hidden from the user. A failure from another build, without detail or with a sentence that this build does not
 * have, gets the sentence of its type.
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
