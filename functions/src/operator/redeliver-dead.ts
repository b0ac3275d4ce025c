/** Has the dead letters of a webhook endpoint delivered anew: who and why is in the operator's own chain first. */

import { operatorChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import type { RedeliverAct, RedeliverDone } from '@reddyfit/shared/operator/watch';
import type { Firestore } from 'firebase-admin/firestore';
import { orUnavailable } from '../platform/temporal.ts';
import { deliveries } from '../webhooks/admin.ts';
import { REDELIVERED_AT_ONCE, redeliver } from '../webhooks/deliveries.ts';
import { recordAct } from './record-view.ts';

/** Again: what has died since. A delivery that is under way is left to it. WebhookNotFoundError, WebhookDisabledError, UnavailableError. */
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
