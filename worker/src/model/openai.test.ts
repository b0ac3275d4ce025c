import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelQuestion } from '../ports.ts';
import { retryAfter } from '../platform/retry-after.ts';
import { createOpenAiModel } from './openai.ts';

interface Seen {
  url: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

const question: ModelQuestion = {
  step: 'estimation',
  instructions: 'Look.',
  content: [
    { type: 'text', text: 'FACTS {"secret":"weighs 181"}' },
    { type: 'image', dataUrl: 'data:image/jpeg;base64,AAAA' },
  ],
  jsonSchema: { type: 'object', properties: {}, required: [], additionalProperties: false },
};

const response = (more: object) => ({
  id: 'resp_1',
  object: 'response',
  model: 'gpt-test-2026',
  status: 'completed',
  error: null,
  incomplete_details: null,
  output: [],
  usage: { input_tokens: 11, output_tokens: 3, total_tokens: 14 },
  ...more,
});
const message = (...content: object[]) => ({ type: 'message', role: 'assistant', id: 'm', content });

let answer: (res: ServerResponse) => void;
let seen: Seen;
const server = createServer(async (req, res) => {
  seen = { url: req.url!, headers: req.headers, body: (await json(req)) as Seen['body'] };
  answer(res);
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const answers = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  answer = (res) =>
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const config = () => ({
  apiKey: 'sk-secret',
  baseUrl: `${origin}/v1`,
  model: 'gpt-x',
  embeddingModel: 'embed-x',
});
const ask = (signal = new AbortController().signal) => createOpenAiModel(config()).ask(question, signal);

describe('a request', () => {
  it('asks for strict JSON named after the step, shows images, and has nothing stored', async () => {
    answers(200, response({ output: [message({ type: 'output_text', text: '{}', annotations: [] })] }));
    await ask();
    expect(seen.url).toBe('/v1/responses');
    expect(seen.body).toEqual({
      model: 'gpt-x',
      store: false,
      stream: false,
      instructions: 'Look.',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'FACTS {"secret":"weighs 181"}' },
            { type: 'input_image', image_url: 'data:image/jpeg;base64,AAAA', detail: 'high' },
          ],
        },
      ],
      text: {
        format: { type: 'json_schema', name: 'estimation', strict: true, schema: question.jsonSchema },
      },
    });
  });

  it('goes to Azure with its key, version and deployment; embeddings to their own deployment', async () => {
    const azure = {
      endpoint: origin,
      apiKey: 'azure-key',
      apiVersion: '2025-04-01-preview',
      deployment: 'our-gpt',
    };
    const model = createOpenAiModel({ ...config(), azure });
    answers(200, response({ output: [message({ type: 'output_text', text: '{}', annotations: [] })] }));
    await model.ask(question, new AbortController().signal);
    expect(seen.url).toBe('/openai/responses?api-version=2025-04-01-preview');
    expect(seen.headers['api-key']).toBe('azure-key');
    expect(seen.headers.authorization).toBeUndefined();
    expect(seen.body.model).toBe('our-gpt');

    answers(200, { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.6, 0.8] }] });
    expect(await model.embed('text', new AbortController().signal)).toEqual([0.6, 0.8]);
    expect(seen.url).toBe('/openai/deployments/embed-x/embeddings?api-version=2025-04-01-preview');
  });
});

