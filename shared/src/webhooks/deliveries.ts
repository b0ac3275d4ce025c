/**
 * Deliveries of events to webhook endpoints by Standard Webhooks 1.0: what is sent, when it is sent again, what is recorded of it, and
 * what the workflows are told.
 */

import { z } from 'zod';
import { DAY_MS } from '../durations.ts';
import { SCAN_EVENT_TYPES, type ScanEvent, scanEvent } from '../scan/events.ts';
import { eventOf } from '../scan/scan-event.ts';
import { SCAN_STATUSES } from '../scan/statuses.ts';
import { STEP_NAMES } from '../scan/steps.ts';
import { timestamp } from '../timestamps.ts';

/** The event that testWebhook sends. Endpoints cannot subscribe to it: it goes only to the endpoint that is tested. */
const webhookTestEvent = z.strictObject({
  specversion: z.literal('1.0'),
  /** `test_<uuid>`. */
  id: z.string(),
  source: z.literal('/webhooks'),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  type: z.literal('webhook.test'),
  data: z.strictObject({}),
});
export type WebhookEvent = ScanEvent | z.infer<typeof webhookTestEvent>;
export const webhookEvent = z.union([scanEvent, webhookTestEvent]);

/** The body of a webhook, the same bytes each time for one event; null when it is too large. */
export function webhookBody(event: WebhookEvent): string | null {
  const body = JSON.stringify(event);
  return new TextEncoder().encode(body).length < WEBHOOK_MAX_BODY_BYTES ? body : null;
}

/** A body must be smaller than this (bytes). */
export const WEBHOOK_MAX_BODY_BYTES = 20_000;

/** The wait before each attempt (s). The first attempt is made at once; the waits add up to 27.6 h. */
export const WEBHOOK_WAITS_SECONDS = [0, 5, 300, 1800, 7200, 18_000, 36_000, 36_000] as const;
export const WEBHOOK_ATTEMPTS = WEBHOOK_WAITS_SECONDS.length;

/**
 * A wait is lengthened or shortened by up to this share, so that deliveries that failed together are not all tried again at the
 * same moment.
 */
const JITTER = 0.1;

/** The longest `Retry-After` that is honoured (ms): 24 h. */
const LONGEST_RETRY_AFTER_MS = DAY_MS;

/**
 * How long to wait (ms) before the attempt with the number `attempt`, counted from 1. `random` is 0 to below 1. `retryAfterMs`
 * is the wait that the answer to the attempt before asked for; the result is not shorter, up to 24 h.
 */
export function webhookWaitMs(attempt: number, random: number, retryAfterMs = 0): number {
  const seconds = WEBHOOK_WAITS_SECONDS[attempt - 1] ?? 0;
  const wait = seconds * 1000 * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(wait, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS)));
}

/** Stands for the user's id in a delivery's record once the account is deleted. */
export const DELETED_USER = 'deleted';

/** How long a delivery's record is kept after its last change (ms): 30 days. */
export const WEBHOOK_RECORD_KEPT_MS = 30 * DAY_MS;

/** Why an attempt got no HTTP status. */
export const WEBHOOK_ERRORS = {
  url_refused: 'The URL is not one that webhooks may go to.',
  address_refused: 'The name leads to an address that webhooks may not go to.',
  dns: 'The name could not be resolved.',
  connect: 'No connection could be made.',
  tls: 'The certificate was refused, or TLS failed.',
  reset: 'The connection broke before a status came.',
  protocol: 'The answer was not HTTP.',
  timeout: 'There was no answer within 15 s.',
} as const;
export type WebhookError = keyof typeof WEBHOOK_ERRORS;
const WEBHOOK_ERROR_NAMES = Object.keys(WEBHOOK_ERRORS) as [WebhookError, ...WebhookError[]];

/** One attempt: a request that was sent, or that was refused before it was sent. */
export const webhookAttempt = z.strictObject({
  /** The workflow run and the number of the attempt in that run: `<runId>/<1 to 8>`. */
  key: z.string(),
  at: timestamp,
  /** HTTP status, or null when there was none. */
  status: z.number().int().nullable(),
  error: z.enum(WEBHOOK_ERROR_NAMES).nullable(),
  ms: z.number().nonnegative(),
  /** First bytes of the answer as plain text. */
  answer: z.string().max(256),
});

/** Why a delivery is among the dead letters. */
export const DEAD_REASONS = ['attempts_used', 'endpoint_gone', 'endpoint_disabled'] as const;
export type DeadReason = (typeof DEAD_REASONS)[number];

