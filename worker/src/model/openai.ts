/** Adapter of the Model port for OpenAI, Azure OpenAI, or any server that speaks the Responses API. */

import { createHmac } from 'node:crypto';
import OpenAI, { AzureOpenAI } from 'openai';
import type {
  Response,
  ResponseInputContent,
  ResponseOutputMessage,
} from 'openai/resources/responses/responses';
import { takesTemperature } from '@reddyfit/shared/scan/models';
import type { Model, ModelAnswer, ModelQuestion } from './model.ts';
import { brokenResponse, declinedCode, failedResponse, modelError } from './openai-errors.ts';
import { azureJsonSchema } from './strict-schema.ts';

export interface OpenAiModelConfig {
  readonly apiKey: string;
  /** Base URL (`…/v1`) of another server; OpenAI's own when absent. */
  readonly baseUrl?: string | undefined;
  /** Name of a model in the registry. */
  readonly model: string;
  readonly embeddingModel: string;
  /** Salt of the hash that identifies a user to the provider; a secret, or at least specific to this project. */
  readonly safetySalt: string;
  /** Use Azure OpenAI: requests go to `deployment`, embeddings to the deployment named `embeddingModel`. */
  readonly azure?:
    | {
        readonly endpoint: string;
        readonly apiKey: string;
        readonly apiVersion: string;
        readonly deployment: string;
      }
    | undefined;
  /** Time limit of one request (ms); must be less than the activity's. */
  readonly timeoutMs?: number;
}

/**
 * 4 min in ms: above the usual time of the longest step, and below the 5 min of an activity attempt and the 5 min that
 * Node waits for the headers of a response.
 */
const DEFAULT_TIMEOUT_MS = 240_000;

/**
 * Makes a Model that sends each request once over HTTP; Temporal retries. The provider is told to keep nothing (`store:
 * false`), since the photos are private. When a content filter declines a prompt (400 `invalid_prompt`,
 * `content_filter`), the answer is a refusal and not an error, because the same prompt may pass when it is asked again.
 * Throws the ScanPipelineErrors of the port, and the reason of `signal` when it aborts.
 */
export function createOpenAiModel(config: OpenAiModelConfig): Model {
  const client = createClient(config);
  const model = config.azure?.deployment ?? config.model;
  return {
    async ask(question, signal) {
      const started = performance.now();
      const request = { ...requestOf(question, config), model, store: false, stream: false } as const;
      try {
        const response = await client.responses.create(request, { signal });
        return answerOf(response, performance.now() - started);
      } catch (error) {
        const refusal = declinedCode(error);
        if (refusal === null || signal.aborted) throw modelError(error, signal);
        const latencyMs = performance.now() - started;
        return { text: null, refusal, model, inputTokens: 0, outputTokens: 0, latencyMs };
      }
    },

    async embed(text, signal) {
      const { data } = await client.embeddings
        .create({ model: config.embeddingModel, input: text, encoding_format: 'float' }, { signal })
        .catch((error: unknown) => {
          throw modelError(error, signal);
        });
      const embedding = data?.[0]?.embedding;
      if (!embedding) throw brokenResponse('no embedding');
      return embedding;
    },
  };
}

function createClient({ apiKey, baseUrl, azure, timeoutMs = DEFAULT_TIMEOUT_MS }: OpenAiModelConfig): OpenAI {
  // With `baseURL: undefined` the package would read the environment, which only env.ts may do; null prevents that.
  const options = { maxRetries: 0, timeout: timeoutMs, logLevel: 'off', baseURL: baseUrl ?? null } as const;
  if (!azure) return new OpenAI({ ...options, apiKey });
  // `deployment` is not passed, because the client would send embeddings to the language model's deployment, too.
  const { endpoint, apiVersion } = azure;
  return new AzureOpenAI({ ...options, baseURL: null, endpoint, apiVersion, apiKey: azure.apiKey });
}

function requestOf(
  { step, instructions, content, jsonSchema, userId }: ModelQuestion,
  { azure, model, safetySalt }: OpenAiModelConfig,
) {
  const parts = content.map((part): ResponseInputContent =>
    part.type === 'text'
      ? { type: 'input_text', text: part.text }
      : { type: 'input_image', image_url: part.dataUrl, detail: 'high' },
  );
  const schema = azure ? azureJsonSchema(jsonSchema) : jsonSchema;
  return {
    instructions,
    input: [{ role: 'user' as const, content: parts }],
    text: { format: { type: 'json_schema' as const, name: step, strict: true, schema } },
    // With temperature 0 the same photos get the same answer as far as the model allows.
    ...(takesTemperature(model) && { temperature: 0 }),
    ...(userId !== undefined && { safety_identifier: safetyIdentifier(userId, safetySalt) }),
  };
}

/**
 * Identifies the user to the provider: HMAC-SHA-256 of the uid in hex. It has 64 characters, the most that the provider
 * accepts.
 */
export function safetyIdentifier(userId: string, salt: string): string {
  return createHmac('sha256', salt).update(userId).digest('hex');
}

/** Reads a response: its text, possibly cut short, or the refusal. */
function answerOf(response: Response, latencyMs: number): ModelAnswer {
  if (response.error) throw failedResponse(response.error);
  // A server may answer 200 with JSON that is not a response of the Responses API.
  if (!Array.isArray(response.output)) throw brokenResponse('no output');
  const { status, incomplete_details: incomplete } = response;
  if (status !== undefined && status !== 'completed' && status !== 'incomplete')
    throw brokenResponse('not completed');
  const parts = finalMessage(response)?.content ?? [];
  const refusal = parts.find((part) => part.type === 'refusal')?.refusal;
  const filtered = incomplete?.reason === 'content_filter' ? 'content_filter' : undefined;
  const text = parts.flatMap((part) => (part.type === 'output_text' ? [part.text] : [])).join('');
  const refused = refusal ?? filtered ?? null;
  return {
    text: refused === null ? text : null,
    refusal: refused,
    ...(status === 'incomplete' && refused === null && { cutShort: true }),
    model: response.model,
    inputTokens: response.usage?.input_tokens ?? 0,
    outputTokens: response.usage?.output_tokens ?? 0,
    latencyMs,
  };
}

/**
 * The message that holds the answer. Newer models send messages with comments on their work before it. When no message
 * is marked as the final answer, the last message that is not marked as a comment is taken.
 */
function finalMessage({ output }: Response): ResponseOutputMessage | undefined {
  const messages = output.filter((item) => item.type === 'message');
  return (
    messages.findLast(({ phase }) => phase === 'final_answer') ??
    messages.findLast(({ phase }) => phase !== 'commentary')
  );
}
