/** Webhooks by Standard Webhooks 1.0: what an endpoint, its secrets and its deliveries are, and when an attempt follows. */

import { z } from 'zod';
import { SCAN_EVENT_TYPES, type ScanEvent, scanEvent } from '../scan/events.ts';
import { eventOf } from '../scan/scan-event.ts';
import { SCAN_STATUSES } from '../scan/statuses.ts';
import { STEP_NAMES } from '../scan/steps.ts';
import { timestamp } from '../timestamps.ts';

/** Waits before each attempt (s), the first at once: 27.6 h in all. */
export const WEBHOOK_WAITS_SECONDS = [0, 5, 300, 1800, 7200, 18_000, 36_000, 36_000] as const;
export const WEBHOOK_ATTEMPTS = WEBHOOK_WAITS_SECONDS.length;

/** A wait is stretched or shortened by up to this share, so that what failed together does not come back together. */
const JITTER = 0.1;

/** The longest `Retry-After` that is honoured (ms): 24 h. */
const LONGEST_RETRY_AFTER_MS = 86_400_000;

/**
 * How long to wait before attempt `attempt` (from 1) (ms). `random` is 0 to below 1. `retryAfterMs` is what the answer to the
 * attempt before asked for: the attempt comes no earlier.
 */
export function webhookWaitMs(attempt: number, random: number, retryAfterMs = 0): number {
  const seconds = WEBHOOK_WAITS_SECONDS[attempt - 1] ?? 0;
  const wait = seconds * 1000 * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(wait, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS)));
}

/** An endpoint at which nothing succeeded for this long is disabled at its next failure (ms): 5 days. */
export const WEBHOOK_FAILING_LIMIT_MS = 5 * 86_400_000;

/** How long a secret that was replaced still signs (ms): 24 h. */
export const WEBHOOK_SECRET_OVERLAP_MS = 86_400_000;

/** How long a delivery's record is kept after its last change (ms): 30 days. */
export const WEBHOOK_RECORD_KEPT_MS = 30 * 86_400_000;

/** Largest body (bytes). */
export const WEBHOOK_MAX_BODY_BYTES = 20_000;

/** Ports a webhook may go to, besides any on loopback where that is allowed. */
export const WEBHOOK_PORTS = [443, 8443] as const;

/** True for a host of this machine, as a URL parser spells it. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * What is wrong with an endpoint's URL as it reads, or null; a clause without a subject. Where its name leads is looked at with
 * each request. `allowLoopback`: this machine may be asked at any port, also over http.
 */
export function webhookUrlProblem(text: string, allowLoopback: boolean): string | null {
  if (text.length > 2048) return 'is longer than 2048 characters';
  const url = URL.parse(text);
  if (!url) return 'is not a URL';
  if (url.username !== '' || url.password !== '') return 'carries a user name or a password';
  if (allowLoopback && isLoopbackHost(url.hostname) && /^https?:$/.test(url.protocol)) return null;
  if (url.protocol !== 'https:') return 'is not https';
  const port = Number(url.port || 443);
  return WEBHOOK_PORTS.some((allowed) => allowed === port)
    ? null
    : `has a port other than ${WEBHOOK_PORTS.join(', ')}`;
}

/** The event that `test` sends. It is in no filter: only who asks for it gets it. */
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

/** The body of a webhook, always the same bytes for an event, or null when it is too large. */
export function webhookBody(event: WebhookEvent): string | null {
  const body = JSON.stringify(event);
  return new TextEncoder().encode(body).length < WEBHOOK_MAX_BODY_BYTES ? body : null;
}

export const WEBHOOK_ENDPOINT_ID_PATTERN = /^we_[A-Za-z0-9]{20}$/;

