/** Callable for administrators: sends a webhook endpoint a test event, which is about no scan. */

import { type TestWebhookResponse, webhookRequest } from '@reddyfit/shared/webhooks/callables';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { orUnavailable } from '../platform/temporal.ts';
import { deliveries, WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { testEndpoint } from '../webhooks/deliveries.ts';

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
