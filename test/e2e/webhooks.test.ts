/** Webhooks: what the stack's endpoint receives about a scan. */

import { paths } from '@reddyfit/shared/names/paths';
import { deliveredEvent, type ScanDeliveries, scanDeliveries } from '@reddyfit/shared/webhooks/deliveries';
import { webhookEndpoint } from '@reddyfit/shared/webhooks/endpoints';
import { expect, vi } from 'vitest';
import type { Received } from '../../examples/webhook-receiver/receiver.ts';
import { it } from './world.ts';

it('the events of a scan come to the receiver of the stack, signed, each of them once', async ({ world }) => {
  const { stack, db } = world.servers;
  const { scanId, seen } = await world.submitScan(await world.newUser());
  expect((await seen.ended).status).toBe('completed');

  const received = await vi.waitFor(async () => {
    const all = (await (await fetch(`${stack.webhookReceiver}/received`)).json()) as Received[];
    const ofScan = all.filter(({ id }) => id.startsWith(`${scanId}:`));
    if (ofScan.length < 10) throw new Error(`${ofScan.length} of 10 events came`);
    return ofScan;
  }, 60_000);
  expect(received.every(({ verified }) => verified)).toBe(true);
  const ids = received.map(({ id }) => id.slice(scanId.length + 1));
  expect(ids.toSorted()).toEqual(
    [
      'scan.queued',
      'scan.processing',
      ...['qualityCheck', 'estimation', 'delta', 'insights', 'nutrition', 'workout', 'hydration'].map(
        (step) => `scan.step.completed:${step}`,
      ),
      'scan.completed',
    ].toSorted(),
  );

  const endpoints = (await db.collection('webhookEndpoints').get()).docs;
  const stands = endpoints.find(
    (endpoint) => webhookEndpoint.parse(endpoint.data()).url === `${stack.webhookReceiver}/`,
  );
  // One record of all of them, by one workflow.
  const record = await vi.waitFor(async () => {
    const found = await db.doc(paths.scanDeliveries(stands!.id, scanId)).get();
    const read = scanDeliveries.parse(found.data()) as ScanDeliveries;
    expect(read.deliveries).toHaveLength(10);
    return read;
  }, 60_000);
  const events = record.deliveries.map((taken) => deliveredEvent(record, taken));
  expect(events.map(({ id }) => id)).toEqual(received.map(({ id }) => id));
  expect(events).toEqual(received.map(({ event }) => event));
});
