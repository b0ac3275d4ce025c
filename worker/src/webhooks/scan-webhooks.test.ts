/** The events of one scan to one endpoint, on the time-skipping server. */

import { randomUUID } from 'node:crypto';
import type { ScanEvent } from '@reddyfit/shared/scan/events';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import type { StepName } from '@reddyfit/shared/scan/steps';
import { SCAN_EVENT_SIGNAL } from '@reddyfit/shared/names/ids';
import type {
  ScanWebhooksInput,
  ScanWebhooksResult,
  WebhookAnswer,
} from '@reddyfit/shared/webhooks/deliveries';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { describe, expect, it, vi } from 'vitest';
import type { ScanEventsOutcome, WebhookActivities, WebhookRequest } from './activities.ts';
import type { DeliveryRecord, ScanDeliveriesRecord } from './ports.ts';
import { timeSkipping } from '../trial/time-skipping.ts';

const server = timeSkipping();

const scan = { scanId: 'scan-1', userId: 'user-1' };
const [queued, processing, completed] = [
  eventOf(scan, 'scan.queued', 'queued', 0),
  eventOf(scan, 'scan.processing', 'processing', 1000),
  eventOf(scan, 'scan.completed', 'completed', 9000),
];
const stepOf = (step: StepName) => eventOf(scan, 'scan.step.completed', 'processing', 2000, step);
const EVENTS = [queued, processing, stepOf('hydration'), stepOf('qualityCheck'), completed];

interface Endpoint {
  /** The status of each request. */
  status?: (eventId: string, request: number) => number;
  awaitsEnd?: boolean;
  failing?: boolean;
  recorded?: string[];
  outcome?: 'disabled' | 'ended';
}

interface Delivered {
  /** Ids in the order of the requests. */
  requests: string[];
  batches: string[][];
  records: ScanDeliveriesRecord[];
  /** What the workflows of events that were handed over recorded. */
  single: DeliveryRecord[];
  asked: WebhookRequest[];
  results: ScanWebhooksResult[];
}

/**
 * Sends events to the workflow when `send` does so, and waits for the end of the workflow and of those that it started.
 */
