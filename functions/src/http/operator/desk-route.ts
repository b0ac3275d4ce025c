/** A route of the operator's desk: declared by what it asks for and answers; what it answers is checked on its way out. */

import type { DeskLimit } from '@reddyfit/shared/operator/limits';
import type { OperatorPermission } from '@reddyfit/shared/operator/roles';
import type { z } from 'zod';
import { apiRoute, type Asked, type Operator, type Route } from '../route.ts';
import { countUse } from './desk-limits.ts';

interface DeskRoute<Parameters extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType> {
  method: Route['method'];
  /** Below /api/operator/v1. */
  path: `/${string}`;
  /** What the caller's role has to allow; null when every role will do. */
  desk: OperatorPermission | null;
  /** Which of the operator's limits a use counts to. */
  limit: DeskLimit | ((body: z.output<Body>) => DeskLimit);
  parameters?: Parameters;
  body?: Body;
  /** A field that it does not name goes to nobody: the answer fails instead. */
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
