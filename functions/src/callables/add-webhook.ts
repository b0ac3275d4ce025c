/** Callable for administrators: adds a webhook endpoint. */

import { addWebhookRequest, type WebhookSecretResponse } from '@reddyfit/shared/webhooks/callables';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { addEndpoint } from '../webhooks/endpoints.ts';

/**
 * `{url, events?, contentType?, description?}` → `{endpointId, secret}`. The secret is shown this once. Errors: those of
 * every callable.
 */
export const addWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'addWebhook',
  request: addWebhookRequest,
  handle: async ({ uid, request, now }): Promise<WebhookSecretResponse> => {
    const added = await addEndpoint(firestore(), request, { now, actor: operatorChain(uid) });
    logs.webhookChanged(added.endpointId, 'added');
    return added;
  },
});
