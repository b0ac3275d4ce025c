/**
 * Delivers the events of one scan to one webhook endpoint, in the order in which they come. An event that the endpoint
 * does not take at the first request goes on in a workflow of its own and does not delay the others.
 */

import {
  SCAN_EVENT_SIGNAL,
  WEBHOOK_DELIVERY_WORKFLOW,
  webhookDeliveryWorkflowId,
} from '@reddyfit/shared/names/ids';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import { TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import type {
  ScanWebhooksInput,
  ScanWebhooksResult,
  WebhookDeliveryInput,
  WebhookTried,
} from '@reddyfit/shared/webhooks/deliveries';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  defineSignal,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { WebhookActivities } from './activities.ts';
import { attemptOf, isTaken, type TakenDelivery } from './ports.ts';

const scanEventSignal = defineSignal<[ScanEvent]>(SCAN_EVENT_SIGNAL);

const { recordScanDeliveries } = proxyActivities<WebhookActivities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** A time that is longer than any scan takes (ms). */
const LONGEST_SCAN_MS = 60 * 60_000;

/** Whether the event with this id reports a scan's end. */
const tellsOfEnd = (id: string) => TERMINAL_STATUSES.some((status) => id.endsWith(`:scan.${status}`));

/**
 * The workflow ends once it has delivered the scan's end, and at the latest an hour after it first waits for an event.
 * Where the endpoint does not subscribe to every end, it ends whenever no event is due. An event that comes later
 * starts it anew. What the endpoint took is recorded at the workflow's end, in one write, and at once where the
 * endpoint was failing.
 */
export async function scanWebhooksWorkflow({
  endpointId,
  scanId,
}: ScanWebhooksInput): Promise<ScanWebhooksResult> {
  const { runId } = workflowInfo();
  const { deliverScanEvents } = proxyActivities<WebhookActivities>({
    startToCloseTimeout: '40s',
    heartbeatTimeout: '10s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
    // On a Temporal server that supports fairness, endpoints take turns.
    priority: { fairnessKey: endpointId },
  });

  const due: ScanEvent[] = [];
  const known = new Set<string>();
  let scan = { scanId, userId: '' };
  setHandler(scanEventSignal, (event) => {
    scan = { scanId, userId: event.data.userId };
    if (known.has(event.id)) return;
    known.add(event.id);
    due.push(event);
  });

  let asked = false;
  let isRecorded = false;
  let over = false;
  let failing = false;
  let requests = 0;
  let taken: TakenDelivery[] = [];
  let handedOver: string[] = [];
  const total: ScanWebhooksResult = { delivered: 0, handedOver: 0 };
  let limit: Promise<void> | undefined;

  /** Starts a workflow that makes the event's eight attempts; `tried` counts as the first of them. */
  const handOver = async (event: ScanEvent, tried?: WebhookTried) => {
    const input: WebhookDeliveryInput = { endpointId, event, again: false, ...(tried && { tried }) };
    await startChild(WEBHOOK_DELIVERY_WORKFLOW, {
      workflowId: webhookDeliveryWorkflowId(endpointId, event.id),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [input],
    }).catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
    handedOver.push(event.id);
    total.handedOver += 1;
  };

  const record = async () => {
    const written = { endpointId, scan, taken, handedOver, first: !isRecorded, failing };
    [taken, handedOver] = [[], []];
    await recordScanDeliveries({ ...written, at: new Date().toISOString() });
    isRecorded = true;
  };

  for (;;) {
    if (due.length === 0) {
      // Deliveries are recorded at the workflow's end, or now if the endpoint was failing and took one, because a success
      // clears that.
      const pays = over ? taken.length + handedOver.length > 0 : failing && taken.length > 0;
      if (pays) await record();
      if (due.length === 0 && over) return total;
      limit ??= sleep(LONGEST_SCAN_MS).then(() => void (over = true));
      await condition(() => due.length > 0 || over);
      continue;
    }
    const events = due.splice(0);
    const result = await deliverScanEvents({ endpointId, scanId, events, first: !asked });
    asked = true;
    if (result.outcome === 'ended') return total;
    const { recorded } = result;
    /** Events that no earlier run had. */
    const unheard = (some: readonly ScanEvent[]) => some.filter(({ id }) => !recorded?.includes(id));
    if (recorded) {
      isRecorded = true;
      for (const id of recorded) known.add(id);
      // Some may have come during the requests.
      due.splice(0, due.length, ...unheard(due));
    }
    if (result.outcome === 'disabled') {
      for (const event of unheard(events)) await handOver(event);
      over = true;
      continue;
    }
    const { sent, awaitsEnd } = result;
    ({ failing } = result);
    due.unshift(...unheard(events.slice(sent.length)));
    for (const [index, one] of sent.entries()) {
      const event = events[index]!;
      if ('skipped' in one) continue;
      requests += 1;
      if (isTaken(one.answer)) {
        taken.push({ event, attempt: attemptOf(`${runId}/${requests}`, one) });
        total.delivered += 1;
      } else {
        await handOver(event, { ...one, failing });
      }
    }
    over ||= !awaitsEnd || [...known].some(tellsOfEnd);
  }
}
