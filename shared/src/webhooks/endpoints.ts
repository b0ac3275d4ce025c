/** Webhook endpoints: where they may be, what they subscribe to, and the secrets that sign for them. */

import { z } from 'zod';
import { DAY_MS } from '../durations.ts';
import { SCAN_EVENT_TYPES } from '../scan/events.ts';
import { timestamp } from '../timestamps.ts';

/** An endpoint at which nothing succeeded for this long is disabled at its next failure (ms): 5 days. */
export const WEBHOOK_FAILING_LIMIT_MS = 5 * DAY_MS;

/** How long a replaced secret still signs (ms): 24 h. */
export const WEBHOOK_SECRET_OVERLAP_MS = DAY_MS;

/** Ports a webhook may go to, besides any on loopback where that is allowed. */
export const WEBHOOK_PORTS = [443, 8443] as const;

/** True when `hostname`, in the spelling of a URL parser, names this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * Says what is wrong with the text of an endpoint's URL, in a clause without a subject; null when nothing is wrong. The
 * addresses that the host name leads to are checked at each request instead. `allowLoopback`: a URL may name this machine, at
 * any port and also over http.
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

export const WEBHOOK_ENDPOINT_ID_PATTERN = /^we_[A-Za-z0-9]{20}$/;

/** Why an endpoint is disabled: an operator disabled it, it answered 410, or it failed for five days. */
export const DISABLED_REASONS = ['operator', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/**
 * The content types that an endpoint can choose, the first one by default. The second is for frameworks that parse nothing
 * else. The bytes of the body are the same.
 */
export const WEBHOOK_CONTENT_TYPES = ['application/cloudevents+json', 'application/json'] as const;
export type WebhookContentType = (typeof WEBHOOK_CONTENT_TYPES)[number];

/** webhookEndpoints/{endpointId}. */
export const webhookEndpoint = z.strictObject({
  url: z.string(),
  /** The types of events that the endpoint subscribed to. */
  events: z.array(z.enum(SCAN_EVENT_TYPES)).min(1),
  /** Absent on endpoints from before this field existed; they get the first type. */
  contentType: z.enum(WEBHOOK_CONTENT_TYPES).optional(),
  description: z.string(),
  state: z.enum(['enabled', 'disabled']),
  /** Null while it is enabled. */
  disabled: z.strictObject({ reason: z.enum(DISABLED_REASONS), at: timestamp }).nullable(),
  /** The time of the first failed attempt since the last successful one, or null. */
  failingSince: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;

/**
 * webhookEndpoints/{endpointId}/secrets/signing: the newest first. Every secret that is still valid signs. Secrets are never
 * shown again and never logged.
 */
export const webhookSecrets = z.strictObject({
  secrets: z
    .array(
      z.strictObject({
        secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{43}=$/),
        createdAt: timestamp,
        /** Null for the current secret. */
        validUntil: timestamp.nullable(),
      }),
    )
    .min(1),
});
export type WebhookSecrets = z.infer<typeof webhookSecrets>;
