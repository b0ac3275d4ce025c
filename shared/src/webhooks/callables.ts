/**
 * Requests and answers of the callables by which administrators manage webhook endpoints. Times are ISO 8601, UTC.
 */

import { z } from 'zod';
import { SCAN_EVENT_TYPES } from '../scan/events.ts';
import { isoTime } from '../timestamps.ts';
import { DEAD_REASONS, DELIVERY_STATES, webhookAttempt, webhookDelivery } from './deliveries.ts';
import { WEBHOOK_CONTENT_TYPES, webhookEndpoint, WEBHOOK_ENDPOINT_ID_PATTERN } from './endpoints.ts';

const endpointId = z.string().regex(WEBHOOK_ENDPOINT_ID_PATTERN);

/**
 * An event's id, which is also a document id: `<scanId>:<type>`, with `:<step>` for a step, or `test_<uuid>` for a
 * test.
 */
const eventId = z.string().regex(/^[A-Za-z0-9_.:-]{1,256}$/);

/** disableWebhook, enableWebhook, rotateWebhookSecret and testWebhook: which endpoint. */
export const webhookRequest = z.strictObject({ endpointId });

/** addWebhook: without `events` the endpoint gets events of all types. */
export const addWebhookRequest = z.strictObject({
  url: z.string().min(1).max(2048),
  events: z
    .array(z.enum(SCAN_EVENT_TYPES))
    .min(1)
    .transform((events) => [...new Set(events)])
    .default([...SCAN_EVENT_TYPES]),
  contentType: z.enum(WEBHOOK_CONTENT_TYPES).default(WEBHOOK_CONTENT_TYPES[0]),
  description: z.string().max(200).default(''),
});
export type AddWebhookRequest = z.output<typeof addWebhookRequest>;

/** addWebhook and rotateWebhookSecret: the answer shows the secret, which is never shown again. */
export const webhookSecretResponse = z.strictObject({ endpointId: z.string(), secret: z.string() });
export type WebhookSecretResponse = z.infer<typeof webhookSecretResponse>;

/** An endpoint as the answers show it. */
const webhookView = webhookEndpoint.extend({
  endpointId: z.string(),
  disabled: z
    .strictObject({ reason: webhookEndpoint.shape.disabled.unwrap().shape.reason, at: isoTime })
    .nullable(),
  failingSince: isoTime.nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type WebhookView = z.infer<typeof webhookView>;

export const listWebhooksResponse = z.strictObject({ endpoints: z.array(webhookView) });
export type ListWebhooksResponse = z.infer<typeof listWebhooksResponse>;

/** disableWebhook and enableWebhook. */
export const webhookStateResponse = z.strictObject({
  endpointId: z.string(),
  state: webhookEndpoint.shape.state,
});
export type WebhookStateResponse = z.infer<typeof webhookStateResponse>;

/** testWebhook: the delivery of the event `eventId` tells whether the endpoint received it. */
export const testWebhookResponse = z.strictObject({ endpointId: z.string(), eventId: z.string() });
export type TestWebhookResponse = z.infer<typeof testWebhookResponse>;

/** listWebhookDeliveries: the latest first; `dead` are the dead letters. */
export const listWebhookDeliveriesRequest = z.strictObject({
  endpointId,
  state: z.enum(DELIVERY_STATES).optional(),
  limit: z.number().int().min(1).max(500).default(50),
});

const deliveryView = webhookDelivery.omit({ event: true }).extend({
  eventId: z.string(),
  type: z.string(),
  deadReason: z.enum(DEAD_REASONS).nullable(),
  attempts: z.array(webhookAttempt.omit({ key: true }).extend({ at: isoTime })),
  nextAttemptAt: isoTime.nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
  expiresAt: isoTime,
});
export type WebhookDeliveryView = z.infer<typeof deliveryView>;

export const listWebhookDeliveriesResponse = z.strictObject({ deliveries: z.array(deliveryView) });
export type ListWebhookDeliveriesResponse = z.infer<typeof listWebhookDeliveriesResponse>;

/**
 * redeliverWebhook: delivers the event `eventId` again, whose delivery must have ended. Without `eventId` it takes
 * the dead letters, the oldest first, up to 500.
 */
export const redeliverWebhookRequest = z.strictObject({ endpointId, eventId: eventId.optional() });

/** `more` is true when there are further dead letters, for a further call. */
export const redeliverWebhookResponse = z.strictObject({
  eventIds: z.array(z.string()),
  /** Ids of deliveries whose event cannot be read any more. */
  broken: z.array(z.string()),
  more: z.boolean(),
});
export type RedeliverWebhookResponse = z.infer<typeof redeliverWebhookResponse>;
