/** deliverWebhook: one signed request to one endpoint, if it still asks for it. */

import { webhookBody } from '@reddyfit/shared/webhooks/endpoints';
import { ApplicationFailure, type Context } from '@temporalio/activity';
import { webhookHeaders } from './webhook-signature.ts';
import type { WebhookSender, WebhookStore } from './ports.ts';
import type { WebhookActivities } from './activities.ts';

/** Requests to one endpoint under way at once, per worker: one that hangs holds no more than these. */
export const MAX_AT_ONCE = 10;

/** An endpoint with as many is asked again after 1 to 2 s, then later, up to this (s). */
const LONGEST_BUSY_WAIT_SECONDS = 30;

/** What the activity asks of its surroundings. */
type Surroundings = () => Pick<Context, 'cancellationSignal'> & { info: Pick<Context['info'], 'attempt'> };

export function createDeliverWebhook(
  webhooks: WebhookStore,
  sender: WebhookSender,
  surroundings: Surroundings,
): WebhookActivities['deliverWebhook'] {
  const underWay = new Map<string, number>();

  return async ({ endpointId, event, again, first }) => {
    const { cancellationSignal, info } = surroundings();
    const count = underWay.get(endpointId) ?? 0;
    if (count >= MAX_AT_ONCE) throw busy(info.attempt);
    underWay.set(endpointId, count + 1);
    try {
      const now = new Date();
      const recipient = await webhooks.recipient(endpointId, event.id, now);
      const body = webhookBody(event);
      if (!recipient || body === null) return { outcome: 'ended' };
      if (first && !again && (recipient.delivery === 'delivered' || recipient.delivery === 'dead')) {
        return { outcome: 'ended' };
      }
      if (event.type !== 'webhook.test' && !recipient.events.includes(event.type))
        return { outcome: 'ended' };
      if (!recipient.enabled) return { outcome: 'disabled' };

      const headers = webhookHeaders(event.id, body, recipient.secrets, now, recipient.contentType);
      const answer = await sender.send(recipient.url, { headers, body }, cancellationSignal);
      return { outcome: 'answered', at: now.toISOString(), answer, failing: recipient.failing };
    } finally {
      const left = underWay.get(endpointId)! - 1;
      if (left === 0) underWay.delete(endpointId);
      else underWay.set(endpointId, left);
    }
  };
}

/** Temporal asks again after a while; others have the worker until then. */
function busy(attempt: number): ApplicationFailure {
  const seconds = Math.min(LONGEST_BUSY_WAIT_SECONDS, 2 * attempt) * (0.5 + Math.random() / 2);
  return ApplicationFailure.create({
    type: 'EndpointBusyError',
    message: 'Enough requests to this endpoint are under way.',
    nextRetryDelay: Math.round(seconds * 1000),
  });
}
