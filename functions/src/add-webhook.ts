/** Callable for administrators: adds a webhook endpoint. */

import { addWebhookRequest, type WebhookSecretResponse } from '@reddyfit/shared/webhook-callables';
import { callable } from './callable.ts';
import { firestore } from './firestore.ts';
import { logs } from './logs.ts';
import { WEBHOOK_ADMIN } from './webhook-admin.ts';
import { addEndpoint } from './webhook-endpoints.ts';

/** `{url, events?, description?}` → `{endpointId, secret}`, the secret for this once. Errors: those of every callable. */
export const addWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'addWebhook',
  request: addWebhookRequest,
  handle: async ({ request, now }): Promise<WebhookSecretResponse> => {
    const added = await addEndpoint(firestore(), request, now);
    logs.webhookChanged(added.endpointId, 'added');
    return added;
  },
});
