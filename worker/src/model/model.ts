/** The port of a language model, which the agents ask. */

import type { StepName } from '@reddyfit/shared/scan/steps';

/** One request to a language model. */
export interface ModelQuestion {
  /** The step that asks; also the name of the JSON schema. */
  readonly step: StepName;
  readonly instructions: string;
  /** The parts of the question in the order in which the model reads them. Images are data URLs. */
  readonly content: readonly (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'image'; readonly dataUrl: string }
  )[];
  /** Strict JSON schema of the answer. */
  readonly jsonSchema: Record<string, unknown>;
  /**
   * The user whose scan is asked about. The provider gets a salted hash of the id, with which it can block a user
   * without knowing who it is.
   */
  readonly userId?: string;
}

/** Why an answer could not be used. */
export type UnusableReason = 'refused' | 'cut_short' | 'schema' | 'text' | 'guard';

/** What the model sent back, not yet parsed. Exactly one of `text` and `refusal` is set. */
export interface ModelAnswer {
  readonly text: string | null;
  /** Text by which the model, or a content filter, declined to answer. */
  readonly refusal: string | null;
  /** True when the answer reached the limit of tokens; `text` then ends there. */
  readonly cutShort?: boolean;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly latencyMs: number;
}

/**
 * A language model. Throws ScanPipelineError: ModelRateLimitedError (with retryAfterMs), ModelQuotaError,
 * ModelRequestError, ModelUnavailableError. Never retries by itself; `signal` aborts the request.
 */
export interface Model {
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelAnswer>;
  /** Embedding vector of a text. */
  embed(text: string, signal: AbortSignal): Promise<number[]>;
  /** Is told why an answer could not be used, and nothing of the answer's text. */
  unusable?(step: StepName, reason: UnusableReason): void;
}
