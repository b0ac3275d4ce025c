import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporalSettings } from '@reddyfit/shared/temporal/settings';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type Certificate, type Certificates, certificates } from '../../test/certificates.ts';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { type Admission, startTemporalGate, type TemporalGate } from '../../test/temporal-gate.ts';
import { connectRotating } from '../src/platform/credential-rotation.ts';
import { connectToTemporal } from '../src/platform/temporal-connection.ts';
import { bundleOnce } from '../src/trial/bundle-once.ts';
import { goOn, type versionedWorkflow } from './versioned.fixture.ts';

/** Time between two checks of the files (ms); short, since a test waits for it. */
const LOOK_EVERY_MS = 100;

/** The errors with which a client reports that the gate closed the connection. */
const REFUSED = /transport|Transport|connection/;

const folder = mkdtempSync(join(tmpdir(), 'reddyfit-tls-'));
let made: Certificates;
let [ours, older, newer, server] = [] as unknown as [Certificate, Certificate, Certificate, Certificate];
let temporal: RunningServer;
let direct: Client;
let workflowBundle: { code: string };
let gate: TemporalGate | undefined;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  made = certificates();
  [ours, older, newer] = (await Promise.all(
    ['ours', 'older', 'newer'].map((name) => made.authority(name)),
  )) as [Certificate, Certificate, Certificate];
  server = await made.server(ours);
  temporal = await startTemporal();
  direct = new Client({ connection: await Connection.connect({ address: temporal.address }) });
  workflowBundle = await bundleOnce({
    workflowsPath: createRequire(import.meta.url).resolve('./versioned.fixture.ts'),
  });
});

afterEach(async () => {
  await gate?.stop();
  gate = undefined;
});

afterAll(async () => {
  await direct.connection.close();
  await temporal.stop();
  made.remove();
  rmSync(folder, { recursive: true });
});

async function openGate(admission: Admission): Promise<TemporalGate> {
  gate = await startTemporalGate(temporal.address, server, admission);
  return gate;
}

/** The worker's settings, parsed from environment variables. */
const settings = (address: string, env: Record<string, string>) =>
  temporalSettings.parse({
    TEMPORAL_ADDRESS: address,
    TEMPORAL_SERVER_CA_PATH: ours.certificate,
    ...env,
  });

const proofBy = ({ certificate, key }: Certificate) => ({
  TEMPORAL_CLIENT_CERT_PATH: certificate,
  TEMPORAL_CLIENT_KEY_PATH: key,
});

/**
 * Calls `rotate`, which replaces the worker's credentials, while a workflow is running. Then checks that this workflow
 * and a new one both end. `rotate` gets the list of the connections that the worker has had.
 */
async function workThrough(env: Record<string, string>, rotate: (had: NativeConnection[]) => Promise<void>) {
  const taskQueue = randomUUID();
  const rotating = await connectRotating(settings(gate!.address, env), LOOK_EVERY_MS);
  const had = [rotating.current()];
  const worker = await Worker.create({
    connection: rotating.current(),
    taskQueue,
    workflowBundle,
    activities: { build: async () => 'built' },
  });
  rotating.watch((connection) => {
    worker.connection = connection;
    had.push(connection);
  });
  await worker.runUntil(async () => {
    const handle = await direct.workflow.start<typeof versionedWorkflow>('versionedWorkflow', {
      taskQueue,
      workflowId: randomUUID(),
    });
    await vi.waitFor(async () => {
      const { events } = await handle.fetchHistory();
      expect(events?.some((event) => event.activityTaskCompletedEventAttributes)).toBe(true);
    }, 30_000);
    await rotate(had);
    await handle.signal(goOn);
    expect(await handle.result()).toEqual(['built', 'built']);
    const later = await direct.workflow.start<typeof versionedWorkflow>('versionedWorkflow', {
      taskQueue,
      workflowId: randomUUID(),
    });
    await later.signal(goOn);
    expect(await later.result()).toEqual(['built', 'built']);
  });
  await rotating.close();
}

it('a worker gets through by the certificate that is asked for, to the server that it trusts, and in no other way', async () => {
  const { address, admitted } = await openGate({ clientAuthorities: [older.certificate] });
  const [known, stranger] = await Promise.all([made.client(older), made.client(newer)]);
  const connecting = (env: Record<string, string>) => connectToTemporal(settings(address, env));
  await expect(connecting({})).rejects.toThrow(REFUSED);
  await expect(connecting(proofBy(stranger))).rejects.toThrow(REFUSED);
  await expect(connecting({ ...proofBy(known), TEMPORAL_SERVER_CA_PATH: newer.certificate })).rejects.toThrow(
    'UnknownIssuer',
  );
  expect(admitted).toEqual([]);

  const connection = await connecting(proofBy(known));
  await connection.workflowService.getClusterInfo({});
  expect(admitted).toContainEqual({ method: 'GetClusterInfo', authority: 'older' });
  await connection.close();
});

it('a certificate is replaced while a workflow runs, and the old one is worth nothing any more', async () => {
  const { admit, address } = await openGate({ clientAuthorities: [older.certificate, newer.certificate] });
  const [first, second] = await Promise.all([made.client(older), made.client(newer)]);
  const mounted = { certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
  const mount = (one: Certificate) => {
    copyFileSync(one.certificate, mounted.certificate);
    copyFileSync(one.key, mounted.key);
  };
  mount(first);

  await workThrough(proofBy(mounted), async (connections) => {
    // The certificate is replaced before its key, as a check of the files may see them. Nothing changes yet.
    copyFileSync(second.certificate, mounted.certificate);
    await new Promise((resolve) => setTimeout(resolve, 5 * LOOK_EVERY_MS));
    expect(connections).toHaveLength(1);
    mount(second);
    await vi.waitFor(() => expect(connections).toHaveLength(2), 10_000);
    admit({ clientAuthorities: [newer.certificate] });
    await expect(connectToTemporal(settings(address, proofBy(first)))).rejects.toThrow(REFUSED);
  });
});

it('an API key goes with every call, and is replaced while a workflow runs', async () => {
  const { admit, address, keysSeen } = await openGate({ apiKeys: ['first', 'second'] });
  const path = join(folder, 'api-key');
  writeFileSync(path, 'first\n');

  await workThrough({ TEMPORAL_API_KEY_PATH: path }, async (connections) => {
    expect([...keysSeen]).toEqual(['first']);
    writeFileSync(path, 'mistaken\n');
    await vi.waitFor(() => expect([...keysSeen]).toEqual(['first', 'mistaken']), 10_000);
    expect(connections).toHaveLength(1);
    writeFileSync(path, 'second\n');
    await vi.waitFor(() => expect(connections).toHaveLength(2), 10_000);
    admit({ apiKeys: ['second'] });
    await expect(connectToTemporal(settings(address, { TEMPORAL_API_KEY: 'first' }))).rejects.toThrow(
      'valid authentication credentials',
    );
  });
});
