/** Callable for administrators: delivers again what has ended, one event or all dead letters of an endpoint. */

import { redeliverWebhookRequest, type RedeliverWebhookResponse } from '@reddyfit/shared/webhook-callables';
import { callable } from './callable.ts';
import { firestore } from './firestore.ts';
import { orUnavailable } from './temporal.ts';
import { deliveries, WEBHOOK_ADMIN } from './webhook-admin.ts';
import { redeliver } from './webhook-deliveries.ts';

/**
 * `{endpointId, eventId?}` → `{eventIds, more}`. Errors: WebhookNotFoundError, WebhookDisabledError, DeliveryNotFoundError,
 * UnavailableError, and those of every callable.
 */
export const redeliverWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'redeliverWebhook',
  request: redeliverWebhookRequest,
  handle: ({ request: { endpointId, eventId } }): Promise<RedeliverWebhookResponse> =>
    orUnavailable(redeliver(firestore(), deliveries(), endpointId, eventId)),
});
