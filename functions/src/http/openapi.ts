/**
 * The routes of the API, and its description (OpenAPI 3.1). The description is made from the routes, and is served by
 * the last of them.
 */

import { problemDetails } from '@reddyfit/shared/api/http';
import { z } from 'zod';
import { getScan } from './get-scan.ts';
import { componentSchemas, schemaOf } from './openapi-schemas.ts';
import { type ProblemKind, PROBLEMS } from './problems.ts';
import { apiRoute, type Route } from './route.ts';
import { triggerWorkflow } from './trigger-workflow.ts';

const getOpenApi = apiRoute({
  method: 'GET',
  path: '/openapi.json',
  operationId: 'getOpenApi',
  summary: 'Read this description',
  signedIn: false,
  answers: {
    200: {
      description: 'OpenAPI 3.1.',
      schema: z.unknown().meta({ type: 'object', required: ['openapi', 'info', 'paths'] }),
    },
  },
  problems: [],
  handle: () => ({
    status: 200,
    headers: { 'cache-control': 'public, max-age=300' },
    body: openApiDocument(),
  }),
});

/** When two routes match a path, the first one answers. */
export const ROUTES: readonly Route[] = [triggerWorkflow, getScan, getOpenApi];

const RETRY_AFTER = {
  'Retry-After': { required: true, description: 'Seconds.', schema: { type: 'integer', minimum: 1 } },
};
const PROBLEM_HEADERS: Record<number, Record<string, object>> = {
  401: { 'WWW-Authenticate': { required: true, schema: { type: 'string' } } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

let document: object | undefined;

/** The whole document, the same at each call. */
export function openApiDocument(): object {
  document ??= build();
  return document;
}

function build(): object {
  const byPath = Map.groupBy(ROUTES, ({ path }) => `/api${path}`);
  return {
    openapi: '3.1.1',
    info: {
      title: 'ReddyFit scans',
      version: '1.0.0',
      description:
        'Starts a body-composition scan and tells how it is doing. What is refused is refused with problem details (RFC 9457), also a path that there is not (404) and a method that a path has not (405, with `Allow`).',
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(
      [...byPath].map(([path, routes]) => [
        path,
        Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operation(route)])),
      ]),
    ),
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        idToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'ID token of a user signed in with Firebase Authentication.',
        },
      },
    },
  };
}

function operation(route: Route): object {
  const { operationId, summary, description, signedIn, parameters, body, answers } = route;
  const answered = Object.entries(answers).map(([status, { schema, links, ...said }]) => [
    status,
    { ...said, content: json(schema), ...(links && { links }) },
  ]);
  return {
    operationId,
    summary,
    ...(description && { description }),
    ...(signedIn && { security: [{ idToken: [] }] }),
    ...(parameters && {
      parameters: Object.entries(parameters.shape).map(([name, schema]) => ({
        name,
        in: 'path',
        required: true,
        schema: schemaOf(schema as z.ZodType),
      })),
    }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: { ...Object.fromEntries(answered), ...problems(refusals(route)) },
  };
}

const json = (schema: z.ZodType) => ({ 'application/json': { schema: schemaOf(schema) } });

/**
 * The kinds of problem that a route may answer with: those of its handler, and those that follow from what the route
 * asks for.
 */
function refusals({ signedIn, parameters, body, problems: own }: Route): ProblemKind[] {
  return [
    ...(signedIn ? (['not-signed-in'] as const) : []),
    ...(parameters || body ? (['invalid-request'] as const) : []),
    ...(body ? (['body-too-large', 'not-json'] as const) : []),
    ...own,
    // A route with sign-in depends on servers that may be away: Firebase Auth and Firestore.
    ...(signedIn ? (['unavailable'] as const) : []),
    'internal-error',
  ];
}

/** One answer for each status. Its description names the kinds of problem, which a client tells apart by `type`. */
function problems(kinds: readonly ProblemKind[]): Record<number, object> {
  const byStatus = Map.groupBy(kinds, (kind) => PROBLEMS[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((kind) => `\`${kind}\`: ${PROBLEMS[kind].title}`).join(' '),
        content: { 'application/problem+json': { schema: schemaOf(problemDetails) } },
        ...(PROBLEM_HEADERS[status] && { headers: PROBLEM_HEADERS[status] }),
      },
    ]),
  );
}
