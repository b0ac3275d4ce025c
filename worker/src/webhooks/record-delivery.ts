/**
 * Records deliveries, and what their answers say about the endpoints: an endpoint that is gone or has failed for days
 * is disabled.
 */

import { log } from '../platform/logs.ts';
import type { WebhookStore } from './ports.ts';
import type { WebhookActivities } from './activities.ts';

/**
 * Records the events of a scan that were taken at the first request. Such a success changes only an endpoint that was
 * failing.
 */
export function createRecordScanDeliveries(
  webhooks: WebhookStore,
): WebhookActivities['recordScanDeliveries'] {
  return async (record) => {
    await webhooks.recordScan(record);
    const last = record.taken.at(-1);
    if (record.failing && last) await webhooks.judge(record.endpointId, 'delivered', last.attempt.at);
  };
}

export function createRecordDelivery(webhooks: WebhookStore): WebhookActivities['recordDelivery'] {
  return async (record) => {
    await webhooks.record(record);
    const { attempt, endpointId, event, state, deadReason } = record;
    if (state === 'dead') {
      log('WARNING', 'webhook_dead_letter', {
        endpointId,
        eventId: event.id,
        reason: deadReason ?? undefined,
      });
    }
    if (!attempt) return;
    const failed = deadReason === 'endpoint_gone' ? 'gone' : 'failed';
    const outcome = state === 'delivered' ? 'delivered' : failed;
    // A success changes only an endpoint that was failing. An endpoint that began to fail meanwhile is cleared by its
    // next success.
    if (outcome === 'delivered' && record.failing === false) return;
    const disabled = await webhooks.judge(endpointId, outcome, attempt.at);
    // This log line pages the operator.
    if (disabled) log('ERROR', 'webhook_endpoint_disabled', { endpointId, reason: disabled });
  };
}
