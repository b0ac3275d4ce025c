/** What a scan says of the queue at its admission: a real server's queue, filled and emptied by hand, call by call. */

import { randomUUID } from 'node:crypto';
import { DAILY_SCAN_WORKFLOW } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { scan as scanSchema } from '@reddyfit/shared/scan/document';
import type { Firestore } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { scanQueue } from '../src/scans/queue/scan-queue.ts';
import type { TemporalClient } from '../src/platform/temporal-client.ts';
import { type ScanStage, scanStage, workflowsAt } from './scan-fixture.ts';
import { NORMAL, stepTasks } from './step-tasks.ts';
import { type Deliver, loadTrigger } from './trigger.ts';

/** Longer than a server and an instance may remember a figure together (ms). */
const SEEN_MS = 30_000;

const taskQueue = `busy-${randomUUID()}`;
let deliver: Deliver;
let db: Firestore;
let stage: ScanStage;
let workflows: Awaited<ReturnType<typeof workflowsAt>>;

beforeAll(async () => {
  process.env.TEMPORAL_TASK_QUEUE = taskQueue;
  const loaded = await loadTrigger('demo-busy', {
    firestore: inject('firestore'),
    temporal: inject('temporal'),
  });
  ({ deliver, db } = loaded);
  stage = scanStage(db, loaded.bucket);
  workflows = await workflowsAt(inject('temporal'));
});
afterAll(async () => {
  await workflows.close();
  await db.terminate();
});

/** Schedules as many tasks of steps as said, by a workflow on a queue of its own, and lets a worker take some of them. */
async function fill(tasks: number, taken: number) {
  const { client } = workflows;
  const { workflowService } = client.connection;
  const poll = <Task>(ask: () => Promise<Task>) => client.withDeadline(Date.now() + 15_000, ask);
  const queue = randomUUID();
  const of = { namespace: 'default', identity: 'by hand' };
  await client.workflow.start(DAILY_SCAN_WORKFLOW, { workflowId: queue, taskQueue: queue, args: [] });
  const { taskToken } = await poll(() =>
    workflowService.pollWorkflowTaskQueue({ ...of, taskQueue: { name: queue, kind: NORMAL } }),
  );
  const commands = stepTasks(taskQueue, tasks);
  await workflowService.respondWorkflowTaskCompleted({ ...of, taskToken, commands });
  const takeOne = () =>
    poll(() =>
      workflowService.pollActivityTaskQueue({ ...of, taskQueue: { name: taskQueue, kind: NORMAL } }),
    );
  await Promise.all(Array.from({ length: taken }, takeOne));
}

/** Admits a scan of a person, and resolves with its document. */
async function admitted(person?: { uid: string }, locale = 'en') {
  const fresh = await stage.person({
    scanCredits: 50,
    profile: { sex: 'female', birthDate: '1990-05-17', heightCm: 168, locale },
  });
  const ids = { uid: person?.uid ?? fresh.uid, scanId: fresh.scanId };
  await stage.submit(ids);
  await deliver(ids.scanId);
  return { ...ids, scan: (await stage.scan(ids.scanId))! };
}

/** How long a scan expects to wait (s). */
const wait = ({ busy, updatedAt }: Awaited<ReturnType<typeof admitted>>['scan']) =>
  (busy!.startsAt.toMillis() - updatedAt!.toMillis()) / 1000;

it('a scan says at its admission that it waits, once others do, in the one write and in its language', async () => {
  const quiet = await admitted();
  expect(quiet.scan).not.toHaveProperty('busy');
  expect(await workflows.input(quiet.scanId)).not.toHaveProperty('busy');

  await fill(60, 4);
  const busy = await vi.waitFor(
    async () => {
      const next = await admitted(undefined, 'es-MX');
      expect(next.scan.busy).toBeDefined();
      return next;
    },
    { timeout: SEEN_MS, interval: 500 },
  );
  expect(busy.scan).toMatchObject({ status: 'queued', rev: 1, busy: { messageCode: 'busy' } });
  expect(scanSchema.safeParse(busy.scan).error).toBeUndefined();
  expect(busy.scan.busy!.message).toMatch(/^Hay mucha demanda: el tuyo empieza en /);
  expect(busy.scan.busy!.params).toEqual({ minutes: Math.ceil(Number(wait(busy.scan).toFixed(0)) / 60) });
  expect(await workflows.input(busy.scanId)).toMatchObject({ busy: true });

  // What another delivery starts is told the same.
  await deliver(busy.scanId);
  expect((await stage.scan(busy.scanId))!.busy).toEqual(busy.scan.busy);
}, 90_000);

it("one user's many scans lengthen their own wait, and nobody else's by more than a turn", async () => {
  const before = await admitted();
  expect(before.scan.busy).toBeDefined();
  const attacker = await stage.person({ scanCredits: 50 });
  const scans = [];
  // oxlint-disable-next-line no-await-in-loop -- each is behind the one before
  for (let index = 0; index < 12; index++) scans.push(await admitted(attacker));
  const after = await admitted();
  const turn = wait(scans[1]!.scan) - wait(scans[0]!.scan);
  expect(turn).toBeGreaterThan(0);
  expect(wait(scans.at(-1)!.scan)).toBeGreaterThan(wait(after.scan));
  // The stranger before, and the attacker: two turns, and one for what Temporal has counted meanwhile.
  expect(wait(after.scan) - wait(before.scan)).toBeLessThan(3 * turn);
}, 90_000);

it('a scan that is canceled while it waits no longer says that it does', async () => {
  const { scanId, scan } = await admitted();
  expect(scan.busy).toBeDefined();
  const { endScan } = await import('../src/scans/ending/end-scan.ts');
  await endScan(db, scanId, {
    status: 'canceled',
    code: 'ScanCanceledError',
    actor: 'user:x',
    action: 'daily_scan_workflow_canceled',
    now: new Date(),
    evenIfStarted: false,
  });
  expect((await db.doc(paths.scan(scanId)).get()).get('busy')).toBeUndefined();
});

it('a server that does not answer holds nobody up, and is left alone for a while', async () => {
  let asked = 0;
  const silent: TemporalClient = {
    warm: () => {},
    use: () => {
      asked += 1;
      return asked > 2 ? new Promise(() => {}) : Promise.reject(new Error('away'));
    },
    close: async () => {},
  };
  const refusing = scanQueue(db, silent, { namespace: 'default', taskQueue });
  await refusing.look();
  const askedOnce = asked;
  await refusing.look();
  expect(asked).toBe(askedOnce);
  expect(refusing.join('scan', 'user')).toBeNull();
  const hanging = scanQueue(db, silent, { namespace: 'default', taskQueue });
  const begun = performance.now();
  await hanging.look();
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(hanging.join('scan', 'user')).toBeNull();
});