async function deliver(
  endpoint: Endpoint,
  send: (signal: (event: ScanEvent) => Promise<WorkflowHandle>, seen: Delivered) => Promise<WorkflowHandle[]>,
): Promise<Delivered> {
  const { status = () => 204, awaitsEnd = true, failing = false, recorded = null, outcome } = endpoint;
  const seen: Delivered = { requests: [], batches: [], records: [], single: [], asked: [], results: [] };
  const answerTo = (eventId: string): WebhookAnswer => {
    seen.requests.push(eventId);
    return { status: status(eventId, seen.requests.length), error: null, ms: 1, answer: '' };
  };
  const activities: WebhookActivities = {
    async deliverScanEvents({ events, first }): Promise<ScanEventsOutcome> {
      seen.batches.push(events.map(({ id }) => id));
      if (outcome === 'ended') return { outcome };
      if (outcome) return { outcome, recorded: first ? recorded : null };
      const sent = [];
      for (const { id } of events) {
        if (first && recorded?.includes(id)) {
          sent.push({ skipped: true as const });
          continue;
        }
        const answer = answerTo(id);
        sent.push({ at: new Date().toISOString(), answer });
        if (answer.status !== 204) break;
      }
      return { outcome: 'answered', sent, failing, awaitsEnd, recorded: first ? recorded : null };
    },
    async recordScanDeliveries(record) {
      seen.records.push(record);
    },
    async deliverWebhook(request) {
      seen.asked.push(request);
      if (outcome) return { outcome };
      return { outcome: 'answered', at: new Date().toISOString(), answer: answerTo(request.event.id) };
    },
    async recordDelivery(record) {
      seen.single.push(record);
    },
  };
  const taskQueue = randomUUID();
  const { client, nativeConnection } = server.environment;
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue,
    workflowBundle: server.workflowBundle,
    activities,
  });
  // A child workflow's id consists of the endpoint's and the event's id; a random endpoint keeps the tests apart.
  const input: ScanWebhooksInput = { endpointId: `we_${taskQueue}`, scanId: scan.scanId };
  const signal = async (event: ScanEvent) => {
    const { signaledRunId } = await client.workflow.signalWithStart('scanWebhooksWorkflow', {
      workflowId: taskQueue,
      taskQueue,
      args: [input],
      signal: SCAN_EVENT_SIGNAL,
      signalArgs: [event],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
    // A handle of the client lets the server skip time while its result is awaited.
    return client.workflow.getHandle(taskQueue, signaledRunId);
  };
  await worker.runUntil(async () => {
    for (const handle of await send(signal, seen))
      seen.results.push((await handle.result()) as ScanWebhooksResult);
    for (const id of new Set(seen.records.flatMap(({ handedOver }) => handedOver)))
      await client.workflow.getHandle(`webhook-${input.endpointId}-${id}`).result();
  });
  return seen;
}

/** Signals all events at once; one workflow receives them all. */
const together =
  (...events: ScanEvent[]) =>
  async (signal: (event: ScanEvent) => Promise<WorkflowHandle>) => {
    let last: WorkflowHandle | undefined;
    for (const event of events) last = await signal(event);
    return [last!];
  };

const idsOf = (events: readonly ScanEvent[]) => events.map(({ id }) => id);

describe("a scan's events", () => {
  it('come in their order, each once, and are recorded in one write at the end', async () => {
    const { requests, records, results, single } = await deliver({}, together(...EVENTS));
    expect(requests).toEqual(idsOf(EVENTS));
    expect(results).toEqual([{ delivered: 5, handedOver: 0 }]);
    expect(records).toMatchObject([
      { scan, first: true, failing: false, handedOver: [], taken: EVENTS.map((event) => ({ event })) },
    ]);
    const keys = records[0]!.taken.map(({ attempt }) => attempt.key);
    expect(new Set(keys).size).toBe(5);
    expect(single).toEqual([]);
  });

  it('whose end never comes are recorded after an hour', async () => {
    const { records, results } = await deliver({}, together(queued, processing));
    expect(records).toHaveLength(1);
    expect(results).toEqual([{ delivered: 2, handedOver: 0 }]);
  });

  it('that come twice are sent once', async () => {
    const { requests } = await deliver({}, together(queued, queued, processing, queued, completed));
    expect(requests).toEqual(idsOf([queued, processing, completed]));
  });

  it('that are not taken at first hold no other, and go on by the schedule from their second attempt', async () => {
    const refused = stepOf('hydration').id;
    const status = (id: string, request: number) => (id === refused && request < 7 ? 500 : 204);
    const { requests, records, single, asked, results } = await deliver({ status }, together(...EVENTS));
    expect(requests.filter((id) => id !== refused)).toEqual(idsOf(EVENTS).filter((id) => id !== refused));
    expect(results).toEqual([{ delivered: 4, handedOver: 1 }]);
    expect(records.flatMap(({ handedOver }) => handedOver)).toEqual([refused]);
    expect(records.flatMap(({ taken }) => taken)).toHaveLength(4);
    // The failed request is the first attempt in the event's own record, and the next attempt comes 5 s later.
    expect(single[0]).toMatchObject({ state: 'pending', first: true, attempt: { status: 500 } });
    const waited = Date.parse(single[0]!.nextAttemptAt!) - Date.parse(single[0]!.at);
    expect(waited).toBeGreaterThan(4000);
    expect(waited).toBeLessThan(6000);
    expect(single.at(-1)).toMatchObject({ state: 'delivered', event: { id: refused } });
    expect(asked.map(({ first }) => first)).not.toContain(true);
    expect(asked.every((request) => !('tried' in request))).toBe(true);
  });

  it('to an endpoint that is gone: each of them says so on its own record', async () => {
    const { records, single } = await deliver({ status: () => 410 }, together(queued, completed));
    expect(records.flatMap(({ handedOver }) => handedOver)).toEqual(idsOf([queued, completed]));
    expect(single.map(({ state, deadReason }) => [state, deadReason])).toEqual([
      ['dead', 'endpoint_gone'],
      ['dead', 'endpoint_gone'],
    ]);
  });

  it('to an endpoint that was disabled meanwhile are dead letters, and to none at all nothing', async () => {
    const { single, requests } = await deliver({ outcome: 'disabled' }, together(queued, completed));
    expect(requests).toEqual([]);
    expect(single.map(({ deadReason }) => deadReason)).toEqual(['endpoint_disabled', 'endpoint_disabled']);
    const gone = await deliver({ outcome: 'ended' }, together(queued));
    expect(gone).toMatchObject({ records: [], single: [], results: [{ delivered: 0, handedOver: 0 }] });
  });

  it('that an earlier run had are not sent again, whatever becomes of those before them', async () => {
    const status = (id: string) => (id === queued.id ? 410 : 204);
    const recorded = [processing.id];
    const { requests } = await deliver({ recorded, status }, together(queued, processing, completed));
    expect(requests.filter((id) => id !== queued.id)).toEqual([completed.id]);
    const disabled = await deliver(
      { outcome: 'disabled', recorded },
      together(queued, processing, completed),
    );
    expect(disabled.single.map(({ event }) => event.id)).toEqual([queued.id, completed.id]);
  });

  it('are recorded at once where the endpoint was failing, which clears it', async () => {
    const { records } = await deliver({ failing: true }, async (signal, seen) => {
      await signal(queued);
      // The workflow does not end before the scan does.
      await vi.waitFor(() => expect(seen.records).toHaveLength(1), 20_000);
      return [await signal(completed)];
    });
    expect(records.map(({ first, failing, taken }) => [first, failing, taken.length])).toEqual([
      [true, true, 1],
      [false, true, 1],
    ]);
  });

  it('to an endpoint that does not ask for every end are recorded whenever nothing is due', async () => {
    const { records, results } = await deliver({ awaitsEnd: false }, async (signal) => {
      const first = await signal(queued);
      await first.result();
      return [first, await signal(processing)];
    });
    expect(records.map(({ taken }) => taken.map(({ event }) => event.id))).toEqual([
      [queued.id],
      [processing.id],
    ]);
    expect(results).toHaveLength(2);
  });

  it('that come after the end begin it anew, which sends what no record has, and ends with that', async () => {
    const late = stepOf('nutrition');
    const { requests, records } = await deliver(
      { recorded: idsOf([queued, completed]) },
      together(completed, late),
    );
    expect(requests).toEqual([late.id]);
    expect(records).toMatchObject([{ first: false, taken: [{ event: late }] }]);
  });
});
