/**
 * Tests the archiving of closed scans on Temporal, the Cloud Storage server and the Firestore emulator: every scan is
 * archived once, even when a worker stops halfway.
 */

import { randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { Storage } from '@google-cloud/storage';
import { archived } from '@reddyfit/shared/audit/archive';
import { DAILY_SCAN_WORKFLOW, dailyScanWorkflowId, SCHEDULES } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { isEncrypted } from '@reddyfit/shared/temporal/payload-codec';
import { payloadEncryption } from '@reddyfit/shared/temporal/payload-encryption';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { createArchivePage } from '../src/archive/archive-page.ts';
import { createOperationsActivities } from '../src/operations/create-activities.ts';
import { firestoreAuditChains } from '../src/audit/firestore-audit-chains.ts';
import { firestoreBalances } from '../src/operations/firestore-balances.ts';
import { firestoreOperations } from '../src/operations/firestore-operations.ts';
import { storageArchive } from '../src/archive/storage-archive.ts';
import { temporalClosedRuns } from '../src/archive/temporal-closed-runs.ts';
import { unpackHistory } from '../src/archive/archived-history.ts';
import { ensureSchedules } from '../src/operations/daily-schedules.ts';
import { dataConverter } from '../src/platform/data-converter.ts';
import type { Archive, ArchiveCounts, ArchivedObject, ClosedRuns } from '../src/archive/ports.ts';
import { bundleOnce } from '../src/trial/bundle-once.ts';

/** More than ten pages. */
const SCANS = 1030;
/** Two minutes ahead, because a run that closed just now is left to the next archiving. */
const now = () => Date.now() + 120_000;

const bucket = `archive-${randomUUID().slice(0, 8)}`;
const { resolve } = createRequire(import.meta.url);

let server: RunningServer;
let connection: NativeConnection;
let client: Client;
let db: Firestore;
let archive: Archive;
let runs: ClosedRuns;
let operationsBundle: { code: string };
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  server = await startTemporal();
  connection = await NativeConnection.connect({ address: server.address });
  const encryption = payloadEncryption.parse({
    PAYLOAD_ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
  });
  client = new Client({ connection, dataConverter: dataConverter(encryption, 'default') });
  const app = initializeApp({ projectId: `demo-archive-${randomUUID().slice(0, 8)}` }, randomUUID());
  db = getFirestore(app);
  const apiEndpoint = `http://${inject('storage')}`;
  await new Storage({ apiEndpoint, projectId: 'demo-archive' }).createBucket(bucket);
  archive = storageArchive({ bucket, apiEndpoint });
  runs = temporalClosedRuns(() => client);
  cleanups.push(
    () => db.terminate(),
    () => deleteApp(app),
  );
  operationsBundle = await bundleOnce({ workflowsPath: resolve('../src/workflows.ts') });
  await closeScans(await bundleOnce({ workflowsPath: resolve('./closing.fixture.ts') }), encryption);
}, 240_000);

afterAll(async () => {
  await connection.close();
  await server.stop();
  for (const cleanup of cleanups) await cleanup();
});

/** Starts a scan's workflow on a queue without a worker, and terminates it. */
async function terminatedScan(): Promise<void> {
  const workflowId = dailyScanWorkflowId(randomUUID());
  const handle = await client.workflow.start(DAILY_SCAN_WORKFLOW, {
    workflowId,
    taskQueue: 'nobody',
    args: ['a secret weight'],
  });
  await handle.terminate();
}

