/** A route of the API, declared once: the router serves it, and the OpenAPI description is made from it. */

import type { OperatorPermission, OperatorRole } from '@reddyfit/shared/operator/roles';
import type { z } from 'zod';
import type { ProblemKind } from './problems.ts';

/** An operator who may do what the route asks for. */
export interface Operator {
  uid: string;
  role: OperatorRole;
  /** When they have to sign in again. */
  until: Date;
}

/** What a handler is given, after the router has checked everything that the route asks for. */
export interface Asked<Parameters extends z.ZodObject, Body extends z.ZodType> {
  /** The signed-in user; empty on a route that needs no sign-in. */
  uid: string;
  /** The operator, on a route of the operator's desk; absent on every other route. */
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
  /** Whether the route asks for the ID token of a user. */
  signedIn: boolean;
  /** On a route of the operator's desk: what the caller's role has to allow; null when every role will do. */
  desk?: OperatorPermission | null;
  /**
   * Schemas of the path parameters, which are text. A path that does not match them is answered as not-found, with the message
   * of the schema.
   */
  parameters?: Parameters;
  /** Schema of the JSON body. */
  body?: Body;
  answers: Readonly<Record<number, { description: string; schema: z.ZodType; links?: object }>>;
  /** The problems that the handler itself answers with. Others follow from what the route asks for. */
  problems: readonly ProblemKind[];
  /**
   * May throw ApiProblem and ScanPipelineError. An error of a server that is away is answered as unavailable, any other error
   * as internal-error.
   */
  handle(asked: Asked<Parameters, Body>): Answer | Promise<Answer>;
}

/** Returns the route as it is, so that TypeScript infers the arguments of `handle` from the route's schemas. */
export function apiRoute<Parameters extends z.ZodObject, Body extends z.ZodType>(
  declared: Route<Parameters, Body>,
): Route {
  return declared as Route;
}
