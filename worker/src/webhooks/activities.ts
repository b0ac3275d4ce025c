/** The activities of webhook deliveries, as the workflow calls them. */

import type { WebhookAnswer, WebhookDeliveryInput } from '@reddyfit/shared/webhooks/deliveries';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import type { DeliveryRecord, ScanDeliveriesRecord } from './ports.ts';

/** One event to one endpoint. `first` is true for the first request of its workflow. */
export type WebhookRequest = WebhookDeliveryInput & { first: boolean };

/**
 * - `answered`: a request was sent, or was refused before it was sent. `at` (ISO 8601) is when it began; `failing` says
 *   whether the endpoint's last requests had failed.
 * - `disabled`: the endpoint gets no deliveries now.
 * - `ended`: there is nothing to do, because the delivery had ended before, the endpoint is gone, it does not subscribe
 *   to this event, or the event's body is too large.
 */
export type WebhookOutcome =
  | { outcome: 'answered'; at: string; answer: WebhookAnswer; failing?: boolean }
  | { outcome: 'disabled' }
  | { outcome: 'ended' };

/**
 * Events of one scan to one endpoint, in the order in which they must be sent. `first` is true for the first request of
 * their workflow.
 */
export interface ScanEventsRequest {
  endpointId: string;
  scanId: string;
  events: ScanEvent[];
  first: boolean;
}

/**
 * The outcome of one event. `skipped`: the endpoint does not subscribe to it, its body is too large, or an earlier
 * workflow delivered it or handed it over.
 */
export type ScanEventSent = { at: string; answer: WebhookAnswer } | { skipped: true };

/**
 * - `answered`: `sent` has one entry for each event of the request, in order. It ends with the first event that the
 *   endpoint did not take, or when 15 s have passed; the events after that were not sent. `awaitsEnd` says whether the
 *   endpoint subscribes to every end of a scan. `recorded` has the ids of the events that earlier workflows delivered
 *   or handed over. It is null when there is no such record, and when the request is not its workflow's first.
 * - `disabled`: the endpoint gets no deliveries now. `recorded` is as above.
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
   * Signs and sends events one after another, each once, until the endpoint does not take one or 15 s have passed. Key:
   * each event's id, as `webhook-id`; a second call sends the events again, and receivers recognize a repeat by the id.
   * That also happens after a worker stopped between two of the requests. Unless it is canceled, throws only before
   * anything was sent, as deliverWebhook does.
   */
  deliverScanEvents(input: ScanEventsRequest): Promise<ScanEventsOutcome>;
  /** Records which events of a scan an endpoint has taken. Key: each attempt's `key`; a second call adds nothing. */
  recordScanDeliveries(input: ScanDeliveriesRecord): Promise<void>;
  /**
   * Signs and sends a webhook, once. Key: the event's id, as `webhook-id`; a second call sends the webhook again, and
   * receivers recognize the repeat by the id. Unless it is canceled, throws only before anything was sent:
   * EndpointBusyError when too many requests to the endpoint are under way.
   */
  deliverWebhook(input: WebhookRequest): Promise<WebhookOutcome>;
  /**
   * Records the state of a delivery and what the attempt says about the endpoint, and alerts the operator when the
   * attempt disabled the endpoint. Key: `attempt.key`; a second call records nothing new.
   */
  recordDelivery(input: DeliveryRecord): Promise<void>;
}