/** Closes scan workflows with every outcome. Most of them are terminated, which takes the least time. */
async function closeScans(
  workflowBundle: { code: string },
  encryption: Parameters<typeof dataConverter>[0],
): Promise<void> {
  const taskQueue = 'closing';
  const start = (how: string) =>
    client.workflow.start(DAILY_SCAN_WORKFLOW, {
      workflowId: dailyScanWorkflowId(randomUUID()),
      taskQueue,
      args: [how],
    });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle,
    dataConverter: dataConverter(encryption, 'default'),
  });
  await worker.runUntil(async () => {
    const canceled = await start('waits');
    await canceled.cancel();
    const started = [await start('completes'), await start('fails'), canceled];
    await Promise.all(started.map((handle) => handle.result().catch(() => undefined)));
  });
  await client.workflow
    .execute(DAILY_SCAN_WORKFLOW, {
      workflowId: dailyScanWorkflowId(randomUUID()),
      taskQueue: 'nobody',
      workflowExecutionTimeout: '1s',
    })
    .catch(() => undefined);
  // A workflow of another type and one that still runs must not be archived.
  const other = { taskQueue: 'nobody', workflowId: randomUUID() };
  await (await client.workflow.start('exportDataWorkflow', other)).terminate();
  await client.workflow.start(DAILY_SCAN_WORKFLOW, { ...other, workflowId: dailyScanWorkflowId('open') });
  for (let made = 4; made < SCANS; made += 50) {
    await Promise.all(Array.from({ length: Math.min(50, SCANS - made) }, terminatedScan));
  }
  await untilListed(SCANS);
}

async function untilListed(scans: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const query = `WorkflowType = '${DAILY_SCAN_WORKFLOW}' AND ExecutionStatus != 'Running'`;
      expect((await client.workflow.count(query)).count).toBe(scans);
    },
    { timeout: 60_000, interval: 200 },
  );
}

/** A worker of the operations queue, with `parts` in place of the real ports. */
function startWorker(parts: { archive?: Archive; runs?: ClosedRuns } = {}) {
  const ports = {
    archive,
    runs,
    chains: firestoreAuditChains(db),
    balances: firestoreBalances(db),
    operations: firestoreOperations(db),
    ...parts,
  };
  return Worker.create({
    connection,
    taskQueue: 'operations',
    workflowBundle: operationsBundle,
    activities: createOperationsActivities(ports, now),
  });
}

const startArchiving = () =>
  client.workflow.start('archiveHistoriesWorkflow', {
    workflowId: `archive-${randomUUID()}`,
    taskQueue: 'operations',
  });

async function listed(): Promise<ArchivedObject[]> {
  const objects: ArchivedObject[] = [];
  for await (const object of archive.list(archived.histories())) objects.push(object);
  return objects;
}

it('every scan that closed is archived once, of every outcome, though the worker ends halfway', async () => {
  // The first worker writes 400 histories; after that all its writes fail.
  let writes = 0;
  const failing: Archive = {
    ...archive,
    write: async (...args) => {
      if (writes === 400) throw new Error('the disk is gone');
      writes += 1;
      return archive.write(...args);
    },
  };
  const first = await startWorker({ archive: failing });
  const firstRun = first.run();
  const archiving = await startArchiving();
  await vi.waitFor(() => expect(writes).toBe(400), { timeout: 60_000 });
  first.shutdown();
  await firstRun;

  let fetched = 0;
  const counting: ClosedRuns = {
    ...runs,
    history: (run) => {
      fetched += 1;
      return runs.history(run);
    },
  };
  const second = await startWorker({ runs: counting });
  const counts = (await second.runUntil(archiving.result())) as ArchiveCounts;
  expect(counts.archived + counts.kept).toBe(SCANS);
  expect(counts.lost).toBe(0);
  expect(fetched, 'what was archived is not fetched again').toBe(SCANS - 400);

  const objects = await listed();
  expect(objects).toHaveLength(SCANS);
  const outcomes = Map.groupBy(objects, ({ metadata }) => metadata['status']!);
  const numbers = Object.fromEntries([...outcomes].map(([status, { length }]) => [status, length]));
  expect(numbers).toEqual({ COMPLETED: 1, FAILED: 1, CANCELED: 1, TIMED_OUT: 1, TERMINATED: SCANS - 4 });

  const { metadata, object } = outcomes.get('TERMINATED')![0]!;
  const run = { workflowId: metadata['workflowId']!, runId: metadata['runId']! };
  expect(object).toBe(archived.history({ ...run, closedAt: new Date(metadata['closedAt']!) }));
  const { run: unpacked, history } = await unpackHistory((await archive.read(object))!.content);
  expect(unpacked).toEqual({ ...run, status: 'TERMINATED', closedAt: new Date(metadata['closedAt']!) });
  expect(history.events!.map(({ eventType }) => eventType)).toEqual([1, 5, 27]);
  const [payload] = history.events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads!;
  expect(isEncrypted(payload as never)).toBe(true);

  const record = await db.doc(paths.operation('archive')).get();
  const watermark = (record.get('watermark') as Timestamp).toMillis();
  expect(Math.abs(watermark - Date.now())).toBeLessThan(120_000);
  expect((record.get('lastSuccessAt') as Timestamp).toMillis()).toBeGreaterThan(Date.now() - 60_000);
}, 180_000);

