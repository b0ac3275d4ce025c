import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SCAN_EVENT_TYPES, type ScanEvent } from '@reddyfit/shared/scan/events';
import { eventOf } from '@reddyfit/shared/scan/scan-event';
import { paths } from '@reddyfit/shared/names/paths';
import {
  deliveredEvent,
  type ScanDeliveries,
  scanDeliveries,
  type WebhookDelivery,
  webhookDelivery,
} from '@reddyfit/shared/webhooks/deliveries';
import { type WebhookEndpoint, webhookEndpoint } from '@reddyfit/shared/webhooks/endpoints';
import { MockActivityEnvironment } from '@temporalio/testing';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { Webhook as SvixWebhook } from 'svix';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Received, webhookReceiver } from '../../examples/webhook-receiver/receiver.ts';
import { accountChain, type AuditEntry } from '@reddyfit/shared/audit/chain';
import { sha256 } from '../src/audit/firestore-audit.ts';
import { firestoreAuditChains } from '../src/audit/firestore-audit-chains.ts';
import { freePort } from '../../local/stack/ports.ts';
import { addEndpoint, rotateSecret, switchEndpoint } from '../../functions/src/webhooks/endpoints.ts';
import { createWebhookActivities } from '../src/webhooks/create-activities.ts';
import { MAX_AT_ONCE } from '../src/webhooks/endpoint-turns.ts';
import type { WebhookActivities, WebhookOutcome } from '../src/webhooks/activities.ts';
import { firestoreWebhooks } from '../src/webhooks/firestore-webhooks.ts';
import { webhookHttp } from '../src/webhooks/webhook-http.ts';
import type { DeliveryRecord, WebhookStore } from '../src/webhooks/ports.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

let db: Firestore;
let store: WebhookStore;
let activities: WebhookActivities;
let close: () => Promise<void>;

beforeAll(() => {
  process.env.FIRESTORE_EMULATOR_HOST = inject('firestore');
  const app = initializeApp({ projectId: 'demo-webhooks' }, 'webhooks');
  db = getFirestore(app);
  store = firestoreWebhooks(db);
  activities = createWebhookActivities({ webhooks: store, sender: webhookHttp({ allowLoopback: true }) });
  close = async () => {
    await db.terminate();
    await deleteApp(app);
  };
});
afterAll(() => close());

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts the server. Resolves with its URL. */
async function listen(server: Server, port = 0): Promise<string> {
  servers.push(server);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts a receiver as a user of svix would write it. It adds each status that it answers to `statuses`. */
async function svixReceiver(secret: string, statuses: number[], port: number): Promise<string> {
  const webhook = new SvixWebhook(secret);
  return listen(
    createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      try {
        webhook.verify(body, request.headers as Record<string, string>);
        statuses.push(204);
      } catch {
        statuses.push(400);
      }
      response.writeHead(statuses.at(-1)!).end();
    }),
    port,
  );
}

const anEvent = (status: 'completed' | 'failed' = 'completed'): ScanEvent =>
  eventOf({ scanId: randomUUID(), userId: 'user-1' }, `scan.${status}`, status, Date.now());

/** The time and the actor of a change of endpoints. */
const by = (now = new Date()) => ({ now, actor: 'operator:test' });

const add = (url: string, changes: Partial<Parameters<typeof addEndpoint>[1]> = {}) =>
  addEndpoint(db, { url, events: ['scan.completed'], description: '', ...changes }, by(), true);

/** Runs the delivery's activity as the worker does. */
const deliver = (endpointId: string, event = anEvent(), again = false): Promise<WebhookOutcome> =>
  new MockActivityEnvironment().run(activities.deliverWebhook, { endpointId, event, again, first: true });

/** Record of an attempt at `at` (ms since 1970) with this status. */
function recordOf(
  endpointId: string,
  event: ScanEvent,
  status: number,
  at: number,
  changes: Partial<DeliveryRecord> = {},
): DeliveryRecord {
  const iso = new Date(at).toISOString();
  return {
    endpointId,
    event,
    at: iso,
    attempt: { key: `run/${at}`, at: iso, status, error: null, ms: 12, answer: 'so' },
    state: status < 300 ? 'delivered' : 'pending',
    deadReason: null,
    nextAttemptAt: status < 300 ? null : new Date(at + 5000).toISOString(),
    ...changes,
  };
}

