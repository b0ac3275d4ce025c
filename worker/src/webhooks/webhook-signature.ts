/** Signs webhooks by Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`. */

import { type WebhookContentType } from '@reddyfit/shared/webhooks/endpoints';
import { Webhook } from 'standardwebhooks';

/**
 * The headers of one attempt at `now`, with one signature for each secret. `id` is the event's id. The signed text is
 * unambiguous: no scan id contains a full stop, so the only full stops in `id` are those of the event's type.
 */
export function webhookHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  now: Date,
  contentType: WebhookContentType,
): Record<string, string> {
  return {
    'content-type': `${contentType}; charset=utf-8`,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}
