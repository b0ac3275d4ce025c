/** Callable for administrators: gives a webhook endpoint a new secret. The old one also signs for 24 hours more. */

import { webhookRequest, type WebhookSecretResponse } from '@reddyfit/shared/webhooks/callables';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { rotateSecret } from '../webhooks/endpoints.ts';

/**
 * `{endpointId}` → `{endpointId, secret}`. The secret is shown this once. Errors: WebhookNotFoundError, and those of every
 * callable.
 */
export const rotateWebhookSecret = callable({
  ...WEBHOOK_ADMIN,
  name: 'rotateWebhookSecret',
  request: webhookRequest,
  handle: async ({ uid, request: { endpointId }, now }): Promise<WebhookSecretResponse> => {
    const rotated = await rotateSecret(firestore(), endpointId, { now, actor: operatorChain(uid) });
    logs.webhookChanged(endpointId, 'secret rotated');
    return rotated;
  },
});
