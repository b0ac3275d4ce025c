/** The schedule of a webhook on the time-skipping server, against an endpoint with scripted answers. */

import { randomUUID } from 'node:crypto';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import {
  WEBHOOK_WAITS_SECONDS,
  type WebhookAnswer,
  type WebhookDeliveryResult,
} from '@reddyfit/shared/webhooks/deliveries';
import { Worker } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import type { WebhookActivities, WebhookOutcome, WebhookRequest } from './activities.ts';
import type { DeliveryRecord } from './ports.ts';
import { timeSkipping } from '../trial/time-skipping.ts';

const event = eventOf(
  { scanId: 'scan-1', userId: 'user-1' },
  'scan.completed',
  'completed',
  Date.UTC(2026, 0),
);

const server = timeSkipping();

/** The result of each attempt: an HTTP status, an outcome other than `answered`, or parts of an answer. */
type Plan = (
  attempt: number,
) => number | Exclude<WebhookOutcome, { outcome: 'answered' }> | Partial<WebhookAnswer>;

interface Delivery {
  result: WebhookDeliveryResult;
  /** Server time (s) of each attempt, since the first. */
  at: number[];
  requests: WebhookRequest[];
  records: DeliveryRecord[];
}

async function deliver(plan: Plan): Promise<Delivery> {
  const times: number[] = [];
  const requests: WebhookRequest[] = [];
  const records: DeliveryRecord[] = [];
  const activities: Pick<WebhookActivities, 'deliverWebhook' | 'recordDelivery'> = {
    async deliverWebhook(request) {
      const now = await server.environment.currentTimeMs();
      times.push(now / 1000);
      requests.push(request);
      const planned = plan(times.length);
      if (typeof planned === 'object' && 'outcome' in planned) return planned;
      const answer: WebhookAnswer = {
        status: null,
        error: null,
        ms: 1,
        answer: '',
        ...(typeof planned === 'number' ? { status: planned } : planned),
      };
      return { outcome: 'answered', at: new Date(now).toISOString(), answer };
    },
    async recordDelivery(record) {
      records.push(record);
    },
  };
  const taskQueue = randomUUID();
  const worker = await Worker.create({
    connection: server.environment.nativeConnection,
    taskQueue,
    workflowBundle: server.workflowBundle,
    activities,
  });
  const result = await worker.runUntil(
    server.environment.client.workflow.execute('webhookDeliveryWorkflow', {
      workflowId: taskQueue,
      taskQueue,
      args: [{ endpointId: 'we_1', event, again: false }],
    }) as Promise<WebhookDeliveryResult>,
  );
  return { result, at: times.map((time) => time - times[0]!), requests, records };
}

/** Seconds between attempts. */
const waits = ({ at }: Delivery) => at.slice(1).map((time, index) => time - at[index]!);

describe('a webhook', () => {
  it('that is taken at once is asked for once', async () => {
    const { result, requests, records } = await deliver(() => 204);
    expect(result).toEqual({ state: 'delivered', attempts: 1 });
    expect(requests).toMatchObject([{ endpointId: 'we_1', event, again: false, first: true }]);
    expect(records).toMatchObject([
      { state: 'delivered', deadReason: null, nextAttemptAt: null, attempt: { status: 204 } },
    ]);
  });

  it('that is answered with 500 seven times and then taken comes eight times, each wait near that of the schedule', async () => {
    const delivery = await deliver((attempt) => (attempt < 8 ? 500 : 200));
    expect(delivery.result).toEqual({ state: 'delivered', attempts: 8 });
    for (const [index, wait] of waits(delivery).entries()) {
      const planned = WEBHOOK_WAITS_SECONDS[index + 1]!;
      // The server's times add some tenths of a second.
      expect(wait).toBeGreaterThan(planned * 0.9 - 1);
      expect(wait).toBeLessThan(planned * 1.1 + 5);
    }
    const hours = delivery.at.at(-1)! / 3600;
    expect(hours).toBeGreaterThan(24.8);
    expect(hours).toBeLessThan(30.4);

    const { records } = delivery;
    expect(records.map(({ state }) => state)).toEqual([...Array<string>(7).fill('pending'), 'delivered']);
    expect(new Set(records.map(({ attempt }) => attempt!.key)).size).toBe(8);
    for (const [index, { nextAttemptAt, attempt }] of records.slice(0, 7).entries()) {
      const announced = Date.parse(nextAttemptAt!) - Date.parse(attempt!.at);
      expect(announced / 1000).toBeCloseTo(waits(delivery)[index]!, -1);
    }
  });

  it('whose endpoint is down for the whole schedule is a dead letter, with nothing lost of what was tried', async () => {
    const { result, records } = await deliver(() => ({ error: 'connect' }));
    expect(result).toEqual({ state: 'dead', attempts: 8 });
    expect(records).toHaveLength(8);
    expect(records.at(-1)).toMatchObject({
      event,
      state: 'dead',
      deadReason: 'attempts_used',
      nextAttemptAt: null,
      attempt: { error: 'connect' },
    });
  });

  it('is spread: two that failed together do not come back together', async () => {
    const [one, other] = [await deliver(() => 500), await deliver(() => 500)];
    expect(Math.round(one.at.at(-1)!)).not.toBe(Math.round(other.at.at(-1)!));
  });

  it.each([
    ['429 waits as long as was asked for', { status: 429, retryAfterMs: 3_600_000 }, 3600],
    ['503 waits as long as was asked for', { status: 503, retryAfterMs: 600_000 }, 600],
    ['503 that asks for less waits as planned', { status: 503, retryAfterMs: 1 }, 5],
    ['500 waits as planned', { status: 500, retryAfterMs: 3_600_000 }, 5],
    ['503 that asks for a year waits a day', { status: 503, retryAfterMs: 365 * 86_400_000 }, 86_400],
  ])('%s', async (_, answer, seconds) => {
    const delivery = await deliver((attempt) => (attempt === 1 ? answer : 200));
    expect(delivery.result.attempts).toBe(2);
    expect(waits(delivery)[0]).toBeGreaterThan(seconds * 0.9 - 1);
    expect(waits(delivery)[0]).toBeLessThan(seconds * 1.1 + 5);
  });

  it.each([302, 404])('answered with %i is tried again', async (status) => {
    const { result } = await deliver((attempt) => (attempt === 1 ? status : 200));
    expect(result).toEqual({ state: 'delivered', attempts: 2 });
  });

  it('answered with 410 is a dead letter at once, and says that the endpoint is gone', async () => {
    const { result, records } = await deliver(() => 410);
    expect(result).toEqual({ state: 'dead', attempts: 1 });
    expect(records).toMatchObject([{ state: 'dead', deadReason: 'endpoint_gone', attempt: { status: 410 } }]);
  });

  it('whose endpoint was disabled while it waited is a dead letter without a further request', async () => {
    const { result, records } = await deliver((attempt) => (attempt === 1 ? 500 : { outcome: 'disabled' }));
    expect(result).toEqual({ state: 'dead', attempts: 1 });
    expect(records.at(-1)).toMatchObject({ state: 'dead', deadReason: 'endpoint_disabled', attempt: null });
  });

  it('that ended before leaves no second record', async () => {
    const { result, records } = await deliver(() => ({ outcome: 'ended' }));
    expect(result).toEqual({ state: 'skipped', attempts: 0 });
    expect(records).toEqual([]);
  });
});
