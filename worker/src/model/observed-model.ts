/**
 * Measures and traces requests to a model by OpenTelemetry's conventions for generative AI. Records neither questions
 * nor answers.
 */

import { type Span, SpanKind } from '@opentelemetry/api';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { modelCostUsd } from '@reddyfit/shared/scan/prices';
import type { StepName } from '@reddyfit/shared/scan/steps';
import type { Model } from './model.ts';
import { log } from '../platform/logs.ts';
import { inSpan } from '../platform/telemetry/in-span.ts';
import type { Measure } from '../platform/telemetry/meters.ts';

export interface ModelNames {
  provider: 'openai' | 'azure.ai.openai';
  /** The language model that is requested. */
  model: string;
  embeddingModel: string;
}

/** Agent name of embedding requests: only the memory asks for embeddings. */
const MEMORY = 'memory';

type Operation = 'chat' | 'embeddings';

/** Wraps `model`: each request has its own span, and its time, tokens and cost, or its error, are measured. */
export function observedModel(model: Model, names: ModelNames, measure: Measure): Model {
  async function observed<Result>(
    operation: Operation,
    agent: StepName | typeof MEMORY,
    signal: AbortSignal,
    request: (span: Span) => Promise<Result>,
  ): Promise<Result> {
    const requested = operation === 'chat' ? names.model : names.embeddingModel;
    const labels = labelsOf(operation, requested, agent);
    const begun = performance.now();
    const ended = (failed: { 'error.type'?: string }) =>
      measure('modelDuration', (performance.now() - begun) / 1000, { ...labels, ...failed });
    const errorType = (error: unknown) => errorTypeOf(error, signal);
    try {
      const options = { kind: SpanKind.CLIENT, attributes: labels, errorType };
      const result = await inSpan(`${operation} ${requested}`, options, request);
      ended({});
      return result;
    } catch (error) {
      ended({ 'error.type': errorType(error) });
      throw error;
    }
  }

  function labelsOf(operation: Operation, requested: string, agent: StepName | typeof MEMORY) {
    return {
      'gen_ai.operation.name': operation,
      'gen_ai.provider.name': names.provider,
      'gen_ai.request.model': requested,
      'gen_ai.agent.name': agent,
    } as const;
  }

  return {
    ask: (question, signal) =>
      observed('chat', question.step, signal, async (span) => {
        const answer = await model.ask(question, signal);
        const { inputTokens, outputTokens } = answer;
        span.setAttributes({
          'gen_ai.response.model': answer.model,
          'gen_ai.usage.input_tokens': inputTokens,
          'gen_ai.usage.output_tokens': outputTokens,
        });
        const agent = question.step;
        const labels = labelsOf('chat', names.model, agent);
        measure('modelTokens', inputTokens, { ...labels, 'gen_ai.token.type': 'input' });
        measure('modelTokens', outputTokens, { ...labels, 'gen_ai.token.type': 'output' });
        const cost = modelCostUsd(answer.model, inputTokens, outputTokens);
        if (cost !== null) measure('modelCost', cost, { agent, model: names.model });
        return answer;
      }),
    unusable: (step, reason) => log('INFO', 'model_answer_unusable', { step, reason }),
    embed: (text, signal) => observed('embeddings', MEMORY, signal, () => model.embed(text, signal)),
  };
}

function errorTypeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'canceled';
  return error instanceof ScanPipelineError ? error.code : '_OTHER';
}
