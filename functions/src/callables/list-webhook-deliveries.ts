/** Callable for administrators: shows the deliveries to a webhook endpoint, with its answers. */

import {
  listWebhookDeliveriesRequest,
  type ListWebhookDeliveriesResponse,
} from '@reddyfit/shared/webhooks/callables';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { listDeliveries } from '../webhooks/list-deliveries.ts';

/** `{endpointId, state?, limit?}` → `{deliveries}`, the latest first. Errors: those of every callable. */
export const listWebhookDeliveries = callable({
  ...WEBHOOK_ADMIN,
  name: 'listWebhookDeliveries',
  request: listWebhookDeliveriesRequest,
  handle: async ({ request: { endpointId, ...filter } }): Promise<ListWebhookDeliveriesResponse> => ({
    deliveries: await listDeliveries(firestore(), endpointId, filter),
  }),
});
