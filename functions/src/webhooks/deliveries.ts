/** Deliveries of events to webhook endpoints: starts them, lists them, and repeats those that have ended. */

import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import {
  WEBHOOK_DELIVERY_WORKFLOW,
  webhookDeliveryWorkflowId,
  webhookTaskQueue,
} from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import type { RedeliverWebhookResponse, WebhookDeliveryView } from '@reddyfit/shared/webhooks/callables';
import type {
  DeliveryState,
  WebhookDelivery,
  WebhookDeliveryInput,
  WebhookEndpoint,
  WebhookEvent,
} from '@reddyfit/shared/webhooks/endpoints';
import type { Firestore } from 'firebase-admin/firestore';
import { CallError } from '../platform/call-error.ts';
import { startOnce } from '../platform/start-once.ts';
import type { TemporalClient } from '../platform/temporal-client.ts';

/** How many dead letters one call delivers again. */
export const REDELIVERED_AT_ONCE = 500;

/** How many workflows are started at once. */
const STARTED_AT_ONCE = 50;

/** Where the workflows of deliveries run. */
export interface Deliveries {
  temporal: TemporalClient;
  /** The scans' task queue, from which that of the deliveries is derived. */
  taskQueue: string;
}

/**
 * Starts one delivery. Without `again` it starts only if this event has had no delivery to this endpoint. Throws when Temporal
 * does not answer.
 */
export function startDelivery(
  { temporal, taskQueue }: Deliveries,
  input: WebhookDeliveryInput,
): Promise<void> {
  return startOnce(temporal, {
    type: WEBHOOK_DELIVERY_WORKFLOW,
    workflowId: webhookDeliveryWorkflowId(input.endpointId, input.event.id),
    taskQueue: webhookTaskQueue(taskQueue),
    input,
    again: input.again ? 'after it ended' : 'never',
  });
}

/**
 * Starts all deliveries, many at once. Throws the first error of a start; the deliveries after it are then left to the next
 * call.
 */
export async function startDeliveries(deliveries: Deliveries, inputs: WebhookDeliveryInput[]): Promise<void> {
  const failed: unknown[] = [];
  await pLimit(STARTED_AT_ONCE).map(inputs, async (input) => {
    if (failed.length > 0) return;
    await startDelivery(deliveries, input).catch((error: unknown) => failed.push(error));
  });
  if (failed.length > 0) throw failed[0];
}

/** Sends a test event to the endpoint and resolves with the event's id. Throws WebhookNotFoundError, WebhookDisabledError. */
export async function testEndpoint(
  db: Firestore,
  deliveries: Deliveries,
  endpointId: string,
  now: Date,
): Promise<string> {
  await enabledEndpoint(db, endpointId);
  const event: WebhookEvent = {
    specversion: '1.0',
    id: `test_${randomUUID()}`,
    source: '/webhooks',
    subject: endpointId,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    type: 'webhook.test',
    data: {},
  };
  await startDelivery(deliveries, { endpointId, event, again: false });
  return event.id;
}

/** The deliveries to an endpoint, the latest first, `limit` at most. */
export async function listDeliveries(
  db: Firestore,
  endpointId: string,
  { state, limit }: { state?: DeliveryState | undefined; limit: number },
): Promise<WebhookDeliveryView[]> {
  const all = db.collection(paths.webhookDeliveries(endpointId));
  const { docs } = await (state ? all.where('state', '==', state) : all)
    .orderBy('updatedAt', 'desc')
    .limit(limit)
    .get();
  return docs.map((doc) => {
    const { event, attempts, ...delivery } = doc.data() as WebhookDelivery;
    const shown = {
      ...delivery,
      attempts: attempts.map(({ at, status, error, ms, answer }) => ({ at, status, error, ms, answer })),
    };
    return { eventId: event.id, type: event.type, ...(withIsoTimes(shown) as object) } as WebhookDeliveryView;
  });
}

/**
 * Delivers the event `eventId`, whose delivery has ended, again; without `eventId` the dead letters. Throws
 * WebhookNotFoundError, WebhookDisabledError, DeliveryNotFoundError. Throws also when Temporal does not answer: a second call
 * then takes up the deliveries that have ended by then.
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
  const inputs = records
    .slice(0, REDELIVERED_AT_ONCE)
    .map(({ event }) => ({ endpointId, event, again: true }));
  await startDeliveries(deliveries, inputs);
  return { eventIds: inputs.map(({ event }) => event.id), more: records.length > inputs.length };
}

async function enabledEndpoint(db: Firestore, endpointId: string): Promise<void> {
  const endpoint = (await db.doc(paths.webhookEndpoint(endpointId)).get()).data() as
    | WebhookEndpoint
    | undefined;
  if (!endpoint) throw new CallError('WebhookNotFoundError');
  if (endpoint.state === 'disabled') throw new CallError('WebhookDisabledError');
}

async function endedDelivery(db: Firestore, endpointId: string, eventId: string): Promise<WebhookDelivery> {
  const found = await db.doc(paths.webhookDelivery(endpointId, eventId)).get();
  const delivery = found.data() as WebhookDelivery | undefined;
  if (!delivery || delivery.state === 'pending') throw new CallError('DeliveryNotFoundError');
  return delivery;
}

async function deadLetters(db: Firestore, endpointId: string, limit: number): Promise<WebhookDelivery[]> {
  const { docs } = await db
    .collection(paths.webhookDeliveries(endpointId))
    .where('state', '==', 'dead')
    .orderBy('updatedAt')
    .limit(limit)
    .get();
  return docs.map((doc) => doc.data() as WebhookDelivery);
}
