/** The API's description (OpenAPI 3.1), made from the schemas that the routes themselves parse with. */

import { SCAN_ID_PATTERN } from '@reddyfit/shared/names/ids';
import { componentSchemas } from './openapi-schemas.ts';
import { type ProblemKind, PROBLEMS } from './problems.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ 'application/json': { schema: reference(name) } });

const PROBLEM_HEADERS: Record<number, Record<string, object>> = {
  401: { 'WWW-Authenticate': { required: true, schema: { type: 'string' } } },
  429: {
    'Retry-After': { required: true, description: 'Seconds.', schema: { type: 'integer', minimum: 1 } },
  },
};

let document: object | undefined;

/** The whole document, the same at each call. */
export function openApiDocument(): object {
  document ??= build();
  return document;
}

function build(): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'ReddyFit scans',
      version: '1.0.0',
      description:
        'Starts a body-composition scan and tells how it is doing. What is refused is refused with problem details (RFC 9457).',
    },
    servers: [{ url: '/' }],
    paths: {
      '/api/scan/trigger-workflow': { post: triggerWorkflowOperation },
      '/api/scan/{scanId}': { get: getScanOperation },
      '/api/openapi.json': { get: openApiOperation },
    },
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

const triggerWorkflowOperation = {
  operationId: 'triggerWorkflow',
  summary: 'Start a scan',
  description: 'May be repeated: the scan id names the scan, and a scan starts and costs a credit once.',
  security: [{ idToken: [] }],
  requestBody: { required: true, content: json('TriggerWorkflowRequest') },
  responses: {
    200: {
      description: 'The scan was there already, with the same content.',
      content: json('TriggerWorkflowResponse'),
      links: linkToScan(),
    },
    202: {
      description: 'The scan was created and is about to be admitted.',
      content: json('TriggerWorkflowResponse'),
      links: linkToScan(),
    },
    ...problems(
      'invalid-request',
      'not-signed-in',
      'no-credits',
      'no-consent',
      'profile-incomplete',
      'account-deletion',
      'age-not-allowed',
      'photo-not-owned',
      'scan-exists',
      'body-too-large',
      'not-json',
      'measures-implausible',
      'weight-doubtful',
      'too-many-requests',
      'internal-error',
    ),
  },
};

const getScanOperation = {
  operationId: 'getScan',
  summary: 'Read a scan',
  description: 'The scan as a Firestore listener sees it, with times as ISO 8601.',
  security: [{ idToken: [] }],
  parameters: [
    {
      name: 'scanId',
      in: 'path',
      required: true,
      schema: { type: 'string', pattern: SCAN_ID_PATTERN.source },
    },
  ],
  responses: {
    200: { description: 'The scan.', content: json('Scan') },
    ...problems('invalid-request', 'not-signed-in', 'not-found', 'internal-error'),
  },
};

const openApiOperation = {
  operationId: 'getOpenApi',
  summary: 'Read this description',
  responses: {
    200: {
      description: 'OpenAPI 3.1.',
      content: { 'application/json': { schema: { type: 'object', required: ['openapi', 'info', 'paths'] } } },
    },
    ...problems('internal-error'),
  },
};

function linkToScan() {
  return { scan: { operationId: 'getScan', parameters: { scanId: '$response.body#/scanId' } } };
}

/** One answer for each status; its kinds of problem are named, since a client tells them apart by `type`. */
function problems(...kinds: ProblemKind[]): Record<number, object> {
  const byStatus = Map.groupBy(kinds, (kind) => PROBLEMS[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((kind) => `\`${kind}\`: ${PROBLEMS[kind].title}`).join(' '),
        content: { 'application/problem+json': { schema: reference('Problem') } },
        ...(PROBLEM_HEADERS[status] && { headers: PROBLEM_HEADERS[status] }),
      },
    ]),
  );
}
