/** Callable for administrators: sends a webhook endpoint an event that tells of nothing. */

import { type TestWebhookResponse, webhookRequest } from '@reddyfit/shared/webhook-callables';
import { callable } from './callable.ts';
import { firestore } from './firestore.ts';
import { orUnavailable } from './temporal.ts';
import { deliveries, WEBHOOK_ADMIN } from './webhook-admin.ts';
import { testEndpoint } from './webhook-deliveries.ts';

/**
 * `{endpointId}` → `{endpointId, eventId}`; listWebhookDeliveries tells how it went. Errors: WebhookNotFoundError,
 * WebhookDisabledError, UnavailableError, and those of every callable.
 */
export const testWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'testWebhook',
  request: webhookRequest,
  handle: async ({ request: { endpointId }, now }): Promise<TestWebhookResponse> => {
    const eventId = await orUnavailable(testEndpoint(firestore(), deliveries(), endpointId, now));
    return { endpointId, eventId };
  },
});