export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** webhookEndpoints/{endpointId}/deliveries/{eventId}. */
export const webhookDelivery = z.strictObject({
  event: webhookEvent,
  state: z.enum(DELIVERY_STATES),
  deadReason: z.enum(DEAD_REASONS).nullable(),
  /** The latest MAX_ATTEMPTS_KEPT attempts, the oldest first. */
  attempts: z.array(webhookAttempt),
  lastStatus: z.number().int().nullable(),
  nextAttemptAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** The record is deleted some time after this, by Firestore's TTL. */
  expiresAt: timestamp,
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

const takenDelivery = z.strictObject({
  type: z.enum(SCAN_EVENT_TYPES),
  step: z.enum(STEP_NAMES).optional(),
  status: z.enum(SCAN_STATUSES),
  time: z.iso.datetime(),
  attempt: webhookAttempt,
});

/**
 * webhookEndpoints/{endpointId}/deliveries/{scanId}: the events of a scan that the endpoint took at the first request, in one
 * record. An event that it did not take has a record of its own, a `webhookDelivery`.
 */
export const scanDeliveries = z.strictObject({
  /** What all these events have in common. A user's deletion finds the record by it. */
  event: z.strictObject({ data: z.strictObject({ scanId: z.string(), userId: z.string() }) }),
  state: z.literal('delivered'),
  /** What differs between the events, in the order in which the endpoint took them. */
  deliveries: z.array(takenDelivery),
  /** Ids of the events that the endpoint did not take at the first request. */
  handedOver: z.array(z.string()),
  createdAt: timestamp,
  updatedAt: timestamp,
  expiresAt: timestamp,
});
export type ScanDeliveries = z.infer<typeof scanDeliveries>;

/**
 * The deliveries of such a record that can be read: one that somebody has broken hides none of the others. None where the
 * record does not name its scan. `isBroken` is true when something could not be read.
 */
export function readScanDeliveries(record: {
  readonly event?: { readonly data?: { readonly scanId?: unknown } };
  readonly deliveries?: unknown;
}): { deliveries: ScanDeliveries['deliveries']; isBroken: boolean } {
  const { event, deliveries } = record;
  if (typeof event?.data?.scanId !== 'string' || !Array.isArray(deliveries))
    return { deliveries: [], isBroken: true };
  const readable = deliveries.flatMap((each) => takenDelivery.safeParse(each).data ?? []);
  return { deliveries: readable, isBroken: readable.length < deliveries.length };
}

/** Makes an event of such a record anew; its body is the same to the byte. */
export function deliveredEvent(
  { event }: Pick<ScanDeliveries, 'event'>,
  { type, step, status, time }: Omit<ScanDeliveries['deliveries'][number], 'attempt'>,
): ScanEvent {
  return eventOf(event.data, type, status, Date.parse(time), step);
}

/** How many attempts a record keeps: those of four whole rounds. */
export const MAX_ATTEMPTS_KEPT = 4 * WEBHOOK_ATTEMPTS;

/** webhookDeliveryWorkflow: one event to one endpoint. */
export interface WebhookDeliveryInput {
  endpointId: string;
  event: WebhookEvent;
  /** True when an operator asked for this delivery. It is then made although an earlier one was delivered or given up. */
  again: boolean;
  /** A request that was made before and that the endpoint did not take. It counts as the first attempt of the schedule. */
  tried?: WebhookTried;
}

/** A receiver's answer to one request. */
export interface WebhookAnswer {
  /** HTTP status, or null when `error` says why there is none. */
  status: number | null;
  error: WebhookError | null;
  /** How long the request took (ms). */
  ms: number;
  /** First bytes of the answer, as plain text. */
  answer: string;
  /** How long the receiver asks to wait before the next request (ms). */
  retryAfterMs?: number;
}

/** A request, and what was said to it. */
export interface WebhookTried {
  /** When it began, ISO 8601. */
  at: string;
  answer: WebhookAnswer;
  /** Whether the endpoint's last requests had failed. */
  failing: boolean;
}

/** scanWebhooksWorkflow: the events of one scan to one endpoint, which come by signal. */
export interface ScanWebhooksInput {
  endpointId: string;
  scanId: string;
}

/** How many events were taken at the first request, and how many go on in workflows of their own. */
export interface ScanWebhooksResult {
  delivered: number;
  handedOver: number;
}

/**
 * How the delivery ended. `skipped` when there was nothing to do: it had ended before, the endpoint does not exist or no longer
 * subscribes to the event, or the body is too large.
 */
export interface WebhookDeliveryResult {
  state: 'delivered' | 'dead' | 'skipped';
  /** The requests that this workflow run made. */
  attempts: number;
}
