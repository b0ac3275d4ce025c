import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningServer, startTemporal } from '../../test/servers.ts';
import { versionedBy } from '../src/platform/deployment.ts';
import { bundleOnce } from '../src/trial/bundle-once.ts';
import { goOn, type versionedWorkflow } from './versioned.fixture.ts';

const deploymentName = `scans-${randomUUID()}`;
const taskQueue = 'versioned';

let server: RunningServer;
let connection: NativeConnection;
let client: Client;
let workflowBundle: { code: string };

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  // By default the server checks every three minutes whether a version has drained, and waits three more.
  server = await startTemporal(undefined, [
    '--dynamic-config-value=matching.wv.VersionDrainageStatusVisibilityGracePeriod="1s"',
    '--dynamic-config-value=matching.wv.VersionDrainageStatusRefreshInterval="1s"',
  ]);
  connection = await NativeConnection.connect({ address: server.address });
  client = new Client({ connection });
  workflowBundle = await bundleOnce({
    workflowsPath: createRequire(import.meta.url).resolve('./versioned.fixture.ts'),
  });
});

afterAll(async () => {
  await connection.close();
  await server.stop();
});

/** Starts a worker of a build. Its activity returns the build's id. */
async function startBuild(buildId: string) {
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle,
    activities: { build: async () => buildId },
    ...versionedBy({ deploymentName, buildId }),
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
    },
  };
}

/** Runs `npm run promote` as an operator does. */
async function promote(buildId: string, ...more: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(import.meta.dirname, '../../ops/promote.ts'),
      `--deployment=${deploymentName}`,
      `--build-id=${buildId}`,
      ...more,
    ],
    { env: { ...process.env, TEMPORAL_ADDRESS: server.address } },
  );
  return stdout;
}

const start = () =>
  client.workflow.start<typeof versionedWorkflow>('versionedWorkflow', {
    taskQueue,
    workflowId: randomUUID(),
  });

/** Resolves when the workflow's first activity has completed. */
const untilBegun = (handle: Awaited<ReturnType<typeof start>>) =>
  vi.waitFor(async () => {
    const { events } = await handle.fetchHistory();
    expect(events?.some((event) => event.activityTaskCompletedEventAttributes)).toBe(true);
  }, 30_000);

it('a workflow ends under the build that began it, while a promoted build takes the new ones', async () => {
  const one = await startBuild('1');
  expect(await promote('1')).toContain('1 is current');
  const begunUnderOne = await start();
  await untilBegun(begunUnderOne);

  const two = await startBuild('2');
  expect(await promote('2')).toContain('2 is current, after 1');
  const begunUnderTwo = await start();
  await untilBegun(begunUnderTwo);

  // With `--wait` the promotion waits as long as the old build has a workflow.
  const drained = promote('2', '--wait', '--timeout=90');
  let waited = true;
  void drained.then(() => (waited = false));
  await begunUnderTwo.signal(goOn);
  expect(await begunUnderTwo.result()).toEqual(['2', '2']);
  expect(waited).toBe(true);

  await begunUnderOne.signal(goOn);
  expect(await begunUnderOne.result()).toEqual(['1', '1']);
  expect(await drained).toContain('no other build has workflows left');

  await one.stop();
  const afterwards = await start();
  await afterwards.signal(goOn);
  expect(await afterwards.result()).toEqual(['2', '2']);
  await two.stop();
}, 180_000);

it('a promotion of a build that has no workers gives up', async () => {
  await expect(promote('nobody', '--timeout=2')).rejects.toMatchObject({
    stdout: expect.stringContaining('given up after 2 s'),
  });
}, 30_000);
