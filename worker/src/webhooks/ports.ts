/** Webhook endpoints, their receivers and deliveries. The adapters are beside this. */

import type {
  DeadReason,
  DeliveryState,
  DisabledReason,
  WebhookContentType,
  WebhookError,
  WebhookEvent,
} from '@reddyfit/shared/webhooks/endpoints';
import type { ScanEvent } from '@reddyfit/shared/scan/events';

/** What a receiver said to one request. */
export interface WebhookAnswer {
  /** HTTP status, or null when `error` says why there is none. */
  status: number | null;
  error: WebhookError | null;
  /** How long it took (ms). */
  ms: number;
  /** First bytes of the answer, plain. */
  answer: string;
  /** How long the receiver wants to be left alone (ms). */
  retryAfterMs?: number;
}

/** Whether the receiver has it. */
export function isTaken({ status }: Pick<WebhookAnswer, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Requests to servers that are not ours. */
export interface WebhookSender {
  /** Makes one request. What goes wrong is in the answer; throws only when canceled by the signal. */
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
  /** All that sign now, newest first. */
  secrets: readonly string[];
  /** Whether its last requests have failed. */
  failing: boolean;
  /** How far the delivery of the event in question is; null when there is none yet. */
  delivery: DeliveryState | null;
}

/** What is written of a delivery. Times are ISO 8601. */
export interface DeliveryRecord {
  endpointId: string;
  event: WebhookEvent;
  at: string;
  /** The request that was made, if one was. */
  attempt: (Omit<WebhookAnswer, 'retryAfterMs'> & { key: string; at: string }) | null;
  state: DeliveryState;
  deadReason: DeadReason | null;
  nextAttemptAt: string | null;
  /** Whether this is the first that is written of the delivery, as far as its workflow knows. */
  first?: boolean;
  /** Whether the endpoint was failing when the attempt began; absent where nobody looked. */
  failing?: boolean;
}

/** An event that an endpoint took at the first request. Times are ISO 8601. */
export interface TakenDelivery {
  event: ScanEvent;
  attempt: Omit<WebhookAnswer, 'retryAfterMs'> & { key: string; at: string };
}

/** What is written of a scan's events to an endpoint. Times are ISO 8601. */
export interface ScanDeliveriesRecord {
  endpointId: string;
  scan: { scanId: string; userId: string };
  at: string;
  taken: readonly TakenDelivery[];
  /** Ids of the events that were not taken at the first request. */
  handedOver: readonly string[];
  /** Whether this is the first that is written of them, as far as its workflow knows. */
  first: boolean;
  /** Whether the endpoint was failing when the last of them was taken. */
  failing: boolean;
}

/** Webhook endpoints and their deliveries. */
export interface WebhookStore {
  /** The endpoint, as it was within the last three seconds; null when there is no such endpoint. */
  subscriber(endpointId: string, now: Date): Promise<Omit<WebhookRecipient, 'delivery'> | null>;
  /** Ids of the events of a scan that a record names as taken or handed over; null when there is no record. */
  recorded(endpointId: string, scanId: string): Promise<string[] | null>;
  /** Writes what was taken of a scan's events. Key: `attempt.key`, and the events' ids; again: nothing new. */
  recordScan(record: ScanDeliveriesRecord): Promise<void>;
  /** The endpoint, and how far its delivery of this event is; null when there is no such endpoint. */
  recipient(endpointId: string, eventId: string, now: Date): Promise<WebhookRecipient | null>;
  /** Writes how far a delivery is. Key: `attempt.key`; again: nothing new. */
  record(record: DeliveryRecord): Promise<void>;
  /**
   * Counts an attempt made at `at` for or against its endpoint. Resolves with the reason when that disabled it, also when
   * asked again, else with null.
   */
  judge(
    endpointId: string,
    outcome: 'delivered' | 'failed' | 'gone',
    at: string,
  ): Promise<DisabledReason | null>;
}