const endpointOf = async (endpointId: string) =>
  webhookEndpoint.parse((await db.doc(paths.webhookEndpoint(endpointId)).get()).data()) as WebhookEndpoint;
const deliveryOf = async (endpointId: string, { id }: ScanEvent) =>
  webhookDelivery.parse(
    (await db.doc(paths.webhookDelivery(endpointId, id)).get()).data(),
  ) as WebhookDelivery;

describe('a delivery', () => {
  it('is verified by the example receiver, under the id of the event', async () => {
    const port = await freePort();
    const { endpointId, secret } = await add(`http://127.0.0.1:${port}/hook`);
    const url = await listen(webhookReceiver(secret), port);
    const event = anEvent();
    expect(await deliver(endpointId, event)).toMatchObject({ outcome: 'answered', answer: { status: 204 } });
    const received = (await (await fetch(`${url}/received`)).json()) as Received[];
    expect(received).toEqual([{ id: event.id, at: expect.any(String), verified: true, event }]);
  });

  it('is verified by svix, through a rotation by the new and the old secret, and by the old no longer after a day', async () => {
    const port = await freePort();
    const { endpointId, secret: old } = await add(`http://127.0.0.1:${port}/`);
    const statuses: number[] = [];
    await svixReceiver(old, statuses, port);
    const { secret: fresh } = await rotateSecret(db, endpointId, by());
    await deliver(endpointId);
    expect(statuses).toEqual([204]);

    const { secrets } = (await store.recipient(endpointId, 'e', new Date(Date.now() + 23.9 * HOUR)))!;
    expect(secrets).toEqual([fresh, old]);
    const afterwards = (await store.recipient(endpointId, 'e', new Date(Date.now() + 24.1 * HOUR)))!;
    expect(afterwards.secrets).toEqual([fresh]);
    // The state after the day in which the old secret is still valid.
    await db.doc(paths.webhookSecrets(endpointId)).update({
      secrets: [{ secret: fresh, createdAt: Timestamp.now(), validUntil: null }],
    });
    expect(await deliver(endpointId)).toMatchObject({ answer: { status: 400 } });
    expect(statuses).toEqual([204, 400]);
  });

  it('goes to nobody who did not ask, is disabled, or is not there', async () => {
    let requests = 0;
    const url = await listen(createServer((_, response) => void response.end(String((requests += 1)))));
    const { endpointId } = await add(url);
    expect(await deliver(endpointId, anEvent('failed'))).toEqual({ outcome: 'ended' });
    expect(await deliver('we_00000000000000000000')).toEqual({ outcome: 'ended' });
    await switchEndpoint(db, endpointId, 'disabled', by());
    expect(await deliver(endpointId)).toEqual({ outcome: 'disabled' });
    expect(requests).toBe(0);
  });

  it('that has ended is not begun again, unless an operator asks', async () => {
    let requests = 0;
    const url = await listen(createServer((_, response) => void response.end(String((requests += 1)))));
    const { endpointId } = await add(url);
    const event = anEvent();
    await store.record(
      recordOf(endpointId, event, 500, Date.now(), { state: 'dead', deadReason: 'attempts_used' }),
    );
    expect(await deliver(endpointId, event)).toEqual({ outcome: 'ended' });
    expect(await deliver(endpointId, event, true)).toMatchObject({ outcome: 'answered' });
    expect(requests).toBe(1);
  });

  it('to an endpoint that hangs holds no more than its share, and another is asked at once', async () => {
    const hanging = await listen(createServer(() => undefined));
    const quick = await listen(createServer((_, response) => void response.end()));
    const [{ endpointId: slow }, { endpointId: other }] = await Promise.all([add(hanging), add(quick)]);
    const environment = new MockActivityEnvironment();
    const held = Array.from({ length: MAX_AT_ONCE }, () =>
      environment
        .run(activities.deliverWebhook, { endpointId: slow, event: anEvent(), again: false, first: true })
        .catch((error: unknown) => error),
    );
    await expect(deliver(slow)).rejects.toMatchObject({ type: 'EndpointBusyError', nonRetryable: false });
    const begun = Date.now();
    expect(await deliver(other)).toMatchObject({ answer: { status: 200 } });
    expect(Date.now() - begun).toBeLessThan(5000);
    environment.cancel('CANCELLED');
    await Promise.all(held);
    expect(await deliver(other)).toMatchObject({ answer: { status: 200 } });
  });
});

