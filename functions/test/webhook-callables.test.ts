import { randomUUID } from 'node:crypto';
import { DEFAULT_TASK_QUEUE, webhookDeliveryWorkflowId, webhookTaskQueue } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type {
  ListWebhooksResponse,
  ListWebhookDeliveriesResponse,
  RedeliverWebhookResponse,
  TestWebhookResponse,
  WebhookSecretResponse,
  WebhookStateResponse,
} from '@reddyfit/shared/webhooks/callables';
import { type ScanDeliveries, scanDeliveries } from '@reddyfit/shared/webhooks/deliveries';
import { webhookSecrets } from '@reddyfit/shared/webhooks/endpoints';
import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningServer, startAuth } from '../../test/servers.ts';
import { appoint, callableStage } from './callable-stage.ts';
import { anEvent, deliveriesAt } from './webhook-stage.ts';

type Callables = typeof import('../src/index.ts');

let stage: Awaited<ReturnType<typeof callableStage>>;
let temporal: Awaited<ReturnType<typeof deliveriesAt>>;
let callables: Callables;
let auth: RunningServer;

beforeAll(async () => {
  auth = await startAuth('demo-webhook-callables');
  process.env.FIREBASE_AUTH_EMULATOR_HOST = auth.address;
  stage = await callableStage('demo-webhook-callables');
  temporal = await deliveriesAt(inject('temporal'));
  callables = await import('../src/index.ts');
  await appoint(admin.uid, admin.token);
});
afterAll(async () => {
  await temporal.close();
  await stage.close();
  await auth.stop();
});

const admin = { uid: 'admin-1', token: { admin: true } };
const call = <Response>(name: keyof Callables, data: unknown, caller: object = admin) =>
  stage.callAs<Response>(callables[name] as never)(caller, data);

const url = 'https://partner.example/hooks';
const add = (changes: object = {}) => call<WebhookSecretResponse>('addWebhook', { url, ...changes });

/** Makes a delivery to the endpoint that is in `state`. Resolves with its event. */
async function deliveryOf(endpointId: string, state: 'pending' | 'delivered' | 'dead') {
  const event = anEvent('scan.completed');
  const now = Timestamp.now();
  await stage.db.doc(paths.webhookDelivery(endpointId, event.id)).set({
    event,
    state,
    deadReason: state === 'dead' ? 'attempts_used' : null,
    attempts: [{ key: 'run/1', at: now, status: 500, error: null, ms: 7, answer: 'no' }],
    lastStatus: 500,
    nextAttemptAt: null,
    createdAt: now,
    updatedAt: now,
    expiresAt: now,
  });
  return event;
}

const everyCallable = [
  ['addWebhook', { url }],
  ['listWebhooks', {}],
  ['disableWebhook', { endpointId: 'we_00000000000000000000' }],
  ['enableWebhook', { endpointId: 'we_00000000000000000000' }],
  ['rotateWebhookSecret', { endpointId: 'we_00000000000000000000' }],
  ['testWebhook', { endpointId: 'we_00000000000000000000' }],
  ['listWebhookDeliveries', { endpointId: 'we_00000000000000000000' }],
  ['redeliverWebhook', { endpointId: 'we_00000000000000000000' }],
] as const;

describe.each(everyCallable)('%s', (name, data) => {
  it('is for administrators alone', async () => {
    await expect(call(name, data, {})).rejects.toMatchObject({ code: 'unauthenticated' });
    for (const token of [{}, { operator: true }, { admin: 'true' }]) {
      await expect(call(name, data, { uid: 'user-1', token })).rejects.toMatchObject({
        code: 'permission-denied',
      });
    }
  });
});

it.each(everyCallable.filter(([name]) => !/^(add|list)/.test(name)))(
  '%s names an endpoint that is not there',
  async (name, data) => {
    await expect(call(name, data)).rejects.toMatchObject({ details: { code: 'WebhookNotFoundError' } });
  },
);

