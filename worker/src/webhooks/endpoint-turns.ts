/** How many requests to one endpoint a worker makes at once: one that hangs holds no more of it than these. */

import { ApplicationFailure } from '@temporalio/activity';

/** Requests to one endpoint under way at once, per worker. */
export const MAX_AT_ONCE = 10;

/** An endpoint with as many is asked again after 1 to 2 s, then later, up to this (s). */
const LONGEST_BUSY_WAIT_SECONDS = 30;

export interface EndpointTurns {
  /** Runs `work` in one of the endpoint's places. EndpointBusyError, for Temporal to ask again, when all are taken. */
  take<Result>(endpointId: string, attempt: number, work: () => Promise<Result>): Promise<Result>;
}

/** Places for the requests of one worker. */
export function endpointTurns(): EndpointTurns {
  const underWay = new Map<string, number>();
  return {
    async take(endpointId, attempt, work) {
      const count = underWay.get(endpointId) ?? 0;
      if (count >= MAX_AT_ONCE) throw busy(attempt);
      underWay.set(endpointId, count + 1);
      try {
        return await work();
      } finally {
        const left = underWay.get(endpointId)! - 1;
        if (left === 0) underWay.delete(endpointId);
        else underWay.set(endpointId, left);
      }
    },
  };
}

/** Temporal asks again after a while; others have the worker until then. */
function busy(attempt: number): ApplicationFailure {
  const seconds = Math.min(LONGEST_BUSY_WAIT_SECONDS, 2 * attempt) * (0.5 + Math.random() / 2);
  return ApplicationFailure.create({
    type: 'EndpointBusyError',
    message: 'Enough requests to this endpoint are under way.',
    nextRetryDelay: Math.round(seconds * 1000),
  });
}
