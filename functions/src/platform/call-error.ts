/** A refused call, in the project's vocabulary. */

import { CALL_ERRORS, type CallErrorCode } from '@reddyfit/shared/errors';

/** Thrown by callables; the caller reads `details.code` and whatever `details` adds. `message` is safe to show. */
export class CallError extends Error {
  readonly code: CallErrorCode;
  readonly details: Record<string, string | number>;

  constructor(
    code: CallErrorCode,
    options: { message?: string; details?: Record<string, string | number>; cause?: unknown } = {},
  ) {
    super(options.message ?? CALL_ERRORS[code].message, { cause: options.cause });
    this.name = code;
    this.code = code;
    this.details = { code, ...options.details };
  }
}
