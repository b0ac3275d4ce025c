/** Callable for administrators: shows the webhook endpoints. */

import { emptyRequest } from '@reddyfit/shared/api/callables';
import type { ListWebhooksResponse } from '@reddyfit/shared/webhooks/callables';
import { callable } from '../platform/callable.ts';
import { firestore } from '../platform/firestore.ts';
import { WEBHOOK_ADMIN } from '../webhooks/admin.ts';
import { listEndpoints } from '../webhooks/endpoints.ts';

/** `{}` → `{endpoints}`, without secrets. Errors: those of every callable. */
export const listWebhooks = callable({
  ...WEBHOOK_ADMIN,
  name: 'listWebhooks',
  request: emptyRequest,
  handle: async (): Promise<ListWebhooksResponse> => ({ endpoints: await listEndpoints(firestore()) }),
});
