/**
 * Delivers the dead letters of a webhook endpoint again. The operator's own chain first records who asked for it and
 * why.
 */

import { operatorChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { RedeliverAct, RedeliverDone } from '@reddyfit/shared/operator/watch';
import type { Firestore } from 'firebase-admin/firestore';
import { orUnavailable } from '../platform/temporal.ts';
import { deliveries } from '../webhooks/admin.ts';
import { REDELIVERED_AT_ONCE, redeliver } from '../webhooks/deliveries.ts';
import { recordAct } from './record-view.ts';

/**
 * Starts the deliveries. A delivery that is under way is left to its workflow. A second call delivers what has died
 * since. Throws WebhookNotFoundError, WebhookDisabledError and UnavailableError.
 */
export async function redeliverDead(
  db: Firestore,
  endpointId: string,
  operator: string,
  { dryRun, actId, reason, reference }: RedeliverAct,
  now: Date,
): Promise<RedeliverDone> {
  if (dryRun) {
    const dead = db.collection(paths.webhookDeliveries(endpointId)).where('state', '==', 'dead');
    const { count } = (await dead.count().get()).data();
    return {
      dryRun,
      deliveries: Math.min(count, REDELIVERED_AT_ONCE),
      broken: [],
      more: count > REDELIVERED_AT_ONCE,
    };
  }
  const detail = { act: 'redeliver_dead', endpointId, reason, reference };
  await recordAct(db, operatorChain(operator), { operator, actId, detail, now });
  const { eventIds, broken, more } = await orUnavailable(redeliver(db, deliveries(), endpointId));
  return { dryRun, deliveries: eventIds.length, broken, more };
}
