/** What is written of deliveries, and of endpoints by what they answered: one that is gone or has failed for days is disabled. */

import { log } from '../platform/logs.ts';
import type { WebhookStore } from './ports.ts';
import type { WebhookActivities } from './activities.ts';

/** Writes what was taken of a scan at the first request. It says something only of an endpoint that was failing. */
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
    // A success says something only of an endpoint that was failing. One that began to fail meanwhile is cleared by its next success.
    if (outcome === 'delivered' && record.failing === false) return;
    const disabled = await webhooks.judge(endpointId, outcome, attempt.at);
    // What the operator is paged by.
    if (disabled) log('ERROR', 'webhook_endpoint_disabled', { endpointId, reason: disabled });
  };
}
