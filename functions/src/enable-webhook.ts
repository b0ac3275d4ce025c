/** Callable for administrators: a webhook endpoint gets events again, from now on. */

import { webhookRequest, type WebhookStateResponse } from '@reddyfit/shared/webhook-callables';
import { callable } from './callable.ts';
import { firestore } from './firestore.ts';
import { logs } from './logs.ts';
import { WEBHOOK_ADMIN } from './webhook-admin.ts';
import { switchEndpoint } from './webhook-endpoints.ts';

/** `{endpointId}` → `{endpointId, state}`. Errors: WebhookNotFoundError, and those of every callable. */
export const enableWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'enableWebhook',
  request: webhookRequest,
  handle: async ({ request: { endpointId }, now }): Promise<WebhookStateResponse> => {
    await switchEndpoint(firestore(), endpointId, 'enabled', now);
    logs.webhookChanged(endpointId, 'enabled');
    return { endpointId, state: 'enabled' };
  },
});