/** Why an endpoint gets nothing: an operator said so, it answered 410, or it failed for five days. */
export const DISABLED_REASONS = ['operator', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** How the body names itself, the first one by default. The other is for frameworks that parse nothing else; the bytes are the same. */
export const WEBHOOK_CONTENT_TYPES = ['application/cloudevents+json', 'application/json'] as const;
export type WebhookContentType = (typeof WEBHOOK_CONTENT_TYPES)[number];

/** webhookEndpoints/{endpointId}. */
export const webhookEndpoint = z.strictObject({
  url: z.string(),
  /** What it asked for. */
  events: z.array(z.enum(SCAN_EVENT_TYPES)).min(1),
  /** Absent on endpoints older than the choice: the first one. */
  contentType: z.enum(WEBHOOK_CONTENT_TYPES).optional(),
  description: z.string(),
  state: z.enum(['enabled', 'disabled']),
  /** Null while it is enabled. */
  disabled: z.strictObject({ reason: z.enum(DISABLED_REASONS), at: timestamp }).nullable(),
  /** The first failed attempt since the last successful one, or null. */
  failingSince: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;

/** webhookEndpoints/{endpointId}/secrets/signing: newest first; all that are valid sign. Never shown, never logged. */
export const webhookSecrets = z.strictObject({
  secrets: z
    .array(
      z.strictObject({
        secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{43}=$/),
        createdAt: timestamp,
        /** Null for the current one. */
        validUntil: timestamp.nullable(),
      }),
    )
    .min(1),
});
export type WebhookSecrets = z.infer<typeof webhookSecrets>;

/** Why an attempt got no status. */
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

/** One request that was made, or refused. */
export const webhookAttempt = z.strictObject({
  /** Workflow run and number of the attempt in it: `<runId>/<1 to 8>`. */
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
  /** Oldest first; the latest MAX_ATTEMPTS_KEPT. */
  attempts: z.array(webhookAttempt),
  lastStatus: z.number().int().nullable(),
  nextAttemptAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** The record is deleted some time after this, by Firestore's TTL. */
  expiresAt: timestamp,
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

/**
 * webhookEndpoints/{endpointId}/deliveries/{scanId}: what was taken at the first request of a scan's events, in one record. An event that was
 * not has a record of its own, as `webhookDelivery`.
 */
export const scanDeliveries = z.strictObject({
  /** Of all these events. */
  event: z.strictObject({ data: z.strictObject({ scanId: z.string(), userId: z.string() }) }),
  state: z.literal('delivered'),
  /** In the order in which they were taken; what else an event says is the same for all of them. */
  deliveries: z.array(
    z.strictObject({
      type: z.enum(SCAN_EVENT_TYPES),
      step: z.enum(STEP_NAMES).optional(),
      status: z.enum(SCAN_STATUSES),
      time: z.iso.datetime(),
      attempt: webhookAttempt,
    }),
  ),
  /** Ids of the events that were not taken at the first request. */
  handedOver: z.array(z.string()),
  createdAt: timestamp,
  updatedAt: timestamp,
  expiresAt: timestamp,
});
export type ScanDeliveries = z.infer<typeof scanDeliveries>;

/** An event of such a record, the same to the byte. */
export function deliveredEvent(
  { event }: Pick<ScanDeliveries, 'event'>,
  { type, step, status, time }: Omit<ScanDeliveries['deliveries'][number], 'attempt'>,
): ScanEvent {
  return eventOf(event.data, type, status, Date.parse(time), step);
}

/** Attempts kept on a record: those of four rounds. */
export const MAX_ATTEMPTS_KEPT = 4 * WEBHOOK_ATTEMPTS;

/** webhookDeliveryWorkflow: one event to one endpoint. */
export interface WebhookDeliveryInput {
  endpointId: string;
  event: WebhookEvent;
  /** An operator asked: also when it was delivered or given up before. */
  again: boolean;
  /** A first request that was made before, and was not taken: the schedule goes on from there. */
  tried?: WebhookTried;
}

/** A request, and what was said to it. */
export interface WebhookTried {
  /** When it began, ISO 8601. */
  at: string;
  answer: {
    status: number | null;
    error: WebhookError | null;
    ms: number;
    answer: string;
    retryAfterMs?: number;
  };
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

/** How it ended; `skipped` when there was nothing to do: ended before, or no such endpoint. */
export interface WebhookDeliveryResult {
  state: 'delivered' | 'dead' | 'skipped';
  /** Requests that this workflow had made. */
  attempts: number;
}
