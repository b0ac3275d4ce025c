/**
 * Callable for administrators: stops deliveries to a webhook endpoint. A delivery that waits for its next attempt becomes a
 * dead letter at that attempt.
 */

import { webhookRequest, type WebhookStateResponse } from '@reddyfit/shared/webhooks/callables';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { switchEndpoint } from '../webhooks/endpoints.ts';

/** `{endpointId}` → `{endpointId, state}`. Errors: WebhookNotFoundError, and those of every callable. */
export const disableWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'disableWebhook',
  request: webhookRequest,
  handle: async ({ uid, request: { endpointId }, now }): Promise<WebhookStateResponse> => {
    await switchEndpoint(firestore(), endpointId, 'disabled', { now, actor: operatorChain(uid) });
    logs.webhookChanged(endpointId, 'disabled');
    return { endpointId, state: 'disabled' };
  },
});
