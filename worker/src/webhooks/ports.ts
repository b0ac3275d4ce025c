/** Webhook endpoints, their receivers and deliveries. The adapters are in this folder. */

import type {
  DeadReason,
  DeliveryState,
  WebhookAnswer,
  WebhookEvent,
} from '@reddyfit/shared/webhooks/deliveries';
import type { DisabledReason, WebhookContentType } from '@reddyfit/shared/webhooks/endpoints';
import type { ScanEvent } from '@reddyfit/shared/scan/events';

/** True when the receiver accepted the request: a status from 200 to 299. */
export function isTaken({ status }: Pick<WebhookAnswer, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** A request as it is recorded. `key` names it: a second record of it adds nothing. */
export type Attempt = Omit<WebhookAnswer, 'retryAfterMs'> & { key: string; at: string };

/** The record of the request that began at `at` (ISO 8601) and was answered so. */
export function attemptOf(key: string, { at, answer }: { at: string; answer: WebhookAnswer }): Attempt {
  const { status, error, ms, answer: text } = answer;
  return { key, at, status, error, ms, answer: text };
}

/** Sends requests to servers of third parties. */
export interface WebhookSender {
  /** Makes one request. A failure is reported in the answer; throws only when the signal cancels the request. */
  send(
    url: string,
    message: { headers: Record<string, string>; body: string },
    signal: AbortSignal,
  ): Promise<WebhookAnswer>;
}

/** An endpoint as its deliveries need it. */
export interface WebhookRecipient {
  url: string;
  events: readonly string[];
  contentType: WebhookContentType;
  enabled: boolean;
  /** All secrets that sign now, newest first. */
  secrets: readonly string[];
  /** Whether the endpoint's last requests have failed. */
  failing: boolean;
  /** The state of the delivery of the event in question; null when there is no delivery yet. */
  delivery: DeliveryState | null;
}

/** What is recorded about a delivery. Times are ISO 8601. */
export interface DeliveryRecord {
  endpointId: string;
  event: WebhookEvent;
  at: string;
  /** The request that was made, if one was. */
  attempt: Attempt | null;
  state: DeliveryState;
  deadReason: DeadReason | null;
  nextAttemptAt: string | null;
  /** Whether this is the delivery's first record, as far as its workflow knows. */
  first?: boolean;
  /** Whether the endpoint was failing when the attempt began; absent when that was not read. */
  failing?: boolean;
}

/** An event that an endpoint took at the first request. Times are ISO 8601. */
export interface TakenDelivery {
  event: ScanEvent;
  attempt: Attempt;
}

/** What is recorded about a scan's events to an endpoint. Times are ISO 8601. */
export interface ScanDeliveriesRecord {
  endpointId: string;
  scan: { scanId: string; userId: string };
  at: string;
  taken: readonly TakenDelivery[];
  /** Ids of the events that were not taken at the first request. */
  handedOver: readonly string[];
  /** Whether this is their first record, as far as their workflow knows. */
  first: boolean;
  /** Whether the endpoint was failing when it took the last of the events. */
  failing: boolean;
}

/** Webhook endpoints and their deliveries. */
export interface WebhookStore {
  /** The endpoint, as it was within the last three seconds; null when there is no such endpoint. */
  subscriber(endpointId: string, now: Date): Promise<Omit<WebhookRecipient, 'delivery'> | null>;
  /** Ids of the events of a scan that a record names as taken or handed over; null when there is no record. */
  recorded(endpointId: string, scanId: string): Promise<string[] | null>;
  /**
   * Records which of a scan's events were taken. Key: `attempt.key` and the ids of `handedOver`; a second call adds
   * nothing.
   */
  recordScan(record: ScanDeliveriesRecord): Promise<void>;
  /** The endpoint, and the state of its delivery of this event; null when there is no such endpoint. */
  recipient(endpointId: string, eventId: string, now: Date): Promise<WebhookRecipient | null>;
  /** Records the state of a delivery. Key: `attempt.key`; a second call adds no attempt. */
  record(record: DeliveryRecord): Promise<void>;
  /**
   * Counts an attempt made at `at` for or against its endpoint. Resolves with the reason when that attempt disabled the
   * endpoint, also on a second call, and otherwise with null.
   */
  judge(
    endpointId: string,
    outcome: 'delivered' | 'failed' | 'gone',
    at: string,
  ): Promise<DisabledReason | null>;
}
