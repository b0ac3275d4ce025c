import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  type Certificate,
  type Certificates,
  certificates as makeCertificates,
} from '../../test/certificates.ts';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { startTemporalGate, type TemporalGate } from '../../test/temporal-gate.ts';
import type { Check } from './check.ts';
import { certificates } from './checks/certificates.ts';
import { namespaceRetention } from './checks/namespace-retention.ts';
import { queuePollers } from './checks/queue-pollers.ts';
import { searchAttributes } from './checks/search-attributes.ts';
import { temporal } from './checks/temporal.ts';
import { examine } from './examine.ts';
import { productionSite } from './site.ts';

let server: RunningServer;
let connection: Connection;
let gate: TemporalGate | undefined;
let made: Certificates;
let ours: Certificate;

beforeAll(async () => {
  server = await startTemporal();
  connection = await Connection.connect({ address: server.address });
  made = makeCertificates();
  ours = await made.authority('ours');
});

afterEach(async () => {
  await gate?.stop();
  gate = undefined;
});

afterAll(async () => {
  await connection.close();
  await server.stop();
  made.remove();
});

/** `state what was seen` of each finding of a check that runs with this environment. */
async function found(check: Check, env: Record<string, string> = {}): Promise<string[]> {
  const site = productionSite(
    { GOOGLE_CLOUD_PROJECT: 'reddyfit-prod', TEMPORAL_ADDRESS: server.address, ...env },
    { accessToken: async () => '' },
  );
  const [examined] = await examine([check], site);
  await site.close();
  return examined!.findings.map(({ state, seen }) => `${state} ${seen}`);
}

it('says which server answers, and once that none does', async () => {
  expect(await found(temporal)).toEqual([
    expect.stringMatching(/^ok 127\.0\.0\.1:\d+, default, server 1\.\d+\.\d+, \d+ ms$/),
  ]);
  const nowhere = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
  expect(await found(temporal, nowhere)).toEqual([expect.stringMatching(/^error /)]);
  expect(await found(searchAttributes, nowhere)).toEqual(['skipped Temporal does not answer']);
  expect(await found(temporal, { TEMPORAL_NAMESPACE: 'other' })).toEqual([
    expect.stringMatching(/^error .*other/),
  ]);
});

it('finds search attributes that are missing or of another type, until they are there', async () => {
  const { operatorService } = connection;
  const check = () => found(searchAttributes);
  expect(await check()).toEqual(['ok ScanOutcome, AppVersion, Simulated']);
  await operatorService.removeSearchAttributes({
    namespace: 'default',
    searchAttributes: ['AppVersion', 'Simulated'],
  });
  await vi.waitFor(async () => {
    await operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: { Simulated: 2 } });
    expect(await check()).toEqual([
      'error AppVersion (Keyword), Simulated (Bool) is not there, or of another type',
    ]);
  }, 30_000);
  await operatorService.removeSearchAttributes({ namespace: 'default', searchAttributes: ['Simulated'] });
  await vi.waitFor(async () => {
    await operatorService.addSearchAttributes({
      namespace: 'default',
      searchAttributes: { AppVersion: 2, Simulated: 5 },
    });
    expect(await check()).toEqual(['ok ScanOutcome, AppVersion, Simulated']);
  }, 30_000);
});

it('finds queues that nobody polls', async () => {
  const taskQueue = randomUUID();
  const check = () => found(queuePollers, { TEMPORAL_TASK_QUEUE: taskQueue });
  expect(await check()).toEqual([
    `error ${taskQueue}: 0 for workflows, 0 for activities`,
    `error ${taskQueue}-webhooks: 0 for workflows, 0 for activities`,
    `error ${taskQueue}-operations: 0 for workflows, 0 for activities`,
    `error ${taskQueue}-short: 0 for activities`,
  ]);
  const poll = { namespace: 'default', taskQueue: { name: taskQueue }, identity: 'a worker' };
  const over = new AbortController();
  // The server answers no poll that has no deadline.
  const polls = connection.withAbortSignal(over.signal, () =>
    connection.withDeadline(Date.now() + 60_000, () =>
      Promise.allSettled([
        connection.workflowService.pollWorkflowTaskQueue(poll),
        connection.workflowService.pollActivityTaskQueue(poll),
      ]),
    ),
  );
  await vi.waitFor(
    async () => expect((await check())[0]).toBe(`ok ${taskQueue}: 1 for workflows, 1 for activities`),
    10_000,
  );
  over.abort();
  await polls;
});

it('finds a retention that is shorter than the archive needs', async () => {
  expect(await found(namespaceRetention)).toEqual(['warning 1 day']);
  await connection.workflowService.updateNamespace({
    namespace: 'default',
    config: { workflowExecutionRetentionTtl: { seconds: (7 * 24 * 3600) as never } },
  });
  await vi.waitFor(async () => expect(await found(namespaceRetention)).toEqual(['ok 7 days']), 30_000);
});

it('says how long the certificates are good', async () => {
  const [soon, later, other] = await Promise.all([
    made.client(ours, 5),
    made.client(ours, 20),
    made.client(ours, 90),
  ]);
  gate = await startTemporalGate(server.address, await made.server(ours), {
    clientAuthorities: [ours.certificate],
  });
  const withTls = (certificate: string, key: string) =>
    found(certificates, {
      TEMPORAL_ADDRESS: gate!.address,
      TEMPORAL_SERVER_CA_PATH: ours.certificate,
      TEMPORAL_CLIENT_CERT_PATH: certificate,
      TEMPORAL_CLIENT_KEY_PATH: key,
    });
  const servers = expect.stringMatching(/^error the server's ends on .*, in 0 days$/);
  expect(await withTls(soon.certificate, soon.key)).toEqual([
    expect.stringMatching(/^error ours ends on/),
    servers,
  ]);
  expect(await withTls(later.certificate, later.key)).toEqual([
    expect.stringMatching(/^warning ours ends on .*, in 19 days$/),
    servers,
  ]);
  expect(await withTls(other.certificate, other.key)).toEqual([
    expect.stringMatching(/^ok ours ends on/),
    servers,
  ]);
  expect((await withTls(other.certificate, later.key)).slice(0, 1)).toEqual([
    expect.stringMatching(/^error /),
  ]);
  expect(await found(certificates)).toEqual(['skipped Temporal is reached without TLS']);
});
