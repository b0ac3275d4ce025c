/**
 * Answers requests that the platform refuses before any function sees them. Cloud Functions (its Functions Framework, and the
 * emulator) reads bodies and paths in an Express app around the function; JSON that does not parse, an unknown charset, or a
 * path that is not well encoded ends there in an HTML page with a stack trace. An error handler behind that app answers
 * instead, in the form of the API or of a callable.
 */

import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { notJsonText, tooLarge } from './json-body.ts';
import { ApiProblem } from './problems.ts';
import type { PlatformRequest } from './request.ts';

/** Express knows an error handler by its four parameters. */
type PlatformErrorHandler = (
  error: unknown,
  request: PlatformRequest,
  response: ServerResponse,
  next: (error: unknown) => void,
) => void;

const seen = new WeakSet<object>();

/**
 * Puts `handler` behind the Express app of this process. The app is not handed to functions, so it is taken from the server
 * at its first request. Where the server is no Express app, nothing changes.
 */
export function handlePlatformErrors(handler: PlatformErrorHandler): void {
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    if (seen.has(server)) return;
    seen.add(server);
    for (const listener of server.listeners('request')) {
      if ('use' in listener && typeof listener.use === 'function') listener.use(handler);
    }
  });
}

/** The problem for a path that cannot be decoded. */
export function badPath(): ApiProblem {
  return new ApiProblem('invalid-request', 'The path is not well encoded.');
}

/** The API's problem for a request that body-parser or Express could not read; undefined for any other error. */
export function unreadableRequest(error: unknown): ApiProblem | undefined {
  if (error instanceof URIError) return badPath();
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return tooLarge();
  if (status === 415) {
    return new ApiProblem('not-json', 'Send the body in UTF-8, plain or as gzip, deflate or br.');
  }
  return status === 400 ? notJsonText() : undefined;
}

/** Answers a callable, which the platform serves at `/`, with `problem` as an error of the callable protocol. */
export function answerCallable(
  problem: ApiProblem,
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const details = { code: 'InvalidRequestError', field: 'data' };
  const body = JSON.stringify({ error: { message: problem.message, status: 'INVALID_ARGUMENT', details } });
  response
    .writeHead(400, {
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': headers.origin ?? '*',
      vary: 'Origin',
    })
    .end(body);
}
