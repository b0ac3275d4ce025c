/**
 * Tests requests that the platform, or the decoder of callables, cannot read: the answer is a 4xx that says what is
 * wrong, without a stack trace.
 */

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http, type HttpFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemIn } from './api-stage.ts';

const servers: Server[] = [];
const bases = {} as Record<'api' | 'cancelScan', string>;

beforeAll(async () => {
  const projectId = 'demo-unreadable';
  Object.assign(process.env, {
    GCLOUD_PROJECT: projectId,
    FIREBASE_CONFIG: JSON.stringify({ projectId }),
    ENFORCE_APP_CHECK: 'false',
    TEMPORAL_API_KEY: 'none',
    TEMPORAL_CLIENT_CERT: 'none',
    TEMPORAL_CLIENT_KEY: 'none',
    PAYLOAD_ENCRYPTION_KEYS: 'none',
  });
  const functions = await import('../src/index.ts');
  for (const name of ['api', 'cancelScan'] as const) {
    // The two declarations use different versions of Express.
    http(name, functions[name] as unknown as HttpFunction);
    const server = getTestServer(name).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    bases[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});
afterAll(() => {
  for (const server of servers) server.close();
});

describe('the API', () => {
  it.each(['/api/scan/%E0%A4%A', '/scan/%E0%A4%A', '/%E0%A4%A', '/api/nothing%'])(
    'answers the malformed path %s with 400',
    async (path) => {
      const answer = await fetch(bases.api + path);
      const problem = await problemIn(answer);
      expect(problem).toMatchObject({ status: 400, detail: 'The path is not well encoded.' });
    },
  );
});

describe('a callable', () => {
  const call = (body: string) =>
    fetch(bases.cancelScan, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://app.example' },
      body,
    });
  const nested = (levels: number) => `{"data":${'['.repeat(levels)}${']'.repeat(levels)}}`;

  it.each([
    ['nested 100,000 levels deep', nested(100_000), 'data is nested more than 20 levels deep.'],
    ['nested 21 levels deep', nested(21), 'data is nested more than 20 levels deep.'],
    [
      'of a type that the protocol lacks',
      '{"data":{"@type":"x"}}',
      'data has an @type that is not supported.',
    ],
    ['cut off', '{"data":{', 'The body is not JSON.'],
  ])('answers data %s with 400, also to a browser', async (_, body, message) => {
    const answer = await call(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(await answer.json()).toEqual({
      error: {
        message,
        status: 'INVALID_ARGUMENT',
        details: { code: 'InvalidRequestError', field: 'data' },
      },
    });
  });

  it('goes on to look who calls when the data can be read', async () => {
    expect((await call(nested(20))).status).toBe(401);
  });
});
