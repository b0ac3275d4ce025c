/** HTTP function: the API under /api, where Firebase Hosting sends `/api/**`. */

import type { ServerResponse } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import { onRequest } from 'firebase-functions/v2/https';
import { OPERATOR_EXPORT_KEY, SECRETS } from '../platform/params.ts';
import { answerCallable, handlePlatformErrors, unreadableRequest } from './platform-errors.ts';
import { ApiProblem } from './problems.ts';
import type { PlatformRequest } from './request.ts';
import { answer, refusal } from './router.ts';

const listen = getRequestListener(answer, {
  // The platform ends the request, and all code of the process shares the globals.
  autoCleanupIncoming: false,
  overrideGlobalObjects: false,
  hostname: 'localhost',
  errorHandler: (error) =>
    refusal(
      error instanceof RequestError
        ? new ApiProblem('invalid-request', 'The host or the path is not that of a URL.')
        : error,
    ),
});

/** Anybody may call the function; each route asks for the ID token that it needs. */
export const api = onRequest(
  {
    cors: false,
    invoker: 'public',
    memory: '256MiB',
    timeoutSeconds: 30,
    secrets: [...Object.values(SECRETS), OPERATOR_EXPORT_KEY],
  },
  respond,
);

handlePlatformErrors((error, request, response, next) => {
  const unreadable = unreadableRequest(error);
  if (!unreadable || response.headersSent) return next(error);
  if (request.path === '/') return answerCallable(unreadable, request, response);
  request.unreadable = unreadable;
  void respond(request, response);
});

function respond(request: PlatformRequest, response: ServerResponse): Promise<void> {
  response.removeHeader('x-powered-by');
  return listen(request, response);
}
