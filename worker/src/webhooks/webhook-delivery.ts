/**
 * Delivers one event to one webhook endpoint. After eight failed attempts over 27.6 hours the delivery becomes a dead
 * letter.
 */

import {
  type DeadReason,
  type DeliveryState,
  WEBHOOK_ATTEMPTS,
  type WebhookDeliveryInput,
  type WebhookDeliveryResult,
  webhookWaitMs,
} from '@reddyfit/shared/webhooks/deliveries';
import { proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { WebhookActivities, WebhookOutcome } from './activities.ts';
import { attemptOf, isTaken } from './ports.ts';

const { recordDelivery } = proxyActivities<WebhookActivities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Statuses whose `Retry-After` is honoured. */
const ASKS_FOR_TIME = new Set<number | null>([429, 503]);

/**
 * Resolves with how the delivery ended; a failed delivery is a result, not an error. Every attempt is recorded in the
 * delivery's document.
 */
export async function webhookDeliveryWorkflow({
  tried,
  ...input
}: WebhookDeliveryInput): Promise<WebhookDeliveryResult> {
  const { endpointId, event } = input;
  const { runId } = workflowInfo();
  const { deliverWebhook } = proxyActivities<WebhookActivities>({
    // 15 s for the request, and time to read the endpoint and its secrets.
    startToCloseTimeout: '40s',
    heartbeatTimeout: '10s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    // On a Temporal server that supports fairness, endpoints take turns.
    priority: { fairnessKey: endpointId },
  });

  let attempts = 0;
  const record = (
    state: DeliveryState,
    result: WebhookOutcome,
    { deadReason = null, waitMs }: { deadReason?: DeadReason | null; waitMs?: number } = {},
  ) =>
    recordDelivery({
      endpointId,
      event,
      at: new Date().toISOString(),
      attempt: result.outcome === 'answered' ? attemptOf(`${runId}/${attempts}`, result) : null,
      first: attempts === 1,
      ...(result.outcome === 'answered' && result.failing !== undefined && { failing: result.failing }),
      state,
      deadReason,
      nextAttemptAt: waitMs === undefined ? null : new Date(Date.now() + waitMs).toISOString(),
    });
  const dead = async (result: WebhookOutcome, deadReason: DeadReason): Promise<WebhookDeliveryResult> => {
    await record('dead', result, { deadReason });
    return { state: 'dead', attempts };
  };

  for (;;) {
    const result: WebhookOutcome =
      tried && attempts === 0
        ? { outcome: 'answered', ...tried }
        : await deliverWebhook({ ...input, first: attempts === 0 });
    if (result.outcome === 'ended') return { state: 'skipped', attempts };
    if (result.outcome === 'disabled') return dead(result, 'endpoint_disabled');

    attempts += 1;
    const { status, retryAfterMs } = result.answer;
    if (isTaken(result.answer)) {
      await record('delivered', result);
      return { state: 'delivered', attempts };
    }
    if (status === 410) return dead(result, 'endpoint_gone');
    if (attempts === WEBHOOK_ATTEMPTS) return dead(result, 'attempts_used');

    const waitMs = webhookWaitMs(attempts + 1, Math.random(), ASKS_FOR_TIME.has(status) ? retryAfterMs : 0);
    await record('pending', result, { waitMs });
    await sleep(waitMs);
  }
}
