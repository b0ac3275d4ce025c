/**
 * The activity deliverWebhook: sends one signed request to one endpoint, if the endpoint still subscribes to the event.
 */

import { webhookBody } from '@reddyfit/shared/webhooks/deliveries';
import type { Context } from '@temporalio/activity';
import type { EndpointTurns } from './endpoint-turns.ts';
import { webhookHeaders } from './webhook-signature.ts';
import type { WebhookSender, WebhookStore } from './ports.ts';
import type { WebhookActivities } from './activities.ts';

/** The part of Temporal's activity context that an activity needs for sending. */
export type Surroundings = () => Pick<Context, 'cancellationSignal'> & {
  info: Pick<Context['info'], 'attempt'>;
};

export function createDeliverWebhook(
  webhooks: WebhookStore,
  sender: WebhookSender,
  turns: EndpointTurns,
  surroundings: Surroundings,
): WebhookActivities['deliverWebhook'] {
  return ({ endpointId, event, again, first }) => {
    const { cancellationSignal, info } = surroundings();
    return turns.take(endpointId, info.attempt, async () => {
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
    });
  };
}