describe("a scan's events", () => {
  const send = (endpointId: string, events: ScanEvent[], first = true) =>
    new MockActivityEnvironment().run(activities.deliverScanEvents, {
      endpointId,
      scanId: events[0]!.subject,
      events,
      first,
    });
  const recordOfScan = (endpointId: string, events: ScanEvent[], failing = false) => {
    const at = new Date().toISOString();
    return {
      endpointId,
      scan: { scanId: events[0]!.subject, userId: 'user-1' },
      at,
      taken: events.map((event, index) => ({
        event,
        attempt: { key: `run/${index}`, at, status: 204, error: null, ms: 3, answer: '' },
      })),
      handedOver: ['an-event'],
      first: true,
      failing,
    };
  };
  const eventsOf = (scanId: string) => [
    eventOf({ scanId, userId: 'user-1' }, 'scan.queued', 'queued', 1),
    eventOf({ scanId, userId: 'user-1' }, 'scan.step.completed', 'processing', 2, 'delta'),
    eventOf({ scanId, userId: 'user-1' }, 'scan.completed', 'completed', 3),
  ];

  it('are verified by the example receiver, in their order, those that nobody asked for left out', async () => {
    const port = await freePort();
    const { endpointId, secret } = await add(`http://127.0.0.1:${port}/hook`, {
      events: ['scan.queued', 'scan.completed'],
    });
    const url = await listen(webhookReceiver(secret), port);
    const events = eventsOf(randomUUID());
    expect(await send(endpointId, events)).toMatchObject({
      outcome: 'answered',
      sent: [{ answer: { status: 204 } }, { skipped: true }, { answer: { status: 204 } }],
      failing: false,
      awaitsEnd: false,
      recorded: null,
    });
    const received = (await (await fetch(`${url}/received`)).json()) as Received[];
    expect(received).toMatchObject([
      { id: events[0]!.id, verified: true, event: events[0] },
      { id: events[2]!.id, verified: true, event: events[2] },
    ]);
  });

  it('are sent up to the first that is not taken', async () => {
    const url = await listen(createServer((_, response) => void response.writeHead(500).end()));
    const { endpointId } = await add(url, { events: [...SCAN_EVENT_TYPES] });
    expect(await send(endpointId, eventsOf(randomUUID()))).toMatchObject({
      sent: [{ answer: { status: 500 } }],
      awaitsEnd: true,
    });
  });

  it('are in one record, however often it is written, and none of them is sent again', async () => {
    const url = await listen(createServer((_, response) => void response.writeHead(204).end()));
    const { endpointId } = await add(url, { events: [...SCAN_EVENT_TYPES] });
    const events = eventsOf(randomUUID());
    const [first, ...rest] = events;
    await activities.recordScanDeliveries(recordOfScan(endpointId, events));
    await activities.recordScanDeliveries(recordOfScan(endpointId, events));
    const found = await db.doc(paths.scanDeliveries(endpointId, first!.subject)).get();
    const record = scanDeliveries.parse(found.data()) as ScanDeliveries;
    expect(record.deliveries.map((taken) => deliveredEvent(record, taken))).toEqual(events);
    expect(record.handedOver).toEqual(['an-event']);
    expect(record.expiresAt.toMillis() - record.updatedAt.toMillis()).toBe(30 * DAY);
    const ofUser = db.collectionGroup('deliveries').where('event.data.userId', '==', 'user-1');
    expect((await ofUser.get()).docs.map(({ id }) => id)).toContain(first!.subject);
    expect(await send(endpointId, [...rest, first!])).toMatchObject({
      sent: [{ skipped: true }, { skipped: true }, { skipped: true }],
      recorded: [...events.map(({ id }) => id), 'an-event'],
    });
  });

  it('clear an endpoint that was failing', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    await activities.recordDelivery(recordOf(endpointId, anEvent(), 500, Date.now()));
    expect(await store.subscriber(endpointId, new Date())).toMatchObject({ failing: true });
    await activities.recordScanDeliveries(recordOfScan(endpointId, eventsOf(randomUUID()), true));
    expect((await endpointOf(endpointId)).failingSince).toBeNull();
    // What was known of it is looked at anew.
    expect(await store.subscriber(endpointId, new Date())).toMatchObject({ failing: false });
  });

  it('that are delivered after an account was deleted leave no record that names it', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const [gone, here] = [randomUUID(), randomUUID()];
    for (const uid of [gone, here])
      await db.doc(paths.auditLog(accountChain(sha256(uid)))).set({ seq: 1, hash: 'h', keys: {} });
    // Somebody has signed up again under this id.
    await db.doc(paths.user(here)).set({ sex: 'female' });
    const now = Date.now();
    for (const [userId, hoursAgo, kept] of [
      [gone, 2, 'deleted'],
      [gone, 0.5, gone],
      [here, 2, here],
      ['user-1', 2, 'user-1'],
    ] as const) {
      const time = new Date(now - hoursAgo * HOUR).toISOString();
      const event = anEvent();
      const old = { ...event, time, data: { ...event.data, userId } } as ScanEvent;
      for (const first of [true, false]) {
        await store.record({ ...recordOf(endpointId, old, 500, now + Number(first)), first });
        expect((await deliveryOf(endpointId, event)).event.data).toMatchObject({ userId: kept });
      }
      const scanId = randomUUID();
      const [taken] = eventsOf(scanId);
      await store.recordScan({
        ...recordOfScan(endpointId, [{ ...taken!, time }], false),
        scan: { scanId, userId },
      });
      const ref = db.doc(paths.scanDeliveries(endpointId, scanId));
      expect((await ref.get()).get('event.data.userId')).toBe(kept);
    }
  });

  it('go to the endpoint as it was within three seconds', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const now = new Date();
    expect(await store.subscriber(endpointId, now)).toMatchObject({ enabled: true });
    await switchEndpoint(db, endpointId, 'disabled', by());
    const soon = new Date(now.getTime() + 2999);
    expect(await store.subscriber(endpointId, soon)).toMatchObject({ enabled: true });
    const later = new Date(now.getTime() + 3000);
    expect(await store.subscriber(endpointId, later)).toMatchObject({ enabled: false });
    expect(await store.subscriber('we_none', now)).toBeNull();
  });
});

