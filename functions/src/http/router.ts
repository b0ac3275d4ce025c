/** Which request is answered by whom: the three routes of the API, and the refusal of all others. */

import { getScan } from './get-scan.ts';
import { openApiDocument } from './openapi.ts';
import { badPath } from './platform-errors.ts';
import { ApiProblem } from './problems.ts';
import type { ApiAnswer, ApiRequest } from './request.ts';
import { triggerWorkflow } from './trigger-workflow.ts';

type Handler = (request: ApiRequest, pathParameter: string) => ApiAnswer | Promise<ApiAnswer>;

/**
 * Paths as the function sees them: with `/api` when Firebase Hosting or a caller of the bare Cloud Run URL passes them on,
 * without it when the function's own URL, which ends in `/api`, swallows it. The first that fits.
 */
const ROUTES: readonly { path: RegExp; methods: Readonly<Record<string, Handler>> }[] = [
  { path: /^(?:\/api)?\/openapi\.json$/, methods: { GET: publishOpenApi } },
  { path: /^(?:\/api)?\/scan\/trigger-workflow$/, methods: { POST: triggerWorkflow } },
  { path: /^(?:\/api)?\/scan\/([^/]+)$/, methods: { GET: (request, id) => getScan(request, decoded(id)) } },
];

/** True for a path of the API. */
export function isRouted(path: string): boolean {
  return ROUTES.some(({ path: pattern }) => pattern.test(path));
}

/** Throws ApiProblem not-found or method-not-allowed, and what the handlers throw. */
export async function route(request: ApiRequest): Promise<ApiAnswer> {
  for (const { path, methods } of ROUTES) {
    const match = path.exec(request.path);
    if (!match) continue;
    const handle = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
    if (!handle) {
      const allow = Object.keys(methods).join(', ');
      throw new ApiProblem('method-not-allowed', `Use ${allow} here.`, { headers: { allow } });
    }
    return handle(request, match[1] ?? '');
  }
  throw new ApiProblem('not-found', 'The API has no such path; see /api/openapi.json.');
}

function publishOpenApi(): ApiAnswer {
  return { status: 200, headers: { 'cache-control': 'public, max-age=300' }, body: openApiDocument() };
}

/** A path segment as text. Throws ApiProblem invalid-request for what is not well encoded. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badPath();
  }
}
