/** Deliveries of events to webhook endpoints: starts them, lists them, and repeats those that have ended. */

import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import {
  SCAN_EVENT_SIGNAL,
  SCAN_WEBHOOKS_WORKFLOW,
  scanWebhooksWorkflowId,
  WEBHOOK_DELIVERY_WORKFLOW,
  webhookDeliveryWorkflowId,
  webhookTaskQueue,
} from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { withIsoTimes } from '@reddyfit/shared/timestamps';
import type { RedeliverWebhookResponse, WebhookDeliveryView } from '@reddyfit/shared/webhooks/callables';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import {
  deliveredEvent,
  readScanDeliveries,
  type DeliveryState,
  type ScanDeliveries,
  type ScanWebhooksInput,
  type WebhookDelivery,
  type WebhookDeliveryInput,
  type WebhookEvent,
} from '@reddyfit/shared/webhooks/deliveries';
import type { WebhookEndpoint } from '@reddyfit/shared/webhooks/endpoints';
import { UNREADABLE } from '@reddyfit/shared/operator/find';
import type { DocumentData, DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { CallError } from '../platform/call-error.ts';
import { signalOrStart, startOnce } from '../platform/start-once.ts';
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
 * Hands an event of a scan to its deliveries to each of these endpoints. Its key is the event's id: a workflow that has had
 * the event does nothing more. Throws the first error; endpoints after it are left to the next call.
 */
export async function deliverToAll(
  { temporal, taskQueue }: Deliveries,
  event: ScanEvent,
  endpointIds: readonly string[],
): Promise<void> {
  await manyAtOnce(endpointIds, (endpointId) => {
    const input: ScanWebhooksInput = { endpointId, scanId: event.subject };
    return signalOrStart(temporal, {
      type: SCAN_WEBHOOKS_WORKFLOW,
      workflowId: scanWebhooksWorkflowId(endpointId, event.subject),
      taskQueue: webhookTaskQueue(taskQueue),
      input,
      signal: SCAN_EVENT_SIGNAL,
      news: event,
    });
  });
}

/** Starts for all of them, many at once. Throws the first error; those after it are left to the next call. */
async function manyAtOnce<Item>(items: readonly Item[], start: (item: Item) => Promise<void>): Promise<void> {
  const failed: unknown[] = [];
  await pLimit(STARTED_AT_ONCE).map(items, async (item) => {
    if (failed.length > 0) return;
    await start(item).catch((error: unknown) => failed.push(error));
  });
  if (failed.length > 0) throw failed[0];
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
  await manyAtOnce(inputs, (input) => startDelivery(deliveries, input));
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
  let page = (state ? all.where('state', '==', state) : all).orderBy('updatedAt', 'desc').limit(limit);
  const found: Listed[] = [];
  // A scan's record may tell of many deliveries, or of none.
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
    const { docs } = await page.get();
    found.push(...docs.flatMap(viewsIn));
    if (found.length >= limit || docs.length < limit) break;
    page = page.startAfter(docs.at(-1)!);
  }
  const latest = found
    .toSorted((one, other) => `${other.view.updatedAt}`.localeCompare(`${one.view.updatedAt}`))
    .slice(0, limit);
  // One that was delivered again has a record of its own, which says how it stands.
  const ofScans = latest.filter(({ isOwn }) => !isOwn).map(({ view }) => view.eventId);
  const refs = ofScans.map((eventId) => db.doc(paths.webhookDelivery(endpointId, eventId)));
  const own = refs.length === 0 ? [] : await db.getAll(...refs, { fieldMask: ['state'] });
  const again = new Set(own.filter(({ exists }) => exists).map(({ id }) => id));
  return latest.filter(({ isOwn, view }) => isOwn || !again.has(view.eventId)).map(({ view }) => view);
}

/** A delivery, and whether its record is that of one alone. */
interface Listed {
  isOwn: boolean;
  view: WebhookDeliveryView;
}

/** The deliveries of a scan's record, the latest first, as records are, and whether some cannot be read. */
export function deliveriesOfScan(fields: DocumentData): { deliveries: WebhookDelivery[]; isBroken: boolean } {
  const record = fields as ScanDeliveries;
  const { deliveries: taken, isBroken } = readScanDeliveries(record);
  const deliveries = taken.toReversed().map((each): WebhookDelivery => ({
    event: deliveredEvent(record, each),
    state: 'delivered',
    deadReason: null,
    attempts: [each.attempt],
    lastStatus: each.attempt.status,
    nextAttemptAt: null,
    createdAt: each.attempt.at,
    updatedAt: each.attempt.at,
    expiresAt: record.expiresAt,
  }));
  return { deliveries, isBroken };
}

/** The deliveries that a record tells of. What somebody has broken hides no other, and is shown under the record's id. */
function viewsIn(doc: DocumentSnapshot): Listed[] {
  const fields = doc.data()!;
  const alone = { isOwn: true, view: viewOf(doc.id, fields as Partial<WebhookDelivery>) };
  if (fields['deliveries'] === undefined) return [alone];
  const { deliveries, isBroken } = deliveriesOfScan(fields);
  const listed = deliveries.map((delivery) => ({ isOwn: false, view: viewOf(delivery.event.id, delivery) }));
  return isBroken ? [...listed, alone] : listed;
}

function viewOf(eventId: string, fields: Partial<WebhookDelivery>): WebhookDeliveryView {
  const { event, attempts, state, deadReason = null, lastStatus = null, nextAttemptAt = null } = fields;
  const { createdAt, updatedAt, expiresAt } = fields;
  const shown = {
    state,
    deadReason,
    attempts: (Array.isArray(attempts) ? attempts : []).map(({ at, status, error, ms, answer }) => ({
      at,
      status,
      error,
      ms,
      answer,
    })),
    lastStatus,
    nextAttemptAt,
    createdAt,
    updatedAt,
    expiresAt,
  };
  const type = event?.type ?? UNREADABLE;
  return { eventId, type, ...(withIsoTimes(shown) as object) } as WebhookDeliveryView;
}

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

/** Throws WebhookNotFoundError and WebhookDisabledError. */
export async function enabledEndpoint(db: Firestore, endpointId: string): Promise<void> {
  const endpoint = (await db.doc(paths.webhookEndpoint(endpointId)).get()).data() as
    | WebhookEndpoint
    | undefined;
  if (!endpoint) throw new CallError('WebhookNotFoundError');
  if (endpoint.state === 'disabled') throw new CallError('WebhookDisabledError');
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
