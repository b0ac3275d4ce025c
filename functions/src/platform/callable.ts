/** What every callable does before its own work: who calls, from which app, how often, and with what. */

import { CALL_ERRORS } from '@reddyfit/shared/errors';
import {
  type CallableFunction,
  type CallableOptions,
  type CallableRequest,
  HttpsError,
  onCall,
} from 'firebase-functions/v2/https';
import type { z } from 'zod';
import { withReadableData } from './callable-body.ts';
import { CallError } from './call-error.ts';
import { config } from './config.ts';
import { logs } from './logs.ts';
import { limitRate, type Rate } from './rate-limit.ts';
import { isDocumentId } from '../scans/scan-request.ts';
import { traced } from './tracing.ts';

interface Definition<Schema extends z.ZodType, Response> {
  /** Also names the rate limit. */
  name: string;
  /** Who may call: any user, those with the custom claim `admin` or `operator`, or those with `admin` alone. */
  for: 'user' | 'operator' | 'admin';
  request: Schema;
  rate: Rate;
  options: CallableOptions;
  handle(call: { uid: string; request: z.output<Schema>; now: Date }): Promise<Response>;
}

/**
 * A callable that refuses with `HttpsError`, its `details.code` a name of CALL_ERRORS: without a user, without App Check
 * where that is enforced, beyond the rate, and with input that the schema does not take. Anything unforeseen is `internal`.
 */
export function callable<Schema extends z.ZodType, Response>(
  definition: Definition<Schema, Response>,
): CallableFunction<unknown, Promise<Response>> {
  const { name, options, handle } = definition;
  const answer = async (call: CallableRequest): Promise<Response> => {
    try {
      const uid = callerOf(call, definition.for);
      const now = new Date();
      const rate = await limitRate(uid, name, definition.rate, now);
      if (!rate.allowed) {
        const { retryAfterSeconds } = rate;
        throw new CallError('RateLimitedError', { details: { retryAfterSeconds } });
      }
      return await handle({ uid, request: parse(definition.request, call.data), now });
    } catch (error) {
      throw toHttpsError(name, error);
    }
  };
  const called = onCall<unknown, Promise<Response>>(options, (call) =>
    traced(name, { kind: 'server', parent: call.rawRequest?.headers['traceparent'] }, () => answer(call)),
  );
  return withReadableData(name, called);
}

function callerOf({ auth, app }: CallableRequest, who: Definition<z.ZodType, unknown>['for']): string {
  // Here and not by onCall's option, which is read while the functions are listed for deployment.
  if (!app && config().enforceAppCheck) throw new CallError('AppCheckError');
  // A uid that names no document cannot be one of ours, and as part of a path it could lead elsewhere.
  if (!auth || !isDocumentId(auth.uid)) throw new CallError('SignInRequiredError');
  const { admin, operator } = auth.token as { admin?: unknown; operator?: unknown };
  const allowed = who === 'user' || admin === true || (who === 'operator' && operator === true);
  if (!allowed) throw new CallError('OperatorRequiredError');
  return auth.uid;
}

/** The request, or an InvalidRequestError that names the field and quotes no value. */
function parse<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const named = issue.code === 'unrecognized_keys' ? issue.keys[0]!.slice(0, 64) : issue.path.join('.');
  const field = named || 'data';
  throw new CallError('InvalidRequestError', {
    // A schema's own sentence says what to do; the library's may quote.
    message: issue.code === 'custom' ? `${field}: ${issue.message}.` : `${field} is not allowed here.`,
    details: { field },
  });
}

function toHttpsError(name: string, error: unknown): HttpsError {
  if (error instanceof CallError) {
    logs.callRefused(name, error.code);
    return new HttpsError(CALL_ERRORS[error.code].status, error.message, error.details);
  }
  logs.callFailed(name, error);
  return new HttpsError('internal', 'Something went wrong on our side. Try again later.', {
    code: 'InternalError',
  });
}
