/** Callable for administrators: from now on a webhook endpoint gets events again. */

import { webhookRequest, type WebhookStateResponse } from '@reddyfit/shared/webhooks/callables';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { logs } from '../platform/logs.ts';
import { WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { switchEndpoint } from '../webhooks/endpoints.ts';

/** `{endpointId}` → `{endpointId, state}`. Errors: WebhookNotFoundError, and those of every callable. */
export const enableWebhook = callable({
  ...WEBHOOK_ADMIN,
  name: 'enableWebhook',
  request: webhookRequest,
  handle: async ({ uid, request: { endpointId }, now }): Promise<WebhookStateResponse> => {
    await switchEndpoint(firestore(), endpointId, 'enabled', { now, actor: operatorChain(uid) });
    logs.webhookChanged(endpointId, 'enabled');
    return { endpointId, state: 'enabled' };
  },
});
