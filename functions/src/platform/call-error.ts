/** A refused call, in the project's vocabulary. */

import { type CallErrorCode, type ScanPipelineError, scanError } from '@reddyfit/shared/errors';
import {
  type Language,
  type Params,
  type Speaker,
  speakerFor,
  type Told,
} from '@reddyfit/shared/words/speaker';

/** A sentence about a refusal: its code, or that and what exactly is meant. */
type CallMessageCode = Exclude<keyof Language['calls'], 'InternalError'>;

interface CallErrorOptions {
  /** Of the sentence. */
  params?: Params;
  /** The scan error that the call is refused for: it says what to do. */
  because?: ScanPipelineError;
  /** An operator's sentence, in English, in place of the general one. */
  forOperator?: string;
  details?: Record<string, string | number>;
  cause?: unknown;
}

/** Thrown by callables; the caller reads `details.code` and whatever `details` adds. `told` is safe to show; `message` is the same in English. */
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
