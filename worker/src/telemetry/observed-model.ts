/** Requests to a model, measured and traced by OpenTelemetry's conventions for generative AI. Never what was asked or answered. */

import { type Attributes, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { ScanPipelineError } from '@reddyfit/shared/errors';
import { modelCostUsd } from '@reddyfit/shared/prices';
import type { StepName } from '@reddyfit/shared/steps';
import type { Model } from '../ports.ts';
import type { Measure } from './meters.ts';

export interface ModelNames {
  provider: 'openai' | 'azure.ai.openai';
  /** The language model that is asked for. */
  model: string;
  embeddingModel: string;
}

/** Who asks for embeddings. */
const MEMORY = 'memory';

type Operation = 'chat' | 'embeddings';

/** `model`, each request in a span of its own and counted: time, tokens and cost, or the error that it came to. */
export function observedModel(model: Model, names: ModelNames, measure: Measure): Model {
  const tracer = trace.getTracer('reddyfit');

  async function observed<Result>(
    operation: Operation,
    agent: StepName | typeof MEMORY,
    signal: AbortSignal,
    request: (span: Span) => Promise<Result>,
  ): Promise<Result> {
    const requested = operation === 'chat' ? names.model : names.embeddingModel;
    const labels = {
      'gen_ai.operation.name': operation,
      'gen_ai.provider.name': names.provider,
      'gen_ai.request.model': requested,
      'gen_ai.agent.name': agent,
    } satisfies Attributes;
    const options = { kind: SpanKind.CLIENT, attributes: labels };
    return tracer.startActiveSpan(`${operation} ${requested}`, options, async (span) => {
      const begun = performance.now();
      let failed: { 'error.type'?: string } = {};
      try {
        return await request(span);
      } catch (error) {
        failed = { 'error.type': errorType(error, signal) };
        span.setAttributes(failed).setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        measure('modelDuration', (performance.now() - begun) / 1000, { ...labels, ...failed });
        span.end();
      }
    });
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
        const labels = {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': names.provider,
          'gen_ai.request.model': names.model,
          'gen_ai.agent.name': agent,
        } as const;
        measure('modelTokens', inputTokens, { ...labels, 'gen_ai.token.type': 'input' });
        measure('modelTokens', outputTokens, { ...labels, 'gen_ai.token.type': 'output' });
        const cost = modelCostUsd(answer.model, inputTokens, outputTokens);
        if (cost !== null) measure('modelCost', cost, { agent, model: names.model });
        return answer;
      }),
    embed: (text, signal) => observed('embeddings', MEMORY, signal, () => model.embed(text, signal)),
  };
}

function errorType(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'canceled';
  return error instanceof ScanPipelineError ? error.code : '_OTHER';
}
