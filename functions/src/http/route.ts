/** A route of the API, declared once: the router serves by it, and the OpenAPI description is made of it. */

import type { OperatorPermission, OperatorRole } from '@reddyfit/shared/operator/roles';
import type { z } from 'zod';
import type { ProblemKind } from './problems.ts';

/** Someone at the operator's desk who may do what the route asks for. */
export interface Operator {
  uid: string;
  role: OperatorRole;
  /** When they have to sign in again. */
  until: Date;
}

/** What a handler is asked, once everything that its route asks for was there and in order. */
export interface Asked<Parameters extends z.ZodObject, Body extends z.ZodType> {
  /** User who is signed in; empty on a route that asks nobody to be. */
  uid: string;
  /** Who is at the operator's desk; absent on every other route. */
  operator?: Operator | undefined;
  parameters: z.output<Parameters>;
  body: z.output<Body>;
}

export interface Answer {
  /** One of the route's `answers`. */
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body: unknown;
}

export interface Route<Parameters extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType> {
  method: 'GET' | 'POST';
  /** Below `/api`; a path parameter is `{name}`, as OpenAPI has it. */
  path: `/${string}`;
  operationId: string;
  summary: string;
  description?: string;
  /** Whether it asks for the ID token of a user. */
  signedIn: boolean;
  /** On a route of the operator's desk: what the caller's role has to allow; null when every role will do. */
  desk?: OperatorPermission | null;
  /** Schemas of the path parameters, as text. A path that does not fit is not found, in the words of the schema. */
  parameters?: Parameters;
  /** Schema of the JSON body. */
  body?: Body;
  answers: Readonly<Record<number, { description: string; schema: z.ZodType; links?: object }>>;
  /** What the handler itself refuses; the rest follows from what the route asks for. */
  problems: readonly ProblemKind[];
  /** May throw ApiProblem and ScanPipelineError; a server that is away is answered as unavailable, anything else as internal-error. */
  handle(asked: Asked<Parameters, Body>): Answer | Promise<Answer>;
}

/** The route as it is; lets TypeScript see in `handle` what its schemas give. */
export function apiRoute<Parameters extends z.ZodObject, Body extends z.ZodType>(
  declared: Route<Parameters, Body>,
): Route {
  return declared as Route;
}
