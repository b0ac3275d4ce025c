/** The activities of webhook deliveries, as the workflow calls them. */

import type { WebhookDeliveryInput } from '@reddyfit/shared/webhooks/endpoints';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { DeliveryRecord, ScanDeliveriesRecord, WebhookAnswer } from './ports.ts';

/** One event to one endpoint, and whether this is the first request of its workflow. */
export type WebhookRequest = WebhookDeliveryInput & { first: boolean };

/**
 * - `answered`: a request was made, or refused by us; `at` (ISO 8601) is when it began, and `failing` says whether the endpoint's last ones had
 *   failed.
 * - `disabled`: the endpoint gets nothing now.
 * - `ended`: there is nothing to do: the delivery has ended before, the endpoint is gone, or it does not ask for this.
 */
export type WebhookOutcome =
  | { outcome: 'answered'; at: string; answer: WebhookAnswer; failing?: boolean }
  | { outcome: 'disabled' }
  | { outcome: 'ended' };

/** Events of one scan to one endpoint, in the order in which they are to go. `first` says that their workflow has not asked before. */
export interface ScanEventsRequest {
  endpointId: string;
  scanId: string;
  events: ScanEvent[];
  first: boolean;
}

/** What became of one event: `skipped` when the endpoint does not subscribe to it, or an earlier workflow had it. */
export type ScanEventSent = { at: string; answer: WebhookAnswer } | { skipped: true };

/**
 * - `answered`: `sent` tells of the first events of the request, one for one, up to the first that the endpoint did not take;
 *   the others were not sent. `awaitsEnd` says whether the endpoint subscribes to every end of a scan. `recorded` names the
 *   events that earlier workflows had; it is null where those left no record.
 * - `disabled`: the endpoint gets nothing now; `recorded` as above.
 * - `ended`: there is no such endpoint.
 */
export type ScanEventsOutcome =
  | {
      outcome: 'answered';
      sent: ScanEventSent[];
      failing: boolean;
      awaitsEnd: boolean;
      recorded: string[] | null;
    }
  | { outcome: 'disabled'; recorded: string[] | null }
  | { outcome: 'ended' };

export interface WebhookActivities {
  /**
   * Signs and sends events one after another, each once, until the endpoint does not take one or 15 s have passed. The key is
   * each event's id, as `webhook-id`: a second call sends the events again, and receivers tell a repeat by the id. That is so
   * after a worker that stopped between two of the requests. Otherwise throws only before anything was sent, as
   * deliverWebhook does.
   */
  deliverScanEvents(input: ScanEventsRequest): Promise<ScanEventsOutcome>;
  /** Records which events of a scan an endpoint has taken. The key is that of each attempt: a second call changes nothing. */
  recordScanDeliveries(input: ScanDeliveriesRecord): Promise<void>;
  /**
   * Signs and sends a webhook, once. Key: the event's id, as `webhook-id`; again: sent again, receivers tell by the id. Throws
   * only before anything was sent; EndpointBusyError when so many requests to the endpoint are under way that it must wait.
   */
  deliverWebhook(input: WebhookRequest): Promise<WebhookOutcome>;
  /**
   * Records how far a delivery is, and what the attempt says of the endpoint; tells the operator when that disabled it. Key:
   * `attempt.key`; again: nothing new.
   */
  recordDelivery(input: DeliveryRecord): Promise<void>;
}