describe('the record of a delivery', () => {
  it('holds every attempt once, however often it is written', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const event = anEvent();
    const now = Date.now();
    for (const record of [
      recordOf(endpointId, event, 500, now),
      recordOf(endpointId, event, 500, now),
      recordOf(endpointId, event, 200, now + 5000),
    ]) {
      await activities.recordDelivery(record);
    }
    const delivery = await deliveryOf(endpointId, event);
    expect(delivery).toMatchObject({ event, state: 'delivered', lastStatus: 200, nextAttemptAt: null });
    expect(delivery.attempts).toMatchObject([
      { status: 500, ms: 12, answer: 'so' },
      { status: 200, ms: 12, answer: 'so' },
    ]);
    expect(delivery.expiresAt.toMillis() - delivery.updatedAt.toMillis()).toBe(30 * DAY);
  });

  it('is made without a look at what is there where it is the first, and repeated it holds the attempt once', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const event = anEvent();
    const first = { ...recordOf(endpointId, event, 200, Date.now()), first: true };
    const unread = new Proxy(db, {
      get(target, name) {
        if (name === 'runTransaction') throw new Error('it was looked at');
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await firestoreWebhooks(unread).record(first);
    await store.record(first);
    expect((await deliveryOf(endpointId, event)).attempts).toMatchObject([{ status: 200 }]);
  });

  it('looks at the endpoint of a success only where that was failing', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    await activities.recordDelivery(recordOf(endpointId, anEvent(), 500, Date.now()));
    const failingSince = async () => (await endpointOf(endpointId)).failingSince;
    const success = (failing: boolean) =>
      activities.recordDelivery({ ...recordOf(endpointId, anEvent(), 200, Date.now()), failing });
    await success(false);
    expect(await failingSince()).not.toBeNull();
    expect(await store.recipient(endpointId, 'e', new Date())).toMatchObject({ failing: true });
    await success(true);
    expect(await failingSince()).toBeNull();
    expect(await store.recipient(endpointId, 'e', new Date())).toMatchObject({ failing: false });
  });

  it('tells when the next attempt is', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const event = anEvent();
    const now = Date.now();
    await store.record(recordOf(endpointId, event, 503, now));
    expect((await deliveryOf(endpointId, event)).nextAttemptAt!.toMillis()).toBe(now + 5000);
  });
});

