/** The activities of webhook deliveries, as the workflow calls them. */

import type { WebhookDeliveryInput } from '@reddyfit/shared/webhooks/endpoints';
import type { DeliveryRecord, WebhookAnswer } from './ports.ts';

/** One event to one endpoint, and whether this is the first request of its workflow. */
export type WebhookRequest = WebhookDeliveryInput & { first: boolean };

/**
 * - `answered`: a request was made, or refused by us; `at` (ISO 8601) is when it began, and `failing` says whether the endpoint's last ones had
 *   failed.
 * - `disabled`: the endpoint gets nothing now.
 * - `ended`: there is nothing to do: the delivery has ended before, the endpoint is gone, or it does not ask for this.
 */
export type WebhookOutcome =
  | { outcome: 'answered'; at: string; answer: WebhookAnswer; failing?: boolean }
  | { outcome: 'disabled' }
  | { outcome: 'ended' };

export interface WebhookActivities {
  /**
   * Signs and sends a webhook, once. Key: the event's id, as `webhook-id`; again: sent again, receivers tell by the id. Throws
   * only before anything was sent; EndpointBusyError when so many requests to the endpoint are under way that it must wait.
   */
  deliverWebhook(input: WebhookRequest): Promise<WebhookOutcome>;
  /**
   * Records how far a delivery is, and what the attempt says of the endpoint; tells the operator when that disabled it. Key:
   * `attempt.key`; again: nothing new.
   */
  recordDelivery(input: DeliveryRecord): Promise<void>;
}
