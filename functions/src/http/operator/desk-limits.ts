/** Limits how often one operator may use each part of the desk, which also limits what a stolen session can do. */

import { operatorChain } from '@reddyfit/shared/audit/chain';
import type { DeskLimit } from '@reddyfit/shared/operator/limits';
import { recordAudit } from '../../platform/audit-chain.ts';
import { config } from '../../platform/config.ts';
import { firestore } from '../../platform/firestore.ts';
import { logs } from '../../platform/logs.ts';
import { limitRate } from '../../platform/rate-limit.ts';
import { ApiProblem } from '../problems.ts';

const HOUR_MS = 3_600_000;

/**
 * Counts one use, or throws ApiProblem too-many-requests with Retry-After. An operator who reaches a limit is recorded
 * in their own chain, and logged, once an hour for each limit, however often they are refused. Throws what Firestore
 * throws when it is away, so that no use goes uncounted.
 */
export async function countUse(uid: string, limit: DeskLimit, now: Date): Promise<void> {
  const rate = config().desk.limits[limit];
  const decision = await limitRate(uid, `operator-${limit}`, rate, now);
  if (decision.allowed) return;
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const isFirst = await recordAudit(firestore(), operatorChain(uid), {
    key: `operator_limited:${limit}:${hour}`,
    at: now.toISOString(),
    actor: `operator:${uid}`,
    action: 'operator_limited',
    detail: { limit, max: rate.max, perSeconds: rate.perSeconds },
  })
    // The refusal stands, whatever becomes of its record.
    .catch(() => true);
  if (isFirst) logs.operatorLimited(uid, limit);
  const seconds = decision.retryAfterSeconds;
  const said = `The limit "${limit}" is ${rate.max} in ${rate.perSeconds} s for one operator. Try again in ${seconds} s.`;
  throw new ApiProblem('too-many-requests', said, { headers: { 'retry-after': `${seconds}` } });
}
