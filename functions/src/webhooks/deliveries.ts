/** Starts deliveries of events to webhook endpoints. */

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
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type {
  ScanWebhooksInput,
  WebhookDeliveryInput,
  WebhookEvent,
} from '@reddyfit/shared/webhooks/deliveries';
import type { WebhookEndpoint } from '@reddyfit/shared/webhooks/endpoints';
import type { Firestore } from 'firebase-admin/firestore';
import { CallError } from '../platform/call-error.ts';
import { signalOrStart, startOnce } from '../platform/start-once.ts';
import type { TemporalClient } from '../platform/temporal-client.ts';

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

/** Throws WebhookNotFoundError and WebhookDisabledError. */
export async function enabledEndpoint(db: Firestore, endpointId: string): Promise<void> {
  const endpoint = (await db.doc(paths.webhookEndpoint(endpointId)).get()).data() as
    | WebhookEndpoint
    | undefined;
  if (!endpoint) throw new CallError('WebhookNotFoundError');
  if (endpoint.state === 'disabled') throw new CallError('WebhookDisabledError');
}
