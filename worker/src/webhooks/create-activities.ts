/** The activities of webhook deliveries, made from the ports they need. */

import { Context } from '@temporalio/activity';
import type { WebhookSender, WebhookStore } from './ports.ts';
import { createDeliverScanEvents } from './deliver-scan-events.ts';
import { createDeliverWebhook } from './deliver-webhook.ts';
import { endpointTurns } from './endpoint-turns.ts';
import { createRecordDelivery, createRecordScanDeliveries } from './record-delivery.ts';
import type { WebhookActivities } from './activities.ts';

export interface WebhookDependencies {
  webhooks: WebhookStore;
  sender: WebhookSender;
}

/** Activities over these dependencies, one property per activity type. */
export function createWebhookActivities({ webhooks, sender }: WebhookDependencies): WebhookActivities {
  const turns = endpointTurns();
  const surroundings = () => Context.current();
  return {
    deliverScanEvents: createDeliverScanEvents(webhooks, sender, turns, surroundings),
    recordScanDeliveries: createRecordScanDeliveries(webhooks),
    deliverWebhook: createDeliverWebhook(webhooks, sender, turns, surroundings),
    recordDelivery: createRecordDelivery(webhooks),
  };
}
