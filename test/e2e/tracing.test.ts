/** A scan is one trace, whichever processes work on it. */

import { paths } from '@reddyfit/shared/names/paths';
import { TRACEPARENT_PATTERN } from '@reddyfit/shared/temporal/traces';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { expect, inject, vi } from 'vitest';
import { exportedSpans, spansOfScan, wayTo } from '../spans.ts';
import { it } from './world.ts';

const collector = inject('collector');

it('one trace leads from the function to model, push and webhook, and every span of it names the scan', async ({
  world,
}) => {
  const user = await world.newUser();
  const scanId = await world.completedScan(user);

  const spans = await vi.waitFor(async () => {
    const found = await spansOfScan(collector, scanId);
    const names = found.map(({ name }) => name);
    expect(names).toContain('RunWorkflow:dailyScanWorkflow');
    // Ten events go to the stack's webhook receiver.
    expect(names.filter((name) => name === 'POST webhook')).toHaveLength(10);
    // One run takes them all, but for an event that comes after the scan's last: that begins another.
    expect(names).toContain('RunWorkflow:scanWebhooksWorkflow');
    return found;
  }, 60_000);

  const traceIds = new Set(spans.map(({ traceId }) => traceId));
  expect(traceIds.size).toBe(1);
  const [traceId] = traceIds;
  const whole = (await exportedSpans(collector)).filter((span) => span.traceId === traceId);
  expect(
    whole.filter(({ attributes }) => attributes['reddyfit.scan.id'] !== scanId).map(({ name }) => name),
  ).toEqual([]);
  expect(new Set(whole.map(({ service }) => service))).toEqual(
    new Set(['reddyfit-functions', 'reddyfit-worker']),
  );

  const waysTo = (name: string) =>
    whole.filter((span) => span.name === name).map((span) => wayTo(span, whole));
  const way = (...names: string[]) => [
    'onScanCreated',
    'StartWorkflow:dailyScanWorkflow',
    'RunWorkflow:dailyScanWorkflow',
    ...names,
  ];
  // The estimation brings the change since the last scan along.
  expect(waysTo('RunActivity:delta')).toEqual([]);
  for (const step of STEP_NAMES.filter((name) => name !== 'delta')) {
    expect(waysTo(`RunActivity:${step}`), step).toEqual([
      way(`StartActivity:${step}`, `RunActivity:${step}`),
    ]);
  }
  expect(waysTo('chat local-simulator')).toContainEqual(
    way('StartActivity:estimation', 'RunActivity:estimation', 'chat local-simulator'),
  );
  expect(waysTo('send fcm')).toEqual([
    way('StartActivity:updateFirestore', 'RunActivity:updateFirestore', 'send fcm'),
  ]);
  const handed = ['send scan-events', 'onScanEvent', 'SignalWithStartWorkflow:scanWebhooksWorkflow'];
  expect(waysTo(handed.at(-1)!)).toContainEqual(
    way('StartActivity:updateFirestore', 'RunActivity:updateFirestore', ...handed),
  );
  // All of them go on from the first that came: mostly scan.queued, which the function publishes.
  const sent = ['RunWorkflow:scanWebhooksWorkflow', 'StartActivity:deliverScanEvents'];
  expect(waysTo('POST webhook')[0]!.slice(-5)).toEqual([
    handed.at(-1),
    ...sent,
    'RunActivity:deliverScanEvents',
    'POST webhook',
  ]);

  const chat = whole.find(
    ({ name, attributes }) => name.startsWith('chat ') && attributes['gen_ai.agent.name'] === 'estimation',
  );
  expect(chat?.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.usage.input_tokens': expect.any(Number),
  });
  expect(
    whole.some(({ raw }) => raw.includes(user.uid)),
    'a user in a span',
  ).toBe(false);

  const traceparent: unknown = (await world.servers.db.doc(paths.scan(scanId)).get()).get('traceparent');
  expect(traceparent).toMatch(TRACEPARENT_PATTERN);
  expect(traceparent).toContain(traceId);
});

it('the collector is sent our metrics and those of the SDK', async () => {
  await vi.waitFor(async () => {
    const names = (await (await fetch(`${collector}/metrics`)).json()) as string[];
    expect(names).toEqual(
      expect.arrayContaining(['reddyfit.scans', 'gen_ai.client.operation.duration', 'temporal_request']),
    );
  }, 90_000);
});
