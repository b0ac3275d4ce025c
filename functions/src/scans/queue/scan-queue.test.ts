/** A look at the queue while Temporal or Firestore fails in ways that no server of the tests can be made to fail in. */

import type { Client } from '@temporalio/client';
import type { Firestore } from 'firebase-admin/firestore';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { logs } from '../../platform/logs.ts';
import type { TemporalClient } from '../../platform/temporal-client.ts';
import { NOMINAL_TASK_SECONDS } from './queue-wait.ts';
import { scanQueue } from './scan-queue.ts';

const QUEUE = { namespace: 'default', taskQueue: 'steps' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A worker's heartbeat with so many slots, all of them free. */
const worker = (slots: number, status: number, buildId?: string) => ({
  workerHeartbeat: {
    taskQueue: 'steps',
    status,
    ...(buildId && { deploymentVersion: buildOf(buildId) }),
    activityTaskSlotsInfo: { slotSupplierKind: 'Fixed', currentAvailableSlots: slots, currentUsedSlots: 0 },
  },
});

const buildOf = (buildId: string) => ({ deploymentName: 'scans', buildId });

/** A client whose server answers so; counts the calls, and those after which a connection is dropped. */
function temporal(answers: {
  stats?: () => object;
  workers?: readonly object[];
  /** The figures of the builds that have polled, by their names; the first is current. */
  builds?: Record<string, () => object>;
}) {
  const counts = { asked: 0, dropped: 0 };
  const [current] = Object.keys(answers.builds ?? {});
  const workflowService = {
    describeTaskQueue: async () => {
      counts.asked += 1;
      return {
        stats: answers.stats?.() ?? {},
        ...(current && { versioningInfo: { currentDeploymentVersion: buildOf(current) } }),
      };
    },
    describeWorkerDeploymentVersion: async (asked: { deploymentVersion: { buildId: string } }) => {
      const stats = answers.builds![asked.deploymentVersion.buildId]!();
      return { versionTaskQueues: [{ name: 'steps', type: 2, stats }] };
    },
    listWorkers: async () => ({ workersInfo: answers.workers ?? [] }),
  };
  const client: TemporalClient = {
    warm: () => {},
    use: async (_, call) => {
      try {
        return await call({ workflowService } as unknown as Client);
      } catch (error) {
        counts.dropped += 1;
        throw error;
      }
    },
    close: async () => {},
  };
  return { client, counts };
}

/** A database in which a query of the waiting scans ends like this. */
function waitingScans(get: () => Promise<unknown>): Firestore {
  const query = { where: () => query, select: () => query, limit: () => query, get };
  return { collection: () => query } as unknown as Firestore;
}
const nobody = waitingScans(async () => ({ docs: [] }));

it.each([
  ['the rate', 8, 0],
  ['a permission', 7, 0],
  ['an answer in time', 4, 0],
  ['the server', 14, 1],
])('a look that fails for want of %s (%i) drops %i connections', async (_, code, dropped) => {
  const fails = () => {
    throw Object.assign(new Error('refused'), { code });
  };
  const { client, counts } = temporal({ stats: fails });
  const queue = scanQueue(nobody, client, QUEUE);
  await queue.look();
  expect(counts).toEqual({ asked: 1, dropped });
  expect(queue.join('scan', 'user')).toBeNull();
});

it('a process keeps the scans of the last seconds alone, also while Temporal is away after it has answered', async () => {
  const queue = scanQueue(nobody, temporal({}).client, QUEUE);
  await queue.look();
  expect(queue.join('scan', 'user')).toBe(0);
  for (let index = 0; index < 100; index++) {
    vi.advanceTimersByTime(1000);
    queue.join(`scan-${index}`, 'user');
  }
  expect(queue.joined()).toBeLessThan(20);
});

it('slots of workers that shut down do not count, and none at all give no pace', async () => {
  const stats = () => ({ approximateBacklogCount: 20, tasksDispatchRate: 0.5 });
  const wait = async (workers: readonly object[]) => {
    const queue = scanQueue(nobody, temporal({ stats, workers }).client, QUEUE);
    await queue.look();
    return queue.join('scan', 'user');
  };
  expect(await wait([worker(6, 1), worker(60, 2), worker(60, 3)])).toBeCloseTo(
    (80 * NOMINAL_TASK_SECONDS) / 6,
  );
  expect(await wait([worker(0, 1)])).toBeCloseTo((80 * NOMINAL_TASK_SECONDS) / 15);
});

it.each([
  ['one user has many scans there', 30, () => 'idle', 40],
  ['many users have one there each', 30, (index: number) => `idle-${index}`, 1],
])("the scans of builds that are gone are in nobody's way, whether %s", async (_, scans, userOf, live) => {
  const gone = Array.from({ length: scans }, (_each, index) => ({
    id: `gone-${index}`,
    get: (field: string) => (field === 'userId' ? userOf(index) : 'queued'),
  }));
  const { client } = temporal({
    stats: () => ({ approximateBacklogCount: 2 * scans + live, tasksDispatchRate: 1 }),
    builds: {
      current: () => ({ approximateBacklogCount: live, approximateBacklogAge: { seconds: 60 } }),
    },
  });
  const queue = scanQueue(
    waitingScans(async () => ({ docs: gone })),
    client,
    QUEUE,
  );
  await queue.look();
  expect(queue.join('scan', 'user')).toBe(4 * live);
});

it('Temporal that refuses to tell builds apart is left alone for a while, and all tasks count meanwhile', async () => {
  const warn = vi.spyOn(logs, 'queueNotSeen').mockReturnValue();
  const refuse = vi.fn<() => never>(() => {
    throw Object.assign(new Error('refused'), { code: 7 });
  });
  const stats = () => ({ approximateBacklogCount: 20, tasksDispatchRate: 0.5 });
  const { client, counts } = temporal({ stats, builds: { current: refuse } });
  const queue = scanQueue(nobody, client, QUEUE);
  const look = async () => {
    await queue.look();
    vi.advanceTimersByTime(2000);
  };
  for (let looks = 0; looks < 5; looks++) await look(); // oxlint-disable-line no-await-in-loop -- one after another
  expect(counts.asked).toBe(5);
  expect(queue.join('scan', 'user')).not.toBeNull();
  expect([refuse.mock.calls.length, warn.mock.calls.length]).toEqual([1, 1]);
  await look();
  expect([refuse.mock.calls.length, warn.mock.calls.length]).toEqual([2, 2]);
});

it('tasks of a build count whose workers do not poll since their slots are all taken, until they shut down', async () => {
  const stats = () => ({ approximateBacklogCount: 20, tasksDispatchRate: 1 });
  const part = (count: number) => () => ({
    approximateBacklogCount: count,
    approximateBacklogAge: { seconds: 60 },
  });
  const builds = { current: part(5), earlier: part(15) };
  const wait = async (status: number) => {
    const workers = [worker(0, 1, 'current'), worker(0, status, 'earlier')];
    const queue = scanQueue(nobody, temporal({ stats, workers, builds }).client, QUEUE);
    await queue.look();
    return queue.join('scan', 'user');
  };
  expect(await wait(1)).toBe(80);
  expect(await wait(3)).toBe(20);
});

it('a database that does not answer does not stop the looks for good', async () => {
  const { client, counts } = temporal({ stats: () => ({ approximateBacklogCount: 20 }) });
  const queue = scanQueue(
    waitingScans(() => new Promise(() => {})),
    client,
    QUEUE,
  );
  const looks = async () => {
    const looked = queue.look();
    await vi.advanceTimersByTimeAsync(1000);
    await looked;
  };
  await looks();
  await vi.advanceTimersByTimeAsync(20_000);
  await looks();
  expect(counts.asked).toBe(2);
});
