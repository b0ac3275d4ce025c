/** Requests to webhook endpoints, counted by what came of them. */

import type { WebhookAnswer, WebhookSender } from '../ports.ts';
import type { Measure } from './meters.ts';
import type { WebhookAttemptOutcome } from './metrics.ts';

/** `sender`, with each request counted once it has an answer or none. */
export function measuredWebhooks(sender: WebhookSender, measure: Measure): WebhookSender {
  return {
    async send(url, message, signal) {
      const answer = await sender.send(url, message, signal);
      measure('webhookAttempts', 1, { outcome: outcomeOf(answer) });
      return answer;
    },
  };
}

function outcomeOf({ status }: WebhookAnswer): WebhookAttemptOutcome {
  if (status === null) return 'unreachable';
  if (status === 410) return 'gone';
  return status >= 200 && status < 300 ? 'delivered' : 'refused';
}
