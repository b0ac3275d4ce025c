/** Callable for administrators: nothing more goes to a webhook endpoint; what waits for its next attempt joins the dead letters then. */

import { webhookRequest, type WebhookStateResponse } from '@reddyfit/shared/webhook-callables';
import { callable } from './callable.ts';
import { firestore } from './firestore.ts';
import { logs } from './logs.ts';
import { WEBHOOK_ADMIN } from './webhook-admin.ts';
import { switchEndpoint } from './webhook-endpoints.ts';

/** `{endpointId}` → `{endpointId, state}`. Errors: WebhookNotFoundError, and those of every callable. */
export const disableWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'disableWebhook',
  request: webhookRequest,
  handle: async ({ request: { endpointId }, now }): Promise<WebhookStateResponse> => {
    await switchEndpoint(firestore(), endpointId, 'disabled', now);
    logs.webhookChanged(endpointId, 'disabled');
    return { endpointId, state: 'disabled' };
  },
});
