/**
 * A route of the operator's desk, declared by the schemas of its request and its answer. Every answer is checked before
 * it is sent.
 */

import type { DeskLimit } from '@reddyfit/shared/operator/limits';
import type { OperatorPermission } from '@reddyfit/shared/operator/roles';
import type { z } from 'zod';
import { apiRoute, type Asked, type Operator, type Route } from '../route.ts';
import { countUse } from './desk-limits.ts';

interface DeskRoute<Parameters extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType> {
  method: Route['method'];
  /** The path below /api/operator/v1. */
  path: `/${string}`;
  /** The permission that the caller's role must have; null when any role will do. */
  desk: OperatorPermission | null;
  /** The limit of the operator to which a use counts. */
  limit: DeskLimit | ((body: z.output<Body>) => DeskLimit);
  parameters?: Parameters;
  body?: Body;
  /**
   * The schema of the answer. When the answer has a field that the schema does not name, the request fails, so the
   * field is not sent.
   */
  answer: Answer;
  handle(
    asked: Asked<Parameters, Body> & { operator: Operator },
  ): z.output<Answer> | Promise<z.output<Answer>>;
}

export function deskRoute<Parameters extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType>({
  path,
  limit,
  answer,
  handle,
  ...declared
}: DeskRoute<Parameters, Body, Answer>): Route {
  const said = `${declared.method} /operator/v1${path}`;
  return apiRoute<Parameters, Body>({
    ...declared,
    path: `/operator/v1${path}`,
    operationId: said,
    summary: said,
    signedIn: true,
    answers: { 200: { description: said, schema: answer } },
    problems: [],
    handle: async (asked) => {
      const operator = asked.operator!;
      await countUse(operator.uid, typeof limit === 'function' ? limit(asked.body) : limit, new Date());
      const body = await handle({ ...asked, operator });
      return { status: 200, body: answer.parse(body) };
    },
  });
}
