/**
 * Sets up tests of webhooks: the trigger of scan events as the platform calls it, endpoints, and reads of Temporal's
 * deliveries.
 */

import { randomUUID } from 'node:crypto';
import type { ScanEvent, ScanEventType } from '@reddyfit/shared/scan/events';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import { DEFAULT_TASK_QUEUE, scanWebhooksWorkflowId, webhookTaskQueue } from '@reddyfit/shared/names/ids';
import { Client, Connection } from '@temporalio/client';
import { vi } from 'vitest';
import { addEndpoint } from '../src/webhooks/endpoints.ts';
import { calling, loadTrigger } from './trigger.ts';

/** `temporal` is host:port; it need not answer yet. */
export async function webhookStage(projectId: string, servers: { firestore: string; temporal: string }) {
  const { db } = await loadTrigger(projectId, servers);
  const { onScanEvent } = await import('../src/triggers/on-scan-event.ts');
  const call = calling(onScanEvent);
  return {
    db,
    /** Delivers a Pub/Sub message; `data` is its text, or an event. */
    async deliver(data: string | ScanEvent) {
      const text = typeof data === 'string' ? data : JSON.stringify(data);
      const message = {
        messageId: randomUUID(),
        publishTime: new Date().toISOString(),
        attributes: {},
        orderingKey: '',
        data: Buffer.from(text).toString('base64'),
        get json(): unknown {
          return JSON.parse(text);
        },
      };
      await call({ data: { message, subscription: 'webhooks' } });
    },
    /** Adds an endpoint on this machine. Resolves with its id and secret. */
    add: (events: ScanEventType[], url = 'http://127.0.0.1:9/') =>
      addEndpoint(
        db,
        { url, events, description: '' },
        { now: new Date(), actor: `operator:${randomUUID()}` },
        true,
      ),
    async close() {
      await db.terminate();
    },
  };
}

/** An event of a new scan. */
export const anEvent = (type: ScanEventType, scanId: string = randomUUID()): ScanEvent =>
  eventOf({ scanId, userId: 'user-1' }, type, 'completed', Date.now());

/** Reads what Temporal knows of deliveries. */
export async function deliveriesAt(address: string) {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const list = async (query: string) => {
    const found: { workflowId: string; status: string }[] = [];
    for await (const { workflowId, status } of client.workflow.list({ query })) {
      found.push({ workflowId, status: status.name });
    }
    return found;
  };
  return {
    client,
    /** All runs for the event's scan and one of these endpoints. Waits until Temporal's index has `expected` runs. */
    async runs(event: ScanEvent, endpointIds: string[], expected: number) {
      const ids = endpointIds.map((id) => scanWebhooksWorkflowId(id, event.subject));
      return vi.waitFor(async () => {
        const all = await list(`TaskQueue = "${webhookTaskQueue(DEFAULT_TASK_QUEUE)}"`);
        const found = all.filter(({ workflowId }) => ids.includes(workflowId));
        if (found.length < expected) throw new Error(`${found.length} of ${expected} are listed`);
        return found;
      }, 30_000);
    },
    /** Ids of the events that a scan's workflow for an endpoint was handed, as often as they were. */
    async handed(scanId: string, endpointId: string): Promise<string[]> {
      const history = await client.workflow
        .getHandle(scanWebhooksWorkflowId(endpointId, scanId))
        .fetchHistory();
      return (history.events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signaled }) =>
        (signaled?.input?.payloads ?? []).map(
          ({ data }) => (JSON.parse(Buffer.from(data!).toString()) as ScanEvent).id,
        ),
      );
    },
    /** The number of workflows for the event's scan that were started. */
    async started(event: ScanEvent): Promise<number> {
      const all = await list(`TaskQueue = "${webhookTaskQueue(DEFAULT_TASK_QUEUE)}"`);
      return all.filter(({ workflowId }) => workflowId.endsWith(`-${event.subject}`)).length;
    },
    close: () => connection.close(),
  };
}
