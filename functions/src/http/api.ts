/** HTTP function: the API under /api, where Firebase Hosting sends `/api/**`. */

import type { ServerResponse } from 'node:http';
import { onRequest } from 'firebase-functions/v2/https';
import {
  answerCallable,
  handlePlatformErrors,
  type PlatformRequest,
  unreadableRequest,
} from './platform-errors.ts';
import { type ApiProblem, problemOf } from './problems.ts';
import type { ApiAnswer, ApiRequest } from './request.ts';
import { isRouted, route } from './router.ts';
import { logs } from '../platform/logs.ts';
import { traced } from '../platform/tracing.ts';

/** No answer but the OpenAPI file may be kept by anyone on the way; browsers of other sites get none (no CORS). */
const HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };

/** Public to call; each route asks for the ID token it needs. */
export const api = onRequest(
  { cors: false, invoker: 'public', memory: '256MiB', timeoutSeconds: 30 },
  (request, response) => respond(request, response),
);

handlePlatformErrors((error, request, response, next) => {
  const unreadable = unreadableRequest(error);
  if (!unreadable || response.headersSent) return next(error);
  if (request.path === '/') return answerCallable(unreadable, request, response);
  if (isRouted(request.path)) return void respond(request, response, unreadable);
  send(response, problemAnswer(unreadable));
});

async function respond(
  request: PlatformRequest,
  response: ServerResponse,
  unreadable?: ApiRequest['unreadable'],
): Promise<void> {
  const headersIn = request.headers as ApiRequest['headers'];
  const asked: ApiRequest = {
    method: request.method === 'HEAD' ? 'GET' : (request.method ?? ''),
    path: request.path,
    headers: headersIn,
    body: request.rawBody ?? Buffer.alloc(0),
    unreadable,
  };
  const span = { kind: 'server', parent: headersIn['traceparent'] } as const;
  send(response, await traced('api', span, () => answer(asked)));
}

function send(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  const text = JSON.stringify(body);
  response.removeHeader('x-powered-by');
  response.writeHead(status, { ...HEADERS, ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

/** Never rejects. */
async function answer(request: ApiRequest): Promise<ApiAnswer> {
  try {
    const { headers, ...rest } = await route(request);
    return { ...rest, headers: { 'content-type': 'application/json', ...headers } };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.kind === 'internal-error') logs.apiFailed(error);
    return problemAnswer(problem);
  }
}

function problemAnswer(problem: ApiProblem): ApiAnswer {
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
    body: problem.details(),
  };
}
