/** The Model port on OpenAI, Azure OpenAI, or any server that speaks the Responses API. */

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
  /** Another server's `/v1`; OpenAI's own when absent. */
  readonly baseUrl?: string | undefined;
  /** A name of the registry. */
  readonly model: string;
  readonly embeddingModel: string;
  /** Makes the hash by which the provider knows a user; a secret, or at least this project's own. */
  readonly safetySalt: string;
  /** Azure OpenAI instead: `deployment` stands for the model, embeddings go to the deployment named `embeddingModel`. */
  readonly azure?:
    | {
        readonly endpoint: string;
        readonly apiKey: string;
        readonly apiVersion: string;
        readonly deployment: string;
      }
    | undefined;
  /** Time for one request (ms); must be less than the activity's. */
  readonly timeoutMs?: number;
}

/**
 * 4 min (ms): above the longest step's usual time, below the 5 min of an activity and the 5 min that Node waits for
 * the headers of an answer.
 */
const DEFAULT_TIMEOUT_MS = 240_000;

/**
 * A Model that asks over HTTP, once: Temporal retries. Nothing is kept at the provider (`store: false`), since the
 * photos are private. A prompt that a filter declined (400 `invalid_prompt`, `content_filter`) is an answer with a refusal,
 * since the same prompt may pass when it is asked again. Throws ScanPipelineError as the port says, and the reason of
 * `signal` when it aborts.
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
  // `baseURL: null` and not undefined: the package would read the environment, which is read in one place only.
  const options = { maxRetries: 0, timeout: timeoutMs, logLevel: 'off', baseURL: baseUrl ?? null } as const;
  if (!azure) return new OpenAI({ ...options, apiKey });
  // Not `deployment`: it would send embeddings to the deployment of the language model.
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
    // The same photos should get the same answer, as far as the model can be told so.
    ...(takesTemperature(model) && { temperature: 0 }),
    ...(userId !== undefined && { safety_identifier: safetyIdentifier(userId, safetySalt) }),
  };
}

/** What the provider knows a user by: HMAC-SHA-256 of the uid in hex, 64 characters, which is as many as it takes. */
export function safetyIdentifier(userId: string, salt: string): string {
  return createHmac('sha256', salt).update(userId).digest('hex');
}

/** What a response says: its text, cut short as it may be, or why there is none. */
function answerOf(response: Response, latencyMs: number): ModelAnswer {
  if (response.error) throw failedResponse(response.error);
  // A server that answers 200 with something else than JSON of the Responses API.
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

/** The message that answers: newer models comment on their work in messages before it. The last of several, where none is marked. */
function finalMessage({ output }: Response): ResponseOutputMessage | undefined {
  const messages = output.filter((item) => item.type === 'message');
  return (
    messages.findLast(({ phase }) => phase === 'final_answer') ??
    messages.findLast(({ phase }) => phase !== 'commentary')
  );
}
