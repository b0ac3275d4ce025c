/** Callable for administrators: gives a webhook endpoint a new secret; the old one signs beside it for 24 hours. */

import { webhookRequest, type WebhookSecretResponse } from '@reddyfit/shared/webhook-callables';
import { callable } from './callable.ts';
import { firestore } from './firestore.ts';
import { logs } from './logs.ts';
import { WEBHOOK_ADMIN } from './webhook-admin.ts';
import { rotateSecret } from './webhook-endpoints.ts';

/** `{endpointId}` → `{endpointId, secret}`, the secret for this once. Errors: WebhookNotFoundError, and those of every callable. */
export const rotateWebhookSecret = callable({
  ...WEBHOOK_ADMIN,
  name: 'rotateWebhookSecret',
  request: webhookRequest,
  handle: async ({ request: { endpointId }, now }): Promise<WebhookSecretResponse> => {
    const rotated = await rotateSecret(firestore(), endpointId, now);
    logs.webhookChanged(endpointId, 'secret rotated');
    return rotated;
  },
});
