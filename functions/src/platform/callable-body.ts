/**
 * Refuses calls that would be answered with 500: data that is nested too deep, numbers that are not numbers, and text that no
 * database holds.
 */

import type { CallableFunction } from 'firebase-functions/v2/https';
import { logs } from './logs.ts';
import { isUnicode } from './unicode.ts';

/** How many levels the data of a call may have; no request of this project has more than three. */
const MOST_LEVELS = 20;

/** How the SDKs of phones send whole numbers (firebase-functions reads these two, and throws at any other `@type`). */
const LONG_TYPES = new Set<unknown>([
  'type.googleapis.com/google.protobuf.Int64Value',
  'type.googleapis.com/google.protobuf.UInt64Value',
]);

/**
 * Says what is wrong with the data of a call, as a sentence; null when it can be read. The walk does not recurse and goes no
 * deeper than MOST_LEVELS.
 */
export function dataProblem(data: unknown): string | null {
  let level: unknown[] = [data];
  for (let depth = 1; level.length > 0; depth += 1) {
    const objects = level.filter((value) => typeof value === 'object' && value !== null);
    if (objects.length === 0) return isUnicode(data) ? null : 'data has a text that is not Unicode.';
    if (depth > MOST_LEVELS) return `data is nested more than ${MOST_LEVELS} levels deep.`;
    for (const object of objects) {
      const { '@type': type, value } = object as { '@type'?: unknown; value?: unknown };
      if (!type) continue;
      if (!LONG_TYPES.has(type) || Number.isNaN(Number.parseFloat(String(value)))) {
        return 'data has an @type that is not supported.';
      }
    }
    level = objects.flatMap((object) => Object.values(object as object) as unknown[]);
  }
  return null;
}

/**
 * Wraps a callable: data that the decoder cannot read is answered with 400 and InvalidRequestError before anything else looks
 * at it.
 */
export function withReadableData<Response>(
  name: string,
  callable: CallableFunction<unknown, Promise<Response>>,
): CallableFunction<unknown, Promise<Response>> {
  const guarded: (...call: Parameters<typeof callable>) => unknown = (request, response) => {
    const { data } = (request.body ?? {}) as { data?: unknown };
    const problem = dataProblem(data);
    if (problem === null) return callable(request, response);
    logs.callRefused(name, 'InvalidRequestError');
    const details = { code: 'InvalidRequestError', field: 'data' };
    // These are the headers with which onCall answers browsers.
    response
      .status(400)
      .set({ 'access-control-allow-origin': request.headers.origin ?? '*', vary: 'Origin' })
      .json({ error: { message: problem, status: 'INVALID_ARGUMENT', details } });
    return undefined;
  };
  // The platform and the tests read these properties of a function: its trigger, its endpoint, and how to run it.
  return Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(callable)) as typeof callable;
}
