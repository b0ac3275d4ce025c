/** Delivers again what was delivered, or given up. */

import { paths } from '@reddyfit/shared/names/paths';
import type { RedeliverWebhookResponse } from '@reddyfit/shared/webhooks/callables';
import type { WebhookEvent } from '@reddyfit/shared/webhooks/deliveries';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { CallError } from '../platform/call-error.ts';
import { type Deliveries, enabledEndpoint, startDeliveries } from './deliveries.ts';
import { deliveriesOfScan } from './list-deliveries.ts';

/** How many dead letters one call delivers again. */
export const REDELIVERED_AT_ONCE = 500;

/**
 * Delivers the event `eventId`, whose delivery has ended, again; without `eventId` the dead letters. `broken` are the ids of
 * deliveries whose event cannot be read any more, and which can never be delivered. Throws WebhookNotFoundError,
 * WebhookDisabledError, DeliveryNotFoundError. Throws also when Temporal does not answer: a second call then takes up the
 * deliveries that have ended by then.
 */
export async function redeliver(
  db: Firestore,
  deliveries: Deliveries,
  endpointId: string,
  eventId?: string,
): Promise<RedeliverWebhookResponse> {
  await enabledEndpoint(db, endpointId);
  const records = eventId
    ? [await endedDelivery(db, endpointId, eventId)]
    : await deadLetters(db, endpointId, REDELIVERED_AT_ONCE + 1);
  const taken = records.slice(0, REDELIVERED_AT_ONCE);
  const inputs = taken.flatMap(({ event }) => (event ? [{ endpointId, event, again: true }] : []));
  await startDeliveries(deliveries, inputs);
  return {
    eventIds: inputs.map(({ event }) => event.id),
    broken: taken.flatMap(({ id, event }) => (event ? [] : [id])),
    more: records.length > taken.length,
  };
}

/** A delivery to be made again; `event` is absent when it cannot be read. */
interface Ended {
  id: string;
  event?: WebhookEvent;
}

const endedOf = (doc: DocumentSnapshot): Ended => {
  const event = doc.get('event') as Partial<WebhookEvent> | undefined;
  const isReadable = event?.id === doc.id && typeof event.type === 'string';
  return { id: doc.id, ...(isReadable && { event: event as WebhookEvent }) };
};

async function endedDelivery(db: Firestore, endpointId: string, eventId: string): Promise<Ended> {
  const [scanId = ''] = eventId.split(':', 1);
  const [own, ofScan] = await db.getAll(
    db.doc(paths.webhookDelivery(endpointId, eventId)),
    db.doc(paths.scanDeliveries(endpointId, scanId)),
  );
  const taken = ofScan!.exists ? deliveriesOfScan(ofScan!.data()!).deliveries : [];
  const event = own!.exists
    ? own!.get('state') !== 'pending' && endedOf(own!).event
    : taken.find((delivery) => delivery.event.id === eventId)?.event;
  if (!event) throw new CallError('DeliveryNotFoundError');
  return { id: eventId, event };
}

async function deadLetters(db: Firestore, endpointId: string, limit: number): Promise<Ended[]> {
  const { docs } = await db
    .collection(paths.webhookDeliveries(endpointId))
    .where('state', '==', 'dead')
    .orderBy('updatedAt')
    .limit(limit)
    .get();
  return docs.map(endedOf);
}