describe('an answer', () => {
  it('gives text, model and tokens', async () => {
    answers(200, response({ output: [message({ type: 'output_text', text: '{"a":1}', annotations: [] })] }));
    expect(await ask()).toEqual({
      text: '{"a":1}',
      refusal: null,
      model: 'gpt-test-2026',
      inputTokens: 11,
      outputTokens: 3,
      latencyMs: expect.any(Number),
    });
  });

  it('may be a refusal, or filtered', async () => {
    answers(200, response({ output: [message({ type: 'refusal', refusal: 'No.' })] }));
    expect(await ask()).toMatchObject({ text: null, refusal: 'No.' });
    answers(200, response({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } }));
    expect(await ask()).toMatchObject({ text: null, refusal: 'content_filter' });
  });

  it('may stop at the token limit: its text is what came until then', async () => {
    const output = [message({ type: 'output_text', text: '{"a":', annotations: [] })];
    answers(
      200,
      response({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output }),
    );
    expect(await ask()).toMatchObject({ text: '{"a":', refusal: null });
  });

  it.each([
    ['server_error', 'ModelUnavailableError'],
    ['rate_limit_exceeded', 'ModelRateLimitedError'],
    ['image_parse_error', 'InvalidImageError'],
    ['image_content_policy_violation', 'ModelRefusedError'],
    ['invalid_prompt', 'ModelRequestError'],
  ])('that failed with %s is a %s', async (code, expected) => {
    answers(200, response({ status: 'failed', error: { code, message: 'secret' } }));
    await expect(ask()).rejects.toMatchObject({ code: expected });
  });

  it('that is no response of the API is unavailability', async () => {
    answers(200, { hello: 'from a proxy' });
    await expect(ask()).rejects.toMatchObject({ code: 'ModelUnavailableError' });
    answer = (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    await expect(ask()).rejects.toMatchObject({ code: 'ModelUnavailableError' });
  });
});

describe('an error', () => {
  it.each([
    [429, 'rate_limit_exceeded', 'ModelRateLimitedError'],
    [429, 'insufficient_quota', 'ModelQuotaError'],
    [408, null, 'ModelUnavailableError'],
    [409, null, 'ModelUnavailableError'],
    [500, 'server_error', 'ModelUnavailableError'],
    [503, null, 'ModelUnavailableError'],
    [400, 'invalid_value', 'ModelRequestError'],
    [400, 'invalid_image_format', 'InvalidImageError'],
    [400, 'image_parse_error', 'InvalidImageError'],
    [400, 'content_filter', 'ModelRefusedError'],
    [401, 'invalid_api_key', 'ModelRequestError'],
    [403, null, 'ModelRequestError'],
    [404, 'model_not_found', 'ModelRequestError'],
  ])('%i %s is a %s', async (status, code, expected) => {
    answers(status, { error: { message: 'secret', type: 'any', code } });
    await expect(ask()).rejects.toMatchObject({ code: expected });
  });

  it('carries status, code and request id, but no key and nothing of the request or the answer', async () => {
    const error = {
      message: 'sk-secret sent FACTS {"secret":"weighs 181"}',
      type: 'any',
      code: 'invalid_value',
    };
    answers(400, { error }, { 'x-request-id': 'req_123' });
    const thrown = (await ask().catch((reason: unknown) => reason)) as Error & { cause: Error };
    expect(thrown.cause.message).toBe('BadRequestError 400 invalid_value req_123');
    const everything = JSON.stringify([
      thrown,
      thrown.message,
      thrown.stack,
      thrown.cause,
      thrown.cause.stack,
    ]);
    expect(everything).not.toMatch(/secret|181|base64/);
  });

  it('of a server that is not there is unavailability', async () => {
    const model = createOpenAiModel({ ...config(), baseUrl: 'http://127.0.0.1:1/v1' });
    await expect(model.ask(question, new AbortController().signal)).rejects.toMatchObject({
      code: 'ModelUnavailableError',
    });
  });

  it('by our own signal is the reason of the signal', async () => {
    const reason = new Error('canceled');
    await expect(ask(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('the time to wait', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:20 GMT' }, 20_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('%o is %s ms', (headers, expected) => {
    expect(retryAfter(new Headers(headers as Record<string, string>), now)).toBe(expected);
  });

  it('comes with the error', async () => {
    answers(429, { error: { message: '', code: null } }, { 'retry-after': '12' });
    await expect(ask()).rejects.toMatchObject({ code: 'ModelRateLimitedError', retryAfterMs: 12_000 });
  });
});
