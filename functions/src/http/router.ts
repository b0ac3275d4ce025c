/**
 * Serves the routes with Hono: finds the route of a request, checks what the route asks for, and answers with its result as
 * JSON.
 */

import { type Context, Hono } from 'hono';
import { logs } from '../platform/logs.ts';
import { traced } from '../platform/tracing.ts';
import { readJson } from './json-body.ts';
import { ROUTES } from './openapi.ts';
import { admitOperator } from './operator/admit-operator.ts';
import { DESK_ROUTES } from './operator/desk-routes.ts';
import { badPath } from './platform-errors.ts';
import { ApiProblem, problemOf } from './problems.ts';
import type { PlatformRequest } from './request.ts';
import type { Route } from './route.ts';
import { signedInUser } from './sign-in.ts';

/** What Hono passes on from the platform's web server. */
interface Platform {
  Bindings: { incoming: PlatformRequest };
}

/**
 * No cache may keep an answer, except that with the OpenAPI file. There are no CORS headers, so pages of other sites can read
 * no answer.
 */
const HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };

/**
 * A path begins with `/api` when Firebase Hosting or a caller of the bare Cloud Run URL sends it. Otherwise the function's own
 * URL, which ends in `/api`, has removed it. The path is taken as it was sent, since Hono's own reading decodes it.
 */
const app = new Hono<Platform>({
  getPath: (_request, { env } = {}) => env!.incoming.path.replace(/^\/api(?=\/)/, ''),
});
app.use(({ req }, next) => traced('api', { kind: 'server', parent: req.header('traceparent') }, next));
for (const [path, routes] of Map.groupBy([...ROUTES, ...DESK_ROUTES], (route) => route.path)) {
  const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
  for (const route of routes) app.on(route.method, pattern, (context) => serve(route, context));
  const allow = routes.map(({ method }) => method).join(', ');
  const ofSiblings = methodsOfSiblings(path);
  app.all(pattern, ({ req }) => {
    if (ofSiblings.has(req.method)) throw noSuchPath();
    throw new ApiProblem('method-not-allowed', `Use ${allow} here.`, { headers: { allow } });
  });
}
app.all('*', ({ env }) => {
  throw env.incoming.unreadable ?? noSuchPath();
});
app.onError(refusal);

function noSuchPath(): ApiProblem {
  return new ApiProblem('not-found', 'The API has no such path; see /api/openapi.json.');
}

/**
 * The methods of the public API's paths that `path` would match, too, if they stood for its parameter. Whoever sends one of them
 * to a path that is none of those has mistyped it: POST /scan/triggerworkflow.
 */
function methodsOfSiblings(path: string): ReadonlySet<string> {
  const shape = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return new Set(
    ROUTES.filter((one) => one.path !== path && shape.test(one.path)).map(({ method }) => method),
  );
}

/** Answers a request; `env` holds the platform's request as `incoming`. */
export const answer = app.fetch;

/** The answer to a request that failed with `error`. A status of 500 or more is logged. */
export function refusal(error: unknown): Response {
  const problem = problemOf(error);
  if (problem.status >= 500) logs.apiFailed(error);
  const headers = { 'content-type': 'application/problem+json', ...problem.headers };
  return json(problem.status, headers, problem.details());
}

async function serve(route: Route, { env, req }: Context<Platform>): Promise<Response> {
  // Hono would pass on a parameter that it cannot decode without decoding it.
  try {
    decodeURIComponent(req.path);
  } catch {
    throw badPath();
  }
  const operator = route.desk === undefined ? undefined : await admitOperator(env.incoming, route.desk);
  const uid = operator?.uid ?? (route.signedIn ? await signedInUser(req.header('authorization')) : '');
  const parameters = route.parameters?.safeParse(req.param());
  if (parameters?.error) throw new ApiProblem('not-found', parameters.error.issues[0]!.message);
  const { status, headers, body } = await route.handle({
    uid,
    operator,
    parameters: parameters?.data ?? {},
    body: route.body && readJson(env.incoming, route.body),
  });
  return json(status, { 'content-type': 'application/json', ...headers }, body);
}

/** Answers with JSON. `content-length` is set here, since Hono answers HEAD with the headers of GET. */
function json(status: number, headers: Readonly<Record<string, string>>, body: unknown): Response {
  const text = JSON.stringify(body);
  const length = { 'content-length': `${Buffer.byteLength(text)}` };
  return new Response(text, { status, headers: { ...HEADERS, ...headers, ...length } });
}
