import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../local/stack/ports.ts';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { anEvent, deliveriesAt, webhookStage } from './webhook-stage.ts';

let stage: Awaited<ReturnType<typeof webhookStage>>;
let temporal: Awaited<ReturnType<typeof deliveriesAt>>;
let server: RunningServer;
let port: number;
let all: string;
let ends: string;
let disabled: string;

beforeAll(async () => {
  port = await freePort();
  server = await startTemporal(port);
  stage = await webhookStage('demo-scan-events', {
    firestore: inject('firestore'),
    temporal: server.address,
  });
  temporal = await deliveriesAt(server.address);
  // The endpoints are added before the first event, since the functions cache for seconds what endpoints ask for.
  ({ endpointId: all } = await stage.add([
    'scan.queued',
    'scan.processing',
    'scan.completed',
    'scan.failed',
  ]));
  ({ endpointId: ends } = await stage.add(['scan.completed', 'scan.failed']));
  ({ endpointId: disabled } = await stage.add(['scan.completed', 'scan.failed']));
  const { switchEndpoint } = await import('../src/webhooks/endpoints.ts');
  await switchEndpoint(stage.db, disabled, 'disabled', { now: new Date(), actor: 'operator:test' });
});

afterAll(async () => {
  await temporal.close();
  await stage.close();
  await server.stop();
});

describe('an event of a scan', () => {
  it('goes to every enabled endpoint that asks for it, and to no other', async () => {
    const [completed, queued, canceled] = [
      anEvent('scan.completed'),
      anEvent('scan.queued'),
      anEvent('scan.canceled'),
    ];
    for (const event of [completed, queued, canceled]) await stage.deliver(event);
    const runs = await temporal.runs(completed, [all, ends, disabled], 2);
    expect(runs.map(({ workflowId }) => workflowId).sort()).toEqual(
      [`webhook-${all}-${completed.id}`, `webhook-${ends}-${completed.id}`].sort(),
    );
    expect(await temporal.runs(queued, [all, ends, disabled], 1)).toHaveLength(1);
    expect(await temporal.started(canceled)).toBe(0);
  });

  it('that comes many times, at once and in any order, is delivered by one workflow', async () => {
    const events = (['scan.failed', 'scan.queued', 'scan.completed', 'scan.processing'] as const).map(
      (type) => anEvent(type, 'scan-shuffled'),
    );
    const messages = [...events, ...events.toReversed(), ...events].map((event) => stage.deliver(event));
    await Promise.all(messages);
    for (const event of events) {
      const expected = event.type === 'scan.completed' || event.type === 'scan.failed' ? 2 : 1;
      expect(await temporal.runs(event, [all, ends], expected)).toHaveLength(expected);
    }
  });

  it('that comes again after its delivery ended is not delivered again', async () => {
    const event = anEvent('scan.queued');
    await stage.deliver(event);
    await temporal.client.workflow.getHandle(`webhook-${all}-${event.id}`).terminate('ended');
    await stage.deliver(event);
    expect(await temporal.runs(event, [all], 1)).toHaveLength(1);
  });
});

describe('a message that no redelivery makes better', () => {
  const queued = anEvent('scan.queued');
  it.each([
    ['no JSON', '{"specversion":'],
    ['nothing', ''],
    ['null', 'null'],
    ['another type', JSON.stringify({ ...queued, type: 'scan.exploded' })],
    ['unknown fields', JSON.stringify({ ...queued, weightLb: 180 })],
    ['an event of more than 20 kB', JSON.stringify({ ...queued, subject: 'x'.repeat(20_000) })],
  ])('is dropped: %s', async (_, text) => {
    await expect(stage.deliver(text)).resolves.toBeUndefined();
    expect(await temporal.started(queued)).toBe(0);
  });
});

it('while Temporal is away the message is given back, and delivered when it comes again', async () => {
  const event = anEvent('scan.completed');
  await server.stop();
  await expect(stage.deliver(event)).rejects.toThrow('Failed to start Workflow');
  server = await startTemporal(port);
  await stage.deliver(event);
  await temporal.close();
  temporal = await deliveriesAt(server.address);
  expect(await temporal.runs(event, [all, ends], 2)).toHaveLength(2);
}, 120_000);
