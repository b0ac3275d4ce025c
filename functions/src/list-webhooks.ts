/** Callable for administrators: shows the webhook endpoints. */

import { emptyRequest } from '@reddyfit/shared/callables';
import type { ListWebhooksResponse } from '@reddyfit/shared/webhook-callables';
import { callable } from './callable.ts';
import { firestore } from './firestore.ts';
import { WEBHOOK_ADMIN } from './webhook-admin.ts';
import { listEndpoints } from './webhook-endpoints.ts';

/** `{}` → `{endpoints}`, without secrets. Errors: those of every callable. */
export const listWebhooks = callable({
  ...WEBHOOK_ADMIN,
  name: 'listWebhooks',
  request: emptyRequest,
  handle: async (): Promise<ListWebhooksResponse> => ({ endpoints: await listEndpoints(firestore()) }),
});
