/** Webhooks: what the stack's endpoint receives about a scan. */

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
  const urls = endpoints.map((endpoint) => webhookEndpoint.parse(endpoint.data()).url);
  expect(urls).toContain(`${stack.webhookReceiver}/`);
});
