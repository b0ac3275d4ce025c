/** The activity deliverScanEvents: sends events of a scan to one endpoint, one signed request after another. */

import { TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import { webhookBody } from '@reddyfit/shared/webhooks/deliveries';
import type { Surroundings } from './deliver-webhook.ts';
import type { EndpointTurns } from './endpoint-turns.ts';
import { webhookHeaders } from './webhook-signature.ts';
import { isTaken, type WebhookSender, type WebhookStore } from './ports.ts';
import type { ScanEventSent, WebhookActivities } from './activities.ts';

/**
 * No further request begins once the earlier ones have taken this long (ms). One more request of up to 15 s then still
 * fits into the activity's 40 s.
 */
const LONGEST_MS = 15_000;

export function createDeliverScanEvents(
  webhooks: WebhookStore,
  sender: WebhookSender,
  turns: EndpointTurns,
  surroundings: Surroundings,
): WebhookActivities['deliverScanEvents'] {
  return ({ endpointId, scanId, events, first }) => {
    const { cancellationSignal, info } = surroundings();
    return turns.take(endpointId, info.attempt, async () => {
      const begun = Date.now();
      const [endpoint, recorded] = await Promise.all([
        webhooks.subscriber(endpointId, new Date()),
        first ? webhooks.recorded(endpointId, scanId) : null,
      ]);
      if (!endpoint) return { outcome: 'ended' };
      if (!endpoint.enabled) return { outcome: 'disabled', recorded };

      const sent: ScanEventSent[] = [];
      for (const event of events) {
        const body = webhookBody(event);
        if (body === null || !endpoint.events.includes(event.type) || recorded?.includes(event.id)) {
          sent.push({ skipped: true });
          continue;
        }
        const now = new Date();
        if (now.getTime() - begun >= LONGEST_MS) break;
        const headers = webhookHeaders(event.id, body, endpoint.secrets, now, endpoint.contentType);
        // oxlint-disable-next-line no-await-in-loop -- in order
        const answer = await sender.send(endpoint.url, { headers, body }, cancellationSignal);
        sent.push({ at: now.toISOString(), answer });
        if (!isTaken(answer)) break;
      }
      return {
        outcome: 'answered',
        sent,
        failing: endpoint.failing,
        awaitsEnd: TERMINAL_STATUSES.every((status) => endpoint.events.includes(`scan.${status}`)),
        recorded,
      };
    });
  };
}
