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
import { enabledEndpoint } from '../webhooks/deliveries.ts';
import { REDELIVERED_AT_ONCE, redeliver } from '../webhooks/redeliver.ts';
import { actKey, doneBefore, recordAct, recordDone } from './record-view.ts';

/**
 * Starts the deliveries, or tells how many there are (`dryRun`). A delivery that is under way is left to its workflow. Key: `actId`; a
 * second call answers with the outcome of the first and starts nothing more. One that was cut off is done again from its
 * beginning. Throws WebhookNotFoundError, WebhookDisabledError and, unless it is a dry run, UnavailableError.
 */
export async function redeliverDead(
  db: Firestore,
  endpointId: string,
  operator: string,
  { dryRun, actId, reason, reference }: RedeliverAct,
  now: Date,
): Promise<RedeliverDone> {
  if (dryRun) {
    await enabledEndpoint(db, endpointId);
    const dead = db.collection(paths.webhookDeliveries(endpointId)).where('state', '==', 'dead');
    const { count } = (await dead.count().get()).data();
    return {
      dryRun,
      deliveries: Math.min(count, REDELIVERED_AT_ONCE),
      broken: [],
      more: count > REDELIVERED_AT_ONCE,
    };
  }
  const [chain, what] = [operatorChain(operator), { act: 'redeliver_dead', endpointId }];
  const detail = { ...what, reason, reference };
  await recordAct(db, chain, { operator, actId, detail, now });
  const key = actKey(actId, detail);
  const before = await doneBefore(db, chain, key);
  if (before) {
    const unread = String(before.detail['broken']);
    return {
      dryRun,
      deliveries: Number(before.detail['deliveries']),
      broken: unread === '' ? [] : unread.split(' '),
      more: before.detail['more'] === true,
      before: before.at,
    };
  }
  const { eventIds, broken, more } = await orUnavailable(redeliver(db, deliveries(), endpointId));
  const done = { ...what, deliveries: eventIds.length, broken: broken.join(' '), more };
  await recordDone(db, chain, { operator, key, detail: done, now });
  return { dryRun, deliveries: eventIds.length, broken, more };
}
