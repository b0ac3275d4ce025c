/** Traces requests to webhook endpoints and counts them by outcome. */

import { context, propagation, SpanKind } from '@opentelemetry/api';
import type { WebhookAnswer } from '@reddyfit/shared/webhooks/deliveries';
import { isTaken, type WebhookSender } from './ports.ts';
import { inSpan } from '../platform/telemetry/in-span.ts';
import type { Measure } from '../platform/telemetry/meters.ts';
import type { WebhookAttemptOutcome } from '../platform/telemetry/metrics.ts';

/**
 * `sender`, with each request counted once it has ended, with or without an answer. A traced request carries
 * `traceparent` (W3C Trace Context).
 */
export function observedWebhooks(sender: WebhookSender, measure: Measure): WebhookSender {
  return {
    send: (url, message, signal) =>
      inSpan(
        'POST webhook',
        { kind: SpanKind.CLIENT, attributes: { 'http.request.method': 'POST' } },
        async (span) => {
          const headers = { ...message.headers };
          propagation.inject(context.active(), headers);
          const answer = await sender.send(url, { ...message, headers }, signal);
          if (answer.status !== null) span.setAttribute('http.response.status_code', answer.status);
          if (answer.error !== null) span.setAttribute('error.type', answer.error);
          measure('webhookAttempts', 1, { outcome: outcomeOf(answer) });
          return answer;
        },
      ),
  };
}

function outcomeOf(answer: WebhookAnswer): WebhookAttemptOutcome {
  if (answer.status === null) return 'unreachable';
  if (answer.status === 410) return 'gone';
  return isTaken(answer) ? 'delivered' : 'refused';
}