describe('an endpoint', () => {
  it('is added enabled, for all events, its secret shown once', async () => {
    const { endpointId, secret } = await add({ description: 'a partner' });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await call<ListWebhooksResponse>('listWebhooks', {});
    expect(JSON.stringify(listed)).not.toContain('whsec_');
    expect(listed.endpoints.find((endpoint) => endpoint.endpointId === endpointId)).toMatchObject({
      url,
      description: 'a partner',
      state: 'enabled',
      events: expect.arrayContaining(['scan.queued', 'scan.step.completed', 'scan.canceled']),
    });
  });

  it.each([
    'http://partner.example/',
    'http://127.0.0.1:4030/',
    'https://user:secret@partner.example/',
    'https://partner.example:444/',
    'partner.example',
    `https://partner.example/${'x'.repeat(2048)}`,
  ])('is refused with the URL %s', async (refused) => {
    await expect(add({ url: refused })).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { field: 'url' },
    });
  });

  it('is refused with events that do not exist, or with none', async () => {
    await expect(add({ events: ['scan.exploded'] })).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(add({ events: [] })).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('is disabled and enabled', async () => {
    const { endpointId } = await add();
    const state = async () => (await stage.db.doc(paths.webhookEndpoint(endpointId)).get()).get('state');
    expect(await call<WebhookStateResponse>('disableWebhook', { endpointId })).toEqual({
      endpointId,
      state: 'disabled',
    });
    expect(await state()).toBe('disabled');
    await expect(call('testWebhook', { endpointId })).rejects.toMatchObject({
      details: { code: 'WebhookDisabledError' },
    });
    await call('enableWebhook', { endpointId });
    expect(await state()).toBe('enabled');
  });

  it('keeps each replaced secret for 24 hours, and forgets it at the next rotation after that', async () => {
    const { endpointId, secret: first } = await add();
    const { secret: second } = await call<WebhookSecretResponse>('rotateWebhookSecret', { endpointId });
    const { secret: third } = await call<WebhookSecretResponse>('rotateWebhookSecret', { endpointId });
    const ref = stage.db.doc(paths.webhookSecrets(endpointId));
    const { secrets } = webhookSecrets.parse((await ref.get()).data());
    expect(secrets.map(({ secret }) => secret)).toEqual([third, second, first]);
    expect(secrets.map(({ validUntil }) => validUntil === null)).toEqual([true, false, false]);
    const hours = (secrets[1]!.validUntil!.toMillis() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);

    await ref.update({
      secrets: secrets.map((one) => ({ ...one, validUntil: one.validUntil && Timestamp.fromMillis(1) })),
    });
    const { secret: fourth } = await call<WebhookSecretResponse>('rotateWebhookSecret', { endpointId });
    const kept = webhookSecrets.parse((await ref.get()).data()).secrets;
    expect(kept.map(({ secret }) => secret)).toEqual([fourth, third]);
  });
});

