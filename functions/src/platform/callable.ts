/** What every callable checks before its own work: who calls, from which app, how often, and with what. */

import { setTimeout as wait } from 'node:timers/promises';
import { CALL_ERRORS } from '@reddyfit/shared/errors';
import { paths } from '@reddyfit/shared/names/paths';
import { roleOfClaim } from '@reddyfit/shared/operator/roles';
import { readerOf } from '@reddyfit/shared/words/reader';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';
import {
  type CallableFunction,
  type CallableOptions,
  type CallableRequest,
  HttpsError,
  onCall,
} from 'firebase-functions/v2/https';
import type { z } from 'zod';
import { claimsSince } from '../accounts/sign-ins.ts';
import { withReadableData } from './callable-body.ts';
import { CallError } from './call-error.ts';
import { config } from './config.ts';
import { firestore } from './firestore.ts';
import { logs } from './logs.ts';
import { lackOfSignIn, SIGN_IN_LACKS } from './operator-sign-in.ts';
import { limitRate, type Rate } from './rate-limit.ts';
import { isDocumentId } from '../scans/admission/scan-request.ts';
import { traced } from './tracing.ts';
import { isUnavailable } from './unavailable.ts';
import { valueAt } from './value-at.ts';

interface Definition<Schema extends z.ZodType, Response> {
  /** The callable's name, which also names its rate limit. */
  name: string;
  /** Who may call: any user, those with the custom claim `admin` or the role of an operator, or those with `admin` alone. */
  for: 'user' | 'operator' | 'admin';
  request: Schema;
  rate: Rate;
  options: CallableOptions;
  handle(call: { uid: string; request: z.output<Schema>; now: Date }): Promise<Response>;
}

/**
 * A callable. It refuses a call without a user, without App Check where that is enforced, beyond the rate, or with input that
 * the schema does not take. A refusal is an `HttpsError` whose `details.code` is a name of CALL_ERRORS. When a server does not
 * answer or is too busy, the refusal is an UnavailableError: every callable may be repeated. Any unforeseen error is
 * `internal`.
 */
export function callable<Schema extends z.ZodType, Response>(
  definition: Definition<Schema, Response>,
): CallableFunction<unknown, Promise<Response>> {
  const { name, options, handle } = definition;
  const answer = async (call: CallableRequest): Promise<Response> => {
    try {
      const uid = await callerOf(call, definition.for);
      const now = new Date();
      const rate = await limitRate(uid, name, definition.rate, now);
      if (!rate.allowed) {
        const { retryAfterSeconds } = rate;
        throw new CallError('RateLimitedError', { details: { retryAfterSeconds } });
      }
      return await handle({ uid, request: parse(definition.request, call.data), now });
    } catch (error) {
      throw toHttpsError(name, error, await speakerOf(call));
    }
  };
  const called = onCall<unknown, Promise<Response>>(options, (call) =>
    traced(name, { kind: 'server', parent: call.rawRequest?.headers['traceparent'] }, () => answer(call)),
  );
  return withReadableData(name, called);
}

/** False where there is no uid: an emulator takes a bearer token that is no token at all for one without claims. */
const isUser = (uid: unknown) => typeof uid === 'string' && isDocumentId(uid);

type Who = Definition<z.ZodType, unknown>['for'];

/** Whether custom claims let their owner call. */
const mayCall = (who: Who, claims: Readonly<Record<string, unknown>>): boolean =>
  who === 'user' ||
  claims['admin'] === true ||
  (who === 'operator' && roleOfClaim(claims['operator']) === 'operator');

async function callerOf({ auth, app }: CallableRequest, who: Who): Promise<string> {
  // This is checked here and not by onCall's option, which is read while the functions are listed for deployment.
  if (!app && config().enforceAppCheck) throw new CallError('AppCheckError');
  // A uid that cannot name a document belongs to no user, and as part of a path it could lead to another document.
  if (!auth || !isUser(auth.uid)) throw new CallError('SignInRequiredError');
  if (!mayCall(who, auth.token)) throw new CallError('OperatorRequiredError');
  if (who !== 'user') await refuseFormer(who, auth);
  return auth.uid;
}

/**
 * Asks whether an operator or an administrator still is one: an ID token holds for an hour, also after its owner has lost the
 * role or was signed out. A session that only a role lets call keeps the rules of the operator's desk.
 */
async function refuseFormer(who: Who, { uid, token }: NonNullable<CallableRequest['auth']>): Promise<void> {
  const claims = await claimsSince(uid, token.auth_time);
  if (!claims) throw new CallError('SignInRequiredError');
  if (!mayCall(who, claims)) throw new CallError('OperatorRequiredError');
  if (token['admin'] === true && claims['admin'] === true) return;
  const lack = lackOfSignIn(token);
  if (lack) {
    const code = lack === 'sign-in-too-old' ? 'SignInRequiredError' : 'OperatorRequiredError';
    throw new CallError(code, { forOperator: SIGN_IN_LACKS[lack] });
  }
}

/** The parsed request. Throws InvalidRequestError, which names the field and quotes no value. */
function parse<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? [issue.keys[0]!.slice(0, 64)] : [];
  const field = [...issue.path, ...unknown].join('.') || 'data';
  // The sentence of a custom issue is the schema's own and says what to do. A sentence of the library may quote the value.
  if (issue.code === 'custom') {
    const params = { field, reason: issue.message };
    throw new CallError('InvalidRequestError.reason', { params, details: { field } });
  }
  const code = `InvalidRequestError.${faultOf(issue, data)}` as const;
  throw new CallError(code, { params: { field }, details: { field } });
}

/** Whether the contract has no such field, the request lacks it, or its value is none that may stand there. */
function faultOf(issue: z.core.$ZodIssue, data: unknown): 'unknown' | 'missing' | 'field' {
  if (issue.code === 'unrecognized_keys') return 'unknown';
  return valueAt(data ?? {}, issue.path) === undefined ? 'missing' : 'field';
}

/** How long a refusal waits to learn the caller's language (ms): the database may be the server that does not answer. */
const PROFILE_DEADLINE_MS = 1000;

/** The speaker of the caller's language. It is English when the caller is not signed in or the profile cannot be read. */
async function speakerOf({ auth }: CallableRequest): Promise<Speaker> {
  if (!auth || !isUser(auth.uid)) return speakerFor();
  try {
    const profile = firestore().doc(paths.user(auth.uid)).get();
    const known = await Promise.race([profile, wait(PROFILE_DEADLINE_MS, undefined, { ref: false })]);
    return speakerFor(readerOf(known?.data()));
  } catch {
    return speakerFor();
  }
}

function toHttpsError(name: string, thrown: unknown, speaker: Speaker): HttpsError {
  const error = isUnavailable(thrown) ? new CallError('UnavailableError', { cause: thrown }) : thrown;
  if (error instanceof CallError) {
    logs.callRefused(name, error.code);
    const { messageCode, params, message } = error.told(speaker);
    const details = { ...error.details, messageCode, params };
    return new HttpsError(CALL_ERRORS[error.code].status, message, details);
  }
  logs.callFailed(name, error);
  const { messageCode, params, message } = speaker.tell('calls', 'InternalError');
  return new HttpsError('internal', message, { code: 'InternalError', messageCode, params });
}
