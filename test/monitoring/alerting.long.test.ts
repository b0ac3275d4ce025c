/**
 * The real Prometheus and Alertmanager, with the real rules and routes at a sixtieth of their windows: an alert pages, and
 * the page is resolved.
 */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type PageEvent, type PagerDuty, startPagerDuty } from '../../local/drill/pagerduty.ts';
import { untilNoPage } from '../../local/drill/no-page.ts';
import { untilQuery } from '../../local/monitoring/prometheus-api.ts';
import { type Monitoring, startMonitoring } from '../../local/stack/parts/monitoring.ts';
import { alertsAt } from '../../functions/src/operator/alerts.ts';
import { reservePorts } from '../../local/stack/ports.ts';
import { openProcessTree, type ProcessTree } from '../../local/stack/process-tree.ts';

const DEADLINE_MS = 90_000;

/** The values that a worker's /metrics serves. */
const metrics = { polling: 5, completed: 0, failed: 0 };
const text = () => `
temporal_num_pollers{task_queue="body-fat-analysis-queue",poller_type="workflow_task"} ${metrics.polling}
reddyfit_scans_total{outcome="completed"} ${metrics.completed}
reddyfit_scans_total{outcome="failed"} ${metrics.failed}
`;

let worker: Server;
let tree: ProcessTree;
let pagerDuty: PagerDuty;
let monitoring: Monitoring;

async function listen(port: number): Promise<Server> {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(text()),
  );
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const deadline = () => AbortSignal.timeout(DEADLINE_MS);

/** Waits until an alert does not page, does `cause`, and waits for its page. */
async function pageOf(alert: string, summary: string, cause: () => Promise<void> | void): Promise<Paged> {
  const about = ({ payload }: PageEvent) => payload.summary.includes(summary);
  const before = await untilNoPage({ ...monitoring, pagerDuty }, alert, about, deadline());
  await cause();
  const event = (action: PageEvent['event_action']) =>
    pagerDuty.until((each) => each.event_action === action && about(each), deadline(), before);
  return { page: await event('trigger'), ended: () => event('resolve') };
}

interface Paged {
  page: PageEvent;
  /** Resolves with the event that resolves the page. */
  ended(): Promise<PageEvent>;
}

const workersUp = (count: number) =>
  untilQuery(monitoring.prometheus, 'sum(up{job="reddyfit-worker"})', ([up]) => up === count, deadline());

beforeAll(async () => {
  pagerDuty = await startPagerDuty();
  worker = await listen(0);
  tree = await openProcessTree('monitoring', [{ members: /./, graceMs: 5000 }], undefined);
  const { ports, release } = await reservePorts({ prometheus: 9090, alertmanager: 9093 });
  tree.atEnd(release);
  monitoring = await startMonitoring(
    tree,
    { prometheus: inject('prometheus'), alertmanager: inject('alertmanager') },
    ports,
    { windows: 1 / 60, pagerDutyUrl: pagerDuty.url },
  );
  monitoring.watch([`http://127.0.0.1:${portOf(worker)}/metrics`]);
  await workersUp(1);
}, DEADLINE_MS);

afterAll(async () => {
  await tree?.end();
  await Promise.all([pagerDuty?.close(), worker?.listening && close(worker)]);
});

it(
  'a worker that is gone pages, with the key of the file and the runbook, and its return ends the page',
  async () => {
    const port = portOf(worker);
    const { page, ended } = await pageOf('NoWorkerPolling', 'No worker takes scans', () => close(worker));
    expect(page.routing_key).toBe('local');
    expect(page.payload.custom_details?.['runbook']).toMatch(/docs\/runbooks\/NoWorkerPolling\.md$/);
    // The operator's desk shows the alert, too. Its runbook is a file here, and in a deployment a page.
    const firing = await alertsAt(monitoring.alertmanager);
    expect(firing.find(({ name }) => name === 'NoWorkerPolling')).toMatchObject({
      severity: 'page',
      summary: expect.stringContaining('No worker takes scans'),
      runbook: expect.stringMatching(/docs\/runbooks\/NoWorkerPolling\.md$/),
    });
    worker = await listen(port);
    expect((await ended()).dedup_key).toBe(page.dedup_key);
  },
  DEADLINE_MS,
);

it(
  'three failures of four page',
  async () => {
    await workersUp(1);
    const { page } = await pageOf('ScanFailureRate', 'of the scans of the last 15 minutes failed', () => {
      Object.assign(metrics, { completed: 1, failed: 3 });
    });
    expect(page.payload.custom_details?.['runbook']).toMatch(/ScanFailureRate\.md$/);
  },
  DEADLINE_MS,
);