describe('deliveries', () => {
  const queue = webhookTaskQueue(DEFAULT_TASK_QUEUE);
  const inputOf = async (endpointId: string, eventId: string) => {
    const handle = temporal.client.workflow.getHandle(webhookDeliveryWorkflowId(endpointId, eventId));
    const { taskQueue } = await handle.describe();
    const { events } = await handle.fetchHistory();
    const [payload] = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads!;
    return { taskQueue, input: JSON.parse(Buffer.from(payload!.data!).toString()) as unknown };
  };

  it('are shown by state, the latest first, with every attempt', async () => {
    const { endpointId } = await add();
    const dead = await deliveryOf(endpointId, 'dead');
    const delivered = await deliveryOf(endpointId, 'delivered');
    const list = (data: object) =>
      call<ListWebhookDeliveriesResponse>('listWebhookDeliveries', { endpointId, ...data });
    expect((await list({})).deliveries.map(({ eventId }) => eventId)).toEqual([delivered.id, dead.id]);
    expect((await list({ state: 'dead' })).deliveries).toMatchObject([
      {
        eventId: dead.id,
        type: 'scan.completed',
        state: 'dead',
        deadReason: 'attempts_used',
        attempts: [{ at: expect.stringMatching(/^20.*Z$/), status: 500, ms: 7, answer: 'no' }],
      },
    ]);
  });

  it('of a scan that were taken at once are shown one by one, and any of them is delivered again', async () => {
    const { endpointId } = await add();
    const scanId = randomUUID();
    const [queued, completed] = [anEvent('scan.queued', scanId), anEvent('scan.completed', scanId)];
    const at = (seconds: number) => Timestamp.fromMillis(1_700_000_000_000 + seconds * 1000);
    const record: ScanDeliveries = {
      event: { data: { scanId, userId: 'user-1' } },
      state: 'delivered',
      deliveries: [queued, completed].map(({ type, time, data: { status } }, index) => ({
        type,
        status,
        time,
        attempt: { key: `r/${index}`, at: at(index), status: 204, error: null, ms: 5, answer: '' },
      })),
      handedOver: [],
      createdAt: at(2),
      updatedAt: at(2),
      expiresAt: at(3),
    };
    await stage.db.doc(paths.scanDeliveries(endpointId, scanId)).set(scanDeliveries.parse(record));
    const list = async (data: object = {}) =>
      (await call<ListWebhookDeliveriesResponse>('listWebhookDeliveries', { endpointId, ...data }))
        .deliveries;
    expect(await list()).toMatchObject([
      { eventId: completed.id, type: 'scan.completed', state: 'delivered', attempts: [{ status: 204 }] },
      { eventId: queued.id, type: 'scan.queued', updatedAt: at(0).toDate().toISOString() },
    ]);
    expect(await list({ limit: 1 })).toHaveLength(1);
    expect(await list({ state: 'dead' })).toEqual([]);
    const request = { endpointId, eventId: queued.id };
    expect(await call<RedeliverWebhookResponse>('redeliverWebhook', request)).toMatchObject({
      eventIds: [queued.id],
    });
    expect(await inputOf(endpointId, queued.id)).toEqual({
      taskQueue: queue,
      input: { endpointId, event: queued, again: true },
    });
    // From then on it has a record of its own, which is the one that is shown.
    const own = { state: 'dead', deadReason: 'attempts_used', attempts: [], lastStatus: 500 };
    await stage.db.doc(paths.webhookDelivery(endpointId, queued.id)).set({
      event: queued,
      ...own,
      nextAttemptAt: null,
      createdAt: at(5),
      updatedAt: at(5),
      expiresAt: at(6),
    });
    expect(await list()).toMatchObject([
      { eventId: queued.id, state: 'dead' },
      { eventId: completed.id, state: 'delivered' },
    ]);
  });

  it('that are dead letters are all delivered again by one call, the others not', async () => {
    const { endpointId } = await add();
    const dead = [await deliveryOf(endpointId, 'dead'), await deliveryOf(endpointId, 'dead')];
    await deliveryOf(endpointId, 'delivered');
    const answer = await call<RedeliverWebhookResponse>('redeliverWebhook', { endpointId });
    expect(answer).toEqual({ eventIds: dead.map(({ id }) => id), broken: [], more: false });
    for (const event of dead) {
      expect(await inputOf(endpointId, event.id)).toEqual({
        taskQueue: queue,
        input: { endpointId, event, again: true },
      });
    }
  });

  it('that were made are delivered again one by one; those under way are not', async () => {
    const { endpointId } = await add();
    const [delivered, pending] = [
      await deliveryOf(endpointId, 'delivered'),
      await deliveryOf(endpointId, 'pending'),
    ];
    const again = (eventId: string) =>
      call<RedeliverWebhookResponse>('redeliverWebhook', { endpointId, eventId });
    expect((await again(delivered.id)).eventIds).toEqual([delivered.id]);
    for (const eventId of [pending.id, 'scan-1:scan.completed']) {
      await expect(again(eventId)).rejects.toMatchObject({ details: { code: 'DeliveryNotFoundError' } });
    }
    for (const eventId of ['', 'a/b', '../x']) {
      await expect(again(eventId)).rejects.toMatchObject({ code: 'invalid-argument' });
    }
  });

  it('of a test are like others', async () => {
    const { endpointId } = await add();
    const { eventId } = await call<TestWebhookResponse>('testWebhook', { endpointId });
    expect(await inputOf(endpointId, eventId)).toMatchObject({
      taskQueue: queue,
      input: { endpointId, event: { id: eventId, type: 'webhook.test', data: {} }, again: false },
    });
  });
});
