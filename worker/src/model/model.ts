/** A language model, as the agents ask it. */

import type { StepName } from '@reddyfit/shared/scan/steps';

/** One request to a language model. */
export interface ModelQuestion {
  /** The step that asks; also the name of the JSON schema. */
  readonly step: StepName;
  readonly instructions: string;
  /** In the order the model is to read it. Images are data URLs. */
  readonly content: readonly (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'image'; readonly dataUrl: string }
  )[];
  /** Strict JSON schema of the answer. */
  readonly jsonSchema: Record<string, unknown>;
  /** Whose scan it is about. The provider gets a salted hash of it, by which it can block a user without knowing who that is. */
  readonly userId?: string;
}

/** Why an answer could not be used. */
export type UnusableReason = 'refused' | 'cut_short' | 'schema' | 'text' | 'guard';

/** What the model sent back, not yet parsed. Exactly one of `text` and `refusal` is set. */
export interface ModelAnswer {
  readonly text: string | null;
  /** That the model, or a filter before or behind it, declined to answer. */
  readonly refusal: string | null;
  /** True when the answer ended at the limit of tokens: `text` is what came until then. */
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
  /** Hears of each answer that could not be used; of its text nothing. */
  unusable?(step: StepName, reason: UnusableReason): void;
}
