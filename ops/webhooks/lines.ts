/** Endpoints and deliveries as lines for a terminal. */

import type { WebhookDeliveryView, WebhookView } from '@reddyfit/shared/webhooks/callables';
import { SCAN_EVENT_TYPES } from '@reddyfit/shared/scan/events';
import { WEBHOOK_ERRORS } from '@reddyfit/shared/webhooks/deliveries';

export function endpointLine({
  endpointId,
  url,
  events,
  state,
  disabled,
  failingSince,
  description,
}: WebhookView): string {
  const asked = events.length === SCAN_EVENT_TYPES.length ? 'all events' : events.join(', ');
  return [
    endpointId,
    disabled ? `disabled (${disabled.reason}, ${disabled.at})` : state,
    url,
    asked,
    ...(failingSince ? [`failing since ${failingSince}`] : []),
    ...(description ? [description] : []),
  ].join('  ');
}

export function deliveryLine({
  eventId,
  state,
  deadReason,
  attempts,
  lastStatus,
  nextAttemptAt,
  updatedAt,
}: WebhookDeliveryView): string {
  return [
    updatedAt,
    deadReason ? `${state} (${deadReason})` : state,
    eventId,
    `${attempts.length} attempt${attempts.length === 1 ? '' : 's'}`,
    ...(lastStatus === null ? [] : [`last status ${lastStatus}`]),
    ...(nextAttemptAt ? [`next at ${nextAttemptAt}`] : []),
  ].join('  ');
}

/** `undefined` when the endpoint was disabled before any attempt. */
export function attemptLine(attempt: WebhookDeliveryView['attempts'][number] | undefined): string {
  if (!attempt) return 'no attempt';
  const { at, status, error, ms, answer } = attempt;
  const outcome = status ?? (error ? `${error}: ${WEBHOOK_ERRORS[error]}` : 'no answer');
  return `${at}  ${outcome}  ${ms} ms  ${answer}`.trimEnd();
}