it('what became visible late is archived by the next run, and nothing is written twice', async () => {
  await terminatedScan();
  await untilListed(SCANS + 1);
  const before = await db.doc(paths.operation('archive')).get();
  const worker = await startWorker();
  const counts = await worker.runUntil(startArchiving().then((handle) => handle.result()));
  expect(counts).toEqual({ archived: 1, kept: SCANS, lost: 0 });
  expect(await listed()).toHaveLength(SCANS + 1);
  const after = await db.doc(paths.operation('archive')).get();
  expect(after.get('watermark') > before.get('watermark')).toBe(true);
}, 120_000);

it('the watermark never goes back', async () => {
  const operations = firestoreOperations(db);
  const until = await operations.archivedUntil();
  await operations.recordArchived(new Date(0));
  expect(await operations.archivedUntil()).toEqual(until);
});

it('an object is written once, and a changed one is not taken for what was archived', async () => {
  const about = { contentType: 'text/plain', metadata: { day: 'today' } };
  expect(await archive.write('once', Buffer.from('one'), about)).toBe('written');
  expect(await archive.write('once', Buffer.from('two'), about)).toBe('kept');
  const found = (await archive.read('once'))!;
  expect(found.content.toString()).toBe('one');
  expect(found.about).toMatchObject({ bytes: 3, metadata: { day: 'today' } });
  expect(await archive.read('never')).toBeNull();

  const file = new Storage({ apiEndpoint: `http://${inject('storage')}` }).bucket(bucket).file('once');
  await file.save('two', { resumable: false, metadata: { metadata: { sha256: found.about.sha256 } } });
  await expect(archive.read('once')).rejects.toThrow('SHA-256');
});

it('a history that Temporal has no more is counted as lost, and holds up nothing', async () => {
  const page = createArchivePage({ archive, runs: { ...runs, history: async () => null } });
  await terminatedScan();
  await untilListed(SCANS + 2);
  const span = { from: new Date(0).toISOString(), until: new Date(now()).toISOString() };
  const counts = { archived: 0, kept: 0, lost: 0 };
  for (let token: string | null = null; ;) {
    const found: Awaited<ReturnType<typeof page>> = await page({ ...span, token });
    for (const kind of ['archived', 'kept', 'lost'] as const) counts[kind] += found[kind];
    token = found.nextToken;
    if (token === null) break;
  }
  expect(counts).toEqual({ archived: 0, kept: SCANS + 1, lost: 1 });
});

it('the daily schedules are made once, brought up to date, and stay paused', async () => {
  const { schedule } = client;
  expect((await ensureSchedules(schedule, 'one')).map(({ outcome }) => outcome)).toEqual(['made', 'made']);
  await schedule.getHandle(SCHEDULES.archive).pause('maintenance');
  expect((await ensureSchedules(schedule, 'two')).map(({ outcome }) => outcome)).toEqual([
    'updated',
    'updated',
  ]);
  const [archiving, verifying] = await Promise.all(
    [SCHEDULES.archive, SCHEDULES.audit].map((id) => schedule.getHandle(id).describe()),
  );
  expect(archiving).toMatchObject({
    action: { workflowType: 'archiveHistoriesWorkflow', taskQueue: 'two-operations' },
    policies: { overlap: 'SKIP' },
    state: { paused: true, note: 'maintenance' },
  });
  expect(verifying).toMatchObject({
    action: { workflowType: 'verifyAuditWorkflow' },
    state: { paused: false },
  });
  const [next] = verifying!.info.nextActionTimes;
  expect(next!.getUTCHours()).toBe(3);
});
