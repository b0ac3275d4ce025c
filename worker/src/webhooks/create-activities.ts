/** The activities of webhook deliveries, made from the ports they need. */

import { Context } from '@temporalio/activity';
import type { WebhookSender, WebhookStore } from './ports.ts';
import { createDeliverWebhook } from './deliver-webhook.ts';
import { createRecordDelivery } from './record-delivery.ts';
import type { WebhookActivities } from './activities.ts';

export interface WebhookDependencies {
  webhooks: WebhookStore;
  sender: WebhookSender;
}

/** Activities over these dependencies, one property per activity type. */
export function createWebhookActivities({ webhooks, sender }: WebhookDependencies): WebhookActivities {
  return {
    deliverWebhook: createDeliverWebhook(webhooks, sender, () => Context.current()),
    recordDelivery: createRecordDelivery(webhooks),
  };
}
