/** Callable for administrators: delivers one event whose delivery has ended, or all dead letters of an endpoint, again. */

import { redeliverWebhookRequest, type RedeliverWebhookResponse } from '@reddyfit/shared/webhooks/callables';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { orUnavailable } from '../platform/temporal.ts';
import { deliveries, WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { redeliver } from '../webhooks/redeliver.ts';

/**
 * `{endpointId, eventId?}` → `{eventIds, broken, more}`. Errors: WebhookNotFoundError, WebhookDisabledError, DeliveryNotFoundError,
 * UnavailableError, and those of every callable.
 */
export const redeliverWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'redeliverWebhook',
  request: redeliverWebhookRequest,
  handle: ({ request: { endpointId, eventId } }): Promise<RedeliverWebhookResponse> =>
    orUnavailable(redeliver(firestore(), deliveries(), endpointId, eventId)),
});
