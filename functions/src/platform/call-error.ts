/** The error for a call that a callable refuses. */

import { type CallErrorCode, type ScanPipelineError, scanError } from '@reddyfit/shared/errors';
import {
  type Language,
  type Params,
  type Speaker,
  speakerFor,
  type Told,
} from '@reddyfit/shared/words/speaker';

/** The code of a sentence about a refusal: the error's code alone, or with the exact problem behind a dot. */
type CallMessageCode = Exclude<keyof Language['calls'], 'InternalError'>;

interface CallErrorOptions {
  /** The parameters of the sentence. */
  params?: Params;
  /** The scan error for which the call is refused. Its sentence replaces the general one, since it says what to do. */
  because?: ScanPipelineError;
  /** A sentence for an operator, in English, that replaces the general one. */
  forOperator?: string;
  details?: Record<string, string | number>;
  cause?: unknown;
}

/**
 * Callables throw it. The client reads `details.code` and whatever `details` adds. The sentence of `told` is safe to show;
 * `message` is the same in English.
 */
export class CallError extends Error {
  readonly code: CallErrorCode;
  readonly details: Record<string, string | number>;
  readonly #messageCode: CallMessageCode;
  readonly #options: CallErrorOptions;

  constructor(messageCode: CallMessageCode, options: CallErrorOptions = {}) {
    super('', { cause: options.cause });
    const code = messageCode.split('.', 1)[0] as CallErrorCode;
    this.name = code;
    this.code = code;
    this.details = { code, ...options.details };
    this.#messageCode = messageCode;
    this.#options = options;
    this.message = this.told(speakerFor()).message;
  }

  /** The sentence in the words of `speaker`, with its code and parameters. */
  told(speaker: Speaker): Told {
    const { because, forOperator, params = {} } = this.#options;
    if (because) {
      const { messageCode, params: its, message } = scanError(because, speaker);
      return { messageCode, params: its, message };
    }
    const told = speaker.retell('calls', this.#messageCode, params);
    return forOperator === undefined ? told : { ...told, message: forOperator };
  }
}
