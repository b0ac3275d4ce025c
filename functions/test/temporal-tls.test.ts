import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import { type Certificate, type Certificates, certificates } from '../../test/certificates.ts';
import { type Admission, startTemporalGate, type TemporalGate } from '../../test/temporal-gate.ts';
import { parseConfig } from '../src/platform/config.ts';
import { type TemporalClient, temporalClient } from '../src/platform/temporal-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'reddyfit-tls-'));
let made: Certificates;
let [ours, older, newer, server] = [] as unknown as [Certificate, Certificate, Certificate, Certificate];
let gate: TemporalGate | undefined;
const clients: TemporalClient[] = [];

beforeAll(async () => {
  made = certificates();
  [ours, older, newer] = (await Promise.all(
    ['ours', 'older', 'newer'].map((name) => made.authority(name)),
  )) as [Certificate, Certificate, Certificate];
  server = await made.server(ours);
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await gate?.stop();
  gate = undefined;
});

afterAll(() => {
  made.remove();
  rmSync(folder, { recursive: true });
});

async function openGate(admission: Admission): Promise<TemporalGate> {
  gate = await startTemporalGate(inject('temporal'), server, admission);
  return gate;
}

/** A Temporal client as an instance of the functions has it, configured by these params and secrets. */
function clientOf(values: Record<string, string>, lookEveryMs?: number): TemporalClient {
  const { temporal } = parseConfig({
    PROJECT_ID: 'demo-tls',
    TEMPORAL_ADDRESS: gate!.address,
    TEMPORAL_SERVER_CA_PATH: ours.certificate,
    ...values,
  });
  const client = temporalClient(temporal, payloadEncryption.parse({}), lookEveryMs);
  clients.push(client);
  return client;
}

/** Starts a workflow that no worker takes. */
const start = (client: TemporalClient) =>
  client.use(5000, ({ workflow }) =>
    workflow.start('nobodyRuns', { taskQueue: randomUUID(), workflowId: randomUUID() }),
  );

/** The certificate authorities of the clients whose start was admitted; undefined for a client without a certificate. */
const startedBy = ({ admitted }: TemporalGate) =>
  admitted.filter(({ method }) => method === 'StartWorkflowExecution').map(({ authority }) => authority);

const filesOf = ({ certificate, key }: Certificate) => ({
  TEMPORAL_CLIENT_CERT_PATH: certificate,
  TEMPORAL_CLIENT_KEY_PATH: key,
});

/** The contents of the files, as secrets hold them. */
const textsOf = ({ certificate, key }: Certificate) => ({
  TEMPORAL_CLIENT_CERT: readFileSync(certificate, 'utf8'),
  TEMPORAL_CLIENT_KEY: readFileSync(key, 'utf8'),
});

it('functions start workflows with the certificate that is asked for, and in no other way', async () => {
  const opened = await openGate({ clientAuthorities: [older.certificate] });
  const [known, stranger] = await Promise.all([made.client(older), made.client(newer)]);
  for (const values of [
    {},
    textsOf(stranger),
    { ...textsOf(known), TEMPORAL_SERVER_CA_PATH: newer.certificate },
  ]) {
    await expect(start(clientOf(values))).rejects.toThrow('Failed to start Workflow');
  }
  expect(startedBy(opened)).toEqual([]);

  await start(clientOf(textsOf(known)));
  await start(clientOf(filesOf(known)));
  expect(startedBy(opened)).toEqual(['older', 'older']);
});

it('functions start workflows with the API key that is asked for, and in no other way', async () => {
  const opened = await openGate({ apiKeys: ['ours'] });
  await expect(start(clientOf({ TEMPORAL_API_KEY: 'theirs' }))).rejects.toThrow('Failed to start Workflow');
  await start(clientOf({ TEMPORAL_API_KEY: 'ours' }));
  expect([...opened.keysSeen]).toEqual(['theirs', 'ours']);
  expect(startedBy(opened)).toHaveLength(1);
});

it('an instance goes over to a new certificate without a call that fails', async () => {
  const opened = await openGate({ clientAuthorities: [older.certificate, newer.certificate] });
  const [first, second] = await Promise.all([made.client(older), made.client(newer)]);
  const mounted = { certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
  const mount = (one: Certificate) => {
    copyFileSync(one.certificate, mounted.certificate);
    copyFileSync(one.key, mounted.key);
  };
  mount(first);
  const client = clientOf(filesOf(mounted), 0);
  await start(client);
  expect(startedBy(opened)).toEqual(['older']);

  mount(second);
  // Calls go on with the old certificate until the server has accepted the new one.
  await vi.waitFor(async () => {
    await start(client);
    expect(startedBy(opened).at(-1)).toBe('newer');
  }, 10_000);
  opened.admit({ clientAuthorities: [newer.certificate] });
  await start(client);
  expect(startedBy(opened).at(-1)).toBe('newer');
  expect(opened.refused()).toBe(0);
});
