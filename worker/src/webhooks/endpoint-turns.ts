/**
 * Limits how many requests a worker sends to one endpoint at once, so that an endpoint that hangs cannot occupy the
 * whole worker.
 */

import { ApplicationFailure } from '@temporalio/activity';

/** The most requests to one endpoint under way at once, per worker. */
export const MAX_AT_ONCE = 10;

/**
 * The longest wait (s) before an activity asks again for a place at a busy endpoint. The first wait is 1 to 2 s, and
 * later waits are longer.
 */
const LONGEST_BUSY_WAIT_SECONDS = 30;

export interface EndpointTurns {
  /**
   * Runs `work` in one of the endpoint's places. Throws EndpointBusyError, after which Temporal retries, when all
   * places are taken.
   */
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

/** The error after which Temporal retries later. Until then the worker is free for other endpoints. */
function busy(attempt: number): ApplicationFailure {
  const seconds = Math.min(LONGEST_BUSY_WAIT_SECONDS, 2 * attempt) * (0.5 + Math.random() / 2);
  return ApplicationFailure.create({
    type: 'EndpointBusyError',
    message: 'Enough requests to this endpoint are under way.',
    nextRetryDelay: Math.round(seconds * 1000),
  });
}