describe('an endpoint', () => {
  it('that says it is gone is disabled', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const at = Date.now();
    await activities.recordDelivery(
      recordOf(endpointId, anEvent(), 410, at, { state: 'dead', deadReason: 'endpoint_gone' }),
    );
    const { state, disabled } = await endpointOf(endpointId);
    expect([state, disabled!.reason, disabled!.at.toMillis()]).toEqual(['disabled', 'gone', at]);
  });

  it('that failed for five days is disabled at its next failure, and the operator told also when asked again', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const now = Date.now();
    const judge = (outcome: 'failed' | 'delivered', at: number) =>
      store.judge(endpointId, outcome, new Date(at).toISOString());
    expect(await judge('failed', now)).toBeNull();
    expect(await judge('failed', now + 4.9 * DAY)).toBeNull();
    expect((await endpointOf(endpointId)).failingSince!.toMillis()).toBe(now);
    expect(await judge('failed', now + 5 * DAY)).toBe('failing');
    expect(await judge('failed', now + 5 * DAY)).toBe('failing');
    expect(await judge('failed', now + 5.1 * DAY)).toBeNull();
    expect((await endpointOf(endpointId)).disabled).toMatchObject({ reason: 'failing' });

    await switchEndpoint(db, endpointId, 'enabled', by());
    expect(await endpointOf(endpointId)).toMatchObject({
      state: 'enabled',
      disabled: null,
      failingSince: null,
    });
    expect(await judge('failed', now + 6 * DAY)).toBeNull();
  });

  it('that succeeds once in between has five days again', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const now = Date.now();
    const judge = (outcome: 'failed' | 'delivered', at: number) =>
      store.judge(endpointId, outcome, new Date(at).toISOString());
    await judge('failed', now);
    await judge('delivered', now + 4 * DAY);
    expect((await endpointOf(endpointId)).failingSince).toBeNull();
    expect(await judge('failed', now + 6 * DAY)).toBeNull();
    expect((await endpointOf(endpointId)).state).toBe('enabled');
  });

  it('that many deliveries fail at and reach at once is judged all the same, and soon', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const now = Date.now();
    const many = Array.from({ length: 200 }, (_, index) =>
      store.judge(endpointId, index % 4 === 0 ? 'delivered' : 'failed', new Date(now + index).toISOString()),
    );
    expect(new Set(await Promise.all(many))).toEqual(new Set([null]));
    await store.judge(endpointId, 'failed', new Date(now).toISOString());
    expect((await endpointOf(endpointId)).failingSince).not.toBeNull();
    const late = Array.from({ length: 100 }, () =>
      store.judge(endpointId, 'failed', new Date(now + 6 * DAY).toISOString()),
    );
    expect(new Set(await Promise.all(late)), 'whoever disabled it at that time').toEqual(
      new Set(['failing']),
    );
  });

  it('that an operator disabled stays as it is, whatever comes in late', async () => {
    const { endpointId } = await add('http://127.0.0.1:9/');
    const now = new Date();
    await switchEndpoint(db, endpointId, 'disabled', by(now));
    expect(await store.judge(endpointId, 'gone', now.toISOString())).toBeNull();
    expect((await endpointOf(endpointId)).disabled).toMatchObject({ reason: 'operator' });
  });

  it('is changed by somebody who is named, each change once', async () => {
    const operator = { now: new Date(), actor: `operator:${randomUUID()}` };
    const { endpointId } = await addEndpoint(
      db,
      { url: 'https://partner.example/hooks', events: ['scan.completed'], description: '' },
      operator,
    );
    await switchEndpoint(db, endpointId, 'disabled', operator);
    // The endpoint is disabled already.
    await switchEndpoint(db, endpointId, 'disabled', operator);
    await switchEndpoint(db, endpointId, 'enabled', operator);
    await rotateSecret(db, endpointId, operator);

    const { entries } = await firestoreAuditChains(db).read(operator.actor);
    const recorded = entries.map(({ data }) => data as AuditEntry).toSorted((a, b) => a.seq - b.seq);
    expect(recorded.map(({ action, actor, detail }) => ({ action, actor, detail }))).toEqual(
      ['webhook_added', 'webhook_disabled', 'webhook_enabled', 'webhook_secret_rotated'].map((action) => ({
        action,
        actor: operator.actor,
        detail: { endpointId },
      })),
    );
  });

  it('has a secret of 32 random bytes, kept apart from what is shown of it', async () => {
    const { endpointId, secret } = await add('http://127.0.0.1:9/');
    expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(randomBytes(32).length);
    expect(JSON.stringify(await endpointOf(endpointId))).not.toContain(secret);
  });
});
