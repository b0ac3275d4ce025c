import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelQuestion } from './model.ts';
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
  jsonSchema: {
    type: 'object',
    properties: { share: { type: 'number', minimum: 0 } },
    required: ['share'],
    additionalProperties: false,
  },
  userId: 'user-a',
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
  safetySalt: 'salt',
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
      safety_identifier: createHmac('sha256', 'salt').update('user-a').digest('hex'),
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

  it('names its user by a salted hash that never changes, and nobody where nobody is known', async () => {
    answers(200, response({}));
    await ask();
    const { safety_identifier: named } = seen.body;
    await ask();
    expect(seen.body.safety_identifier).toBe(named);
    expect(JSON.stringify(seen.body)).not.toContain('user-a');
    const salted = createOpenAiModel({ ...config(), safetySalt: 'another' });
    await salted.ask(question, new AbortController().signal);
    expect(seen.body.safety_identifier).not.toBe(named);
    const { userId: _, ...ofNobody } = question;
    await salted.ask(ofNobody, new AbortController().signal);
    expect(seen.body).not.toHaveProperty('safety_identifier');
  });

  it('carries a temperature to a model that takes one only', async () => {
    answers(200, response({}));
    await ask();
    expect(seen.body).not.toHaveProperty('temperature');
    const model = createOpenAiModel({ ...config(), model: 'gpt-4.1' });
    await model.ask(question, new AbortController().signal);
    expect(seen.body.temperature).toBe(0);
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
    expect(seen.body, 'bounds in words, which Azure takes').toMatchObject({
      text: {
        format: { schema: { properties: { share: { type: 'number', description: 'at least 0' } } } },
      },
    });
    expect(JSON.stringify(seen.body)).not.toContain('minimum');

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
    expect(await ask()).toMatchObject({ text: '{"a":', refusal: null, cutShort: true });
  });

  it('may stop there before it began to write', async () => {
    const incomplete = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    answers(200, response({ ...incomplete, output: [{ type: 'reasoning', id: 'r', summary: [] }] }));
    expect(await ask()).toMatchObject({ text: '', refusal: null, cutShort: true });
  });

  const says = (text: string, phase?: string) => ({
    ...message({ type: 'output_text', text, annotations: [] }),
    ...(phase && { phase }),
  });

  it.each([
    ['the final one of two', [says('I look.', 'commentary'), says('{"a":1}', 'final_answer')]],
    ['the final one, wherever it stands', [says('{"a":1}', 'final_answer'), says('Done.', 'commentary')]],
    ['the last of two that are not marked', [says('I look.'), says('{"a":1}')]],
    ['the one that is no commentary', [says('{"a":1}'), says('Done.', 'commentary')]],
  ])('is %s', async (_, output) => {
    answers(200, response({ output }));
    expect(await ask()).toMatchObject({ text: '{"a":1}', refusal: null });
  });

  it('is none when there is commentary alone', async () => {
    answers(200, response({ output: [says('I look.', 'commentary')] }));
    expect(await ask()).toMatchObject({ text: '', refusal: null });
  });

  it.each(['invalid_prompt', 'image_content_policy_violation'])(
    'that failed with %s is a refusal, which is asked again',
    async (code) => {
      answers(200, response({ status: 'failed', error: { code, message: 'secret' } }));
      expect(await ask()).toMatchObject({ text: null, refusal: code });
    },
  );

  it.each(['failed', 'cancelled', 'queued'])(
    'that is %s without an error is unavailability',
    async (status) => {
      answers(200, response({ status, output: [says('{"a":1}')] }));
      await expect(ask()).rejects.toMatchObject({ code: 'ModelUnavailableError' });
    },
  );

  it.each([
    ['server_error', 'ModelUnavailableError'],
    ['rate_limit_exceeded', 'ModelRateLimitedError'],
    ['image_parse_error', 'ModelUnavailableError'],
    ['vector_store_timeout', 'ModelUnavailableError'],
    ['something_new', 'ModelRequestError'],
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
    [400, 'invalid_image_format', 'ModelUnavailableError'],
    [400, 'image_parse_error', 'ModelUnavailableError'],
    [401, 'invalid_api_key', 'ModelRequestError'],
    [403, null, 'ModelRequestError'],
    [404, 'model_not_found', 'ModelRequestError'],
  ])('%i %s is a %s', async (status, code, expected) => {
    answers(status, { error: { message: 'secret', type: 'any', code } });
    await expect(ask()).rejects.toMatchObject({ code: expected });
  });

  it.each(['invalid_prompt', 'content_filter', 'image_content_policy_violation'])(
    '400 %s is a refusal, which is asked again',
    async (code) => {
      answers(400, { error: { message: 'secret', type: 'invalid_request_error', code } });
      expect(await ask()).toMatchObject({ text: null, refusal: code, inputTokens: 0, model: 'gpt-x' });
    },
  );

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
