/** Tests that Prometheus gets exactly the metrics of the catalogue. */

import type { Metric } from '@temporalio/common';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Meters, startMeters } from './meters.ts';
import { startMetricsServer } from './metrics-server.ts';
import { type MetricDefinition, METRICS, type MetricName } from './metrics.ts';
import { workerResource } from './resource.ts';
import { scrape } from './scrape.fixture.ts';
import { forwardSdkMetrics } from './sdk-metrics.ts';

const definitions = Object.entries(METRICS) as [MetricName, MetricDefinition][];

/** Serves the metrics of `meters` and returns their URL. */
async function served(meters: Meters, beforeRead?: () => void): Promise<string> {
  const { port, server } = await startMetricsServer('127.0.0.1', 0, meters.prometheus, beforeRead);
  onTestFinished(async () => {
    server.close();
    await meters.close();
  });
  return `http://127.0.0.1:${port}/metrics`;
}

let meters: Meters;
beforeEach(async () => {
  meters = await startMeters({ resource: workerResource('build-7') });
});

it.each(definitions)('%s has a name by the conventions, and labels that are bounded', (_, definition) => {
  const { name, prometheus, kind, unit, labels } = definition;
  const suffix = { counter: '_total', gauge: '', histogram: '' }[kind];
  const seconds = unit === 's' ? '_seconds' : '';
  expect(prometheus).toBe(`${name.replaceAll('.', '_')}${seconds}${suffix}`);
  expect(Object.keys(labels).filter((label) => /user|uid|scan/i.test(label))).toEqual([]);
});

it.each(definitions)('%s is on /metrics under that name', async (key, { prometheus, kind }) => {
  const url = await served(meters);
  if (kind === 'gauge') meters.gauge(key as 'jobLastSuccess').addCallback((result) => result.observe(3));
  else meters.measure(key as 'scans', 3, {});
  const samples = await scrape(url);
  expect(samples.get(kind === 'histogram' ? `${prometheus}_sum` : prometheus)).toBe(3);
});

describe('/metrics', () => {
  it('keeps the outcomes apart and has the buckets that goals and alerts ask about', async () => {
    const url = await served(meters);
    meters.measure('scans', 1, { outcome: 'completed' });
    meters.measure('scans', 1, { outcome: 'completed' });
    meters.measure('scans', 1, { outcome: 'failed' });
    meters.measure('scanDuration', 479, { outcome: 'completed' });
    const samples = await scrape(url);
    expect(samples.get('reddyfit_scans_total{outcome="completed"}')).toBe(2);
    expect(samples.get('reddyfit_scans_total{outcome="failed"}')).toBe(1);
    const bucket = (le: string) =>
      samples.get(`reddyfit_scan_duration_seconds_bucket{outcome="completed",le="${le}"}`);
    expect([bucket('420'), bucket('480'), bucket('600'), bucket('+Inf')]).toEqual([0, 1, 1, 1]);
  });

  it('begins at zero for every outcome, so that the first failure is an increase', async () => {
    const samples = await scrape(await served(meters));
    for (const outcome of METRICS.scans.labels.outcome) {
      expect(samples.get(`reddyfit_scans_total{outcome="${outcome}"}`)).toBe(0);
    }
    expect(samples.get('reddyfit_step_attempts_total{step="estimation",outcome="failed"}')).toBe(0);
    expect(samples.get('reddyfit_webhook_dead_letters_total')).toBe(0);
  });

  it('says which build counts', async () => {
    const samples = await scrape(await served(meters));
    const [target] = [...samples.keys()].filter((name) => name.startsWith('target_info'));
    expect(target).toContain('service_version="build-7"');
  });

  it('has what the SDK counted, up to the moment it is read', async () => {
    const attributes = { task_queue: 'q' };
    const metric = (name: string, kind: Metric['kind'], unit = ''): Metric => ({
      name,
      kind,
      unit,
      description: '',
      valueType: 'float',
    });
    const updates = [
      { metric: metric('temporal_request', 'counter'), value: 2, attributes },
      // The same metric as a new object.
      { metric: metric('temporal_request', 'counter'), value: 3, attributes },
      { metric: metric('temporal_num_pollers', 'gauge'), value: 5, attributes },
      { metric: metric('temporal_request_latency', 'histogram', 's'), value: 0.02, attributes },
    ];
    const { drain, stop } = forwardSdkMetrics(
      { retrieveUpdates: () => updates.splice(0).values() },
      meters.meter,
    );
    onTestFinished(stop);
    const samples = await scrape(await served(meters, drain));
    expect(samples.get('temporal_request_total{task_queue="q"}')).toBe(5);
    expect(samples.get('temporal_num_pollers{task_queue="q"}')).toBe(5);
    expect(samples.get('temporal_request_latency_seconds_bucket{task_queue="q",le="0.025"}')).toBe(1);
    expect(samples.get('temporal_request_latency_seconds_bucket{task_queue="q",le="0.01"}')).toBe(0);
  });

  it('answers nothing else', async () => {
    const url = await served(meters);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });
});
