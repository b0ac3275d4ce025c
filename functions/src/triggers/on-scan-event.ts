/**
 * Trigger: hands each event of a scan to the webhook endpoints that subscribe to it, to one workflow for each endpoint and
 * scan.
 */

import { scanEvent, type ScanEvent } from '@reddyfit/shared/scan/events';
import { SCAN_EVENTS_TOPIC } from '@reddyfit/shared/names/ids';
import { webhookBody } from '@reddyfit/shared/webhooks/deliveries';
import { type Message, onMessagePublished } from 'firebase-functions/v2/pubsub';
import { config } from '../platform/config.ts';
import { logs } from '../platform/logs.ts';
import { SCAN_ID_ATTRIBUTE } from '@reddyfit/shared/temporal/traces';
import { temporal } from '../platform/temporal.ts';
import { annotate, traced } from '../platform/tracing.ts';
import { deliverToAll } from '../webhooks/deliveries.ts';
import { subscribersTo } from '../webhooks/subscriptions.ts';

/**
 * Hands over an event as often as its message comes; the workflow knows which events it has had. So a message may come twice,
 * late or out of order, and the function may die halfway. Throws when a workflow could not be reached, so that the message
 * comes again. A message that cannot be read is dropped with a line in the log.
 */
export const onScanEvent = onMessagePublished(
  { topic: SCAN_EVENTS_TOPIC, retry: true, timeoutSeconds: 120, memory: '512MiB' },
  async ({ data: { message } }) => {
    const { traceparent: parent } = message.attributes;
    await traced('onScanEvent', { kind: 'consumer', parent }, () => deliver(message));
  },
);

async function deliver(message: Message<unknown>): Promise<void> {
  temporal().warm();
  const event = readEvent(message);
  if (event) annotate({ [SCAN_ID_ATTRIBUTE]: event.subject });
  if (!event) return logs.eventDropped(message.messageId, 'not a scan event');
  if (webhookBody(event) === null) return logs.eventDropped(message.messageId, 'too large');

  const endpointIds = await subscribersTo(event.type);
  if (endpointIds.length === 0) return;
  const { taskQueue } = config().temporal;
  try {
    await deliverToAll({ temporal: temporal(), taskQueue }, event, endpointIds);
  } catch (error) {
    logs.webhooksNotStarted(event.id, error);
    throw error;
  }
  logs.webhooksStarted(event.id, endpointIds.length);
}

/** The event, or null for a message that is not a scan event. */
function readEvent(message: Message<unknown>): ScanEvent | null {
  try {
    return scanEvent.safeParse(message.json).data ?? null;
  } catch {
    return null; // Not JSON.
  }
}
