import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { ApplicationFailure } from '@temporalio/activity';
import { Client, WorkflowFailedError } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { dataConverter, FAILURE_CONVERTER_PATH } from '../src/platform/data-converter.ts';
import { bundleOnce } from '../src/trial/bundle-once.ts';
import { asked, type SecretActivities, type secretWorkflow, told } from './secret.fixture.ts';

const NAMESPACE = 'default';
const [GIVEN, TOLD] = ['weight 187.3125 lb', 'Canary Quetzal'];

const key = (id: string, filler: number) => `${id}:${Buffer.alloc(32, filler).toString('base64')}`;
const [OLD, NEW] = [key('2026-01', 1), key('2026-07', 2)];
const converterWith = (...keys: string[]) =>
  dataConverter(payloadEncryption.parse({ PAYLOAD_ENCRYPTION_KEYS: keys.join(',') }), NAMESPACE);

const folder = mkdtempSync(join(tmpdir(), 'reddyfit-encryption-'));
let server: RunningServer;
let connection: NativeConnection;
let workflowBundle: { code: string };

const activities: SecretActivities = {
  repeated: async (text) => text,
  failing: async (text) => {
    throw ApplicationFailure.create({ type: 'SecretError', message: text, details: [text] });
  },
};

beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  server = await startTemporal(undefined, [`--db-filename=${join(folder, 'temporal.sqlite')}`]);
  connection = await NativeConnection.connect({ address: server.address });
  workflowBundle = await bundleOnce({
    workflowsPath: createRequire(import.meta.url).resolve('./secret.fixture.ts'),
    failureConverterPath: FAILURE_CONVERTER_PATH,
  });
});

afterAll(async () => {
  await connection.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const clientWith = (...keys: string[]) =>
  new Client({ connection, namespace: NAMESPACE, dataConverter: converterWith(...keys) });

/**
 * Runs the workflow on a worker with `workerKeys`; a client with `starterKeys` starts it and a client with `tellerKeys`
 * signals it. Resolves with its id.
 */
async function run(workerKeys: string[], starterKeys: string[], tellerKeys: string[]): Promise<string> {
  const [taskQueue, workflowId] = [randomUUID(), randomUUID()];
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle,
    activities: { ...activities },
    dataConverter: converterWith(...workerKeys),
  });
  await worker.runUntil(async () => {
    const { workflow } = clientWith(...starterKeys);
    await workflow.start<typeof secretWorkflow>('secretWorkflow', { workflowId, taskQueue, args: [GIVEN] });
    const handle = clientWith(...tellerKeys).workflow.getHandle(workflowId);
    await handle.signal(told, TOLD);
    await handle.result().catch(() => undefined);
    expect(await handle.query(asked)).toBe(`${GIVEN}, ${TOLD}`);
  });
  return workflowId;
}

/** How a workflow ended, as a client with these keys can read it: its failure, or null. */
const endOf = (workflowId: string, ...keys: string[]) =>
  clientWith(...keys)
    .workflow.getHandle(workflowId)
    .result()
    .then(
      () => null,
      (error: Error) => (error instanceof WorkflowFailedError ? error.cause : error),
    );

it('leaves neither values nor the texts of failures readable, in the history or on the disk', async () => {
  const workflowId = await run([NEW], [NEW], [NEW]);
  const history = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory();
  const json = JSON.stringify(history, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  const disk = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join();
  expect(disk).toContain(workflowId);
  for (const kept of [json, disk]) {
    expect(kept).toContain('SecretError');
    expect(kept).not.toMatch(/187\.3125|Quetzal|secret\.fixture/);
  }

  const end = await endOf(workflowId, NEW);
  expect(end).toMatchObject({ type: 'SecretError', message: `${GIVEN}, ${TOLD}`, details: [GIVEN] });
  expect(end?.stack).toContain('secret.fixture');
});

it('goes on while keys are rotated: new ones are known everywhere before they encrypt', async () => {
  const workflowId = await run([NEW, OLD], [OLD, NEW], [NEW, OLD]);
  expect(await endOf(workflowId, NEW)).toMatchObject({ message: `${GIVEN}, ${TOLD}` });
  await expect(endOf(workflowId, OLD)).resolves.toMatchObject({
    message: expect.stringContaining('"2026-07", which is not in the keyring'),
  });
});

it('refuses what was copied from another workflow', async () => {
  const client = clientWith(NEW);
  const theirs = await run([NEW], [NEW], [NEW]);
  const { events } = await client.workflow.getHandle(theirs).fetchHistory();
  const copied = events![0]!.workflowExecutionStartedEventAttributes!.input;
  const workflowId = randomUUID();
  await connection.workflowService.startWorkflowExecution({
    namespace: NAMESPACE,
    workflowId,
    workflowType: { name: 'secretWorkflow' },
    taskQueue: { name: randomUUID() },
    input: copied!,
    memo: { fields: { copied: copied!.payloads![0]! } },
    requestId: randomUUID(),
  });
  await expect(client.workflow.getHandle(workflowId).describe()).rejects.toThrow('another workflow');
});
