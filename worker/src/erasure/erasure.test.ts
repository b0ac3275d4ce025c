/** Tests the workflows that delete and export on the time-skipping server, with activities that record their calls. */

import { randomUUID } from 'node:crypto';
import type { AuditRecord } from '@reddyfit/shared/audit/chain';
import { DELETION_STAGES } from '@reddyfit/shared/account/users';
import { ID_TOKEN_LIFETIME_MS, UPLOAD_URL_LIFETIME_MS } from '@reddyfit/shared/scan/uploads';
import { describe, expect, it } from 'vitest';
import type { Activities } from '../scan/activities.ts';
import type { ErasureActivities } from './activities.ts';
import { onBothQueues } from '../trial/both-queues.ts';
import { timeSkipping } from '../trial/time-skipping.ts';

type Name = keyof ErasureActivities | 'auditLog' | 'deleteImages' | 'sendNotification' | 'publishEvent';
type Fakes = Partial<Record<Name, (input: never) => unknown>>;

interface Call {
  name: Name;
  input: never;
  /** Server time (s) since the workflow began. */
  at: number;
}

const NAMES: Name[] = [
  'cancelScanWorkflows',
  'scanWorkflowOpen',
  'forgetScan',
  'deleteScanDocument',
  'exportUserData',
  'deleteExport',
  'reportDeletion',
  'stopScans',
  'deleteUserFiles',
  'forgetUser',
  'deleteUserScans',
  'deleteUserRecords',
  'deleteSignIn',
  'signInExists',
  'countLeft',
  'recordAccountDeleted',
  'deleteUserDocument',
  'auditLog',
  'deleteImages',
  'sendNotification',
  'publishEvent',
];

/** What each activity answers for a user whose data is gone after the first attempt. */
const QUIET: Fakes = {
  scanWorkflowOpen: () => false,
  stopScans: () => 0,
  deleteUserScans: () => ({ scans: 2 }),
  countLeft: () => ({ scans: 0, files: 0, signIn: 0 }),
  signInExists: () => false,
  exportUserData: () => ({ object: 'exports/u/reddyfit-data.json', bytes: 10 }),
};

const server = timeSkipping();

/**
 * Runs a workflow to its end and then waits for the workflow with the id `then`. Resolves with the failure, if any, and
 * the calls.
 */
async function run(type: string, input: object, fakes: Fakes = {}, then?: string) {
  const calls: Call[] = [];
  const began = await server.environment.currentTimeMs();
  const activities = Object.fromEntries(
    NAMES.map((name) => [
      name,
      async (argument: never) => {
        calls.push({
          name,
          input: argument,
          at: ((await server.environment.currentTimeMs()) - began) / 1000,
        });
        return ({ ...QUIET, ...fakes }[name] as ((input: never) => unknown) | undefined)?.(argument);
      },
    ]),
  );
  const taskQueue = `erasure-${randomUUID()}`;
  const { nativeConnection: connection, client } = server.environment;
  const worker = await onBothQueues({
    connection,
    taskQueue,
    workflowBundle: server.workflowBundle,
    activities,
  });
  const failure = await worker.runUntil(async () => {
    try {
      await client.workflow.execute(type, { workflowId: taskQueue, taskQueue, args: [input] });
      if (then) await client.workflow.getHandle(then).result();
      return null;
    } catch (error) {
      return error as Error;
    }
  });
  return {
    failure,
    calls,
    names: calls.map(({ name }) => name),
    called: Object.assign((name: Name) => calls.filter((call) => call.name === name), {
      workflowId: taskQueue,
    }),
  };
}

const stages = (calls: Call[]) =>
  calls.map(({ input }) => {
    const { state, stage } = input as { state: string; stage: string };
    return `${state} ${stage}`;
  });

describe('the deletion of an account', () => {
  const leave = (fakes?: Fakes) => run('deleteAccountWorkflow', { userId: 'u' }, fakes);

  it('stops the scans, deletes everything, checks, and takes users/{uid} as the last', async () => {
    const { failure, names, called } = await leave();
    expect(failure).toBeNull();
    const first = names.slice(0, names.indexOf('deleteUserDocument') + 1);
    expect(first.filter((name) => name !== 'reportDeletion')).toEqual([
      'stopScans',
      'deleteUserFiles',
      'forgetUser',
      'deleteUserScans',
      'deleteUserRecords',
      'deleteSignIn',
      'countLeft',
      'recordAccountDeleted',
      'deleteUserDocument',
    ]);
    expect(stages(called('reportDeletion'))).toEqual(DELETION_STAGES.map((stage) => `running ${stage}`));
    expect(called('recordAccountDeleted')[0]!.input).toMatchObject({ scans: 2 });
  });

  it('comes back when the last token and the last upload URL that it brought have run out, and deletes what came by them', async () => {
    const { called } = await leave();
    const [first, second] = called('deleteUserDocument');
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(
      (ID_TOKEN_LIFETIME_MS + UPLOAD_URL_LIFETIME_MS) / 1000,
    );
    expect(called('deleteUserRecords')).toHaveLength(2);
    expect(called('deleteUserFiles')).toHaveLength(2);
    expect(called('recordAccountDeleted')).toHaveLength(1);
  });

  it('leaves alone who signed up again under the same id', async () => {
    const { called } = await leave({ signInExists: () => true });
    expect(called('deleteUserRecords')).toHaveLength(1);
    expect(called('deleteUserDocument')).toHaveLength(1);
  });

  it('waits for the scans under way', async () => {
    let open = 3;
    const { calls, called } = await leave({ stopScans: () => open-- });
    expect(called('stopScans')).toHaveLength(4);
    const lastStop = calls.findLastIndex(({ name }) => name === 'stopScans');
    expect(calls.findIndex(({ name }) => name === 'deleteUserFiles')).toBeGreaterThan(lastStop);
    expect(called('stopScans').map(({ input }) => (input as { force: boolean }).force)).toEqual(
      Array(4).fill(false),
    );
  });

  it('ends scans where they stand when they do not end by themselves', async () => {
    const { failure, called } = await leave({
      stopScans: ({ force }: { force: boolean }) => (force ? 0 : 1),
    } as Fakes);
    expect(failure).toBeNull();
    const last = called('stopScans').at(-1)!;
    expect((last.input as { force: boolean }).force).toBe(true);
    expect(last.at).toBeGreaterThanOrEqual(600);
    expect(last.at).toBeLessThan(700);
  });

  it('deletes again what was written meanwhile', async () => {
    let rounds = 0;
    const { failure, called } = await leave({ countLeft: () => ({ devices: rounds++ === 0 ? 1 : 0 }) });
    expect(failure).toBeNull();
    expect(called('recordAccountDeleted')).toHaveLength(1);
    expect(called('deleteUserRecords')).toHaveLength(3);
  });

  it('says that it failed when data keeps coming back, and leaves users/{uid} to say so', async () => {
    const { failure, called } = await leave({ countLeft: () => ({ devices: 1 }) });
    expect(failure).not.toBeNull();
    expect(stages(called('reportDeletion')).at(-1)).toBe('failed check');
    expect(called('deleteUserDocument')).toEqual([]);
    expect(called('recordAccountDeleted')).toEqual([]);
  });

  it('holds on while a server is away', async () => {
    let attempts = 0;
    const { failure, called } = await leave({
      deleteUserFiles: () => {
        if (++attempts < 8) throw new Error('away');
      },
    });
    expect(failure).toBeNull();
    expect(called('deleteUserFiles').length).toBeGreaterThanOrEqual(9);
    expect(stages(called('reportDeletion'))).not.toContain('failed photos');
  });
});

describe('the deletion of a scan', () => {
  const ref = { scanId: 'scan-1', userId: 'u' };

  it('takes photos and memories, records who did it, and takes the document as the last', async () => {
    const { failure, names, called } = await run('deleteScanWorkflow', ref);
    expect(failure).toBeNull();
    expect(names.slice(0, 2)).toEqual(['cancelScanWorkflows', 'scanWorkflowOpen']);
    expect(names.slice(2, 4).toSorted()).toEqual(['deleteImages', 'forgetScan']);
    expect(names.slice(4)).toEqual(['auditLog', 'deleteScanDocument']);
    const { record } = called('auditLog')[0]!.input as Parameters<Activities['auditLog']>[0];
    expect(record satisfies AuditRecord).toMatchObject({
      key: 'scan_deleted',
      action: 'scan_deleted',
      actor: 'user:u',
      detail: {},
    });
  });

  it('forgets again what the scan itself was still about to remember', async () => {
    let looks = 0;
    const { calls, called } = await run('deleteScanWorkflow', ref, { scanWorkflowOpen: () => ++looks < 4 });
    expect(called('forgetScan')).toHaveLength(2);
    expect(called('deleteScanDocument')).toHaveLength(1);
    const lastLook = calls.findLastIndex(({ name }) => name === 'scanWorkflowOpen');
    expect(calls.findLastIndex(({ name }) => name === 'forgetScan')).toBeGreaterThan(lastLook);
  });

  it('looks ever more seldom, and goes on in a new history, when that takes a day and more', async () => {
    let looks = 0;
    const { failure, called } = await run('deleteScanWorkflow', ref, {
      scanWorkflowOpen: () => ++looks < 120,
    });
    expect(failure).toBeNull();
    const at = called('scanWorkflowOpen').map((call) => call.at);
    const pauses = at.slice(1).map((time, index) => Math.round(time - at[index]!));
    // The first look is before the deletion and the second right after it.
    expect(pauses.slice(1, 4)).toEqual([5, 10, 20]);
    expect(pauses.at(-1)).toBe(900);
    expect(at.at(-1)!).toBeGreaterThan(24 * 3600);
    expect(called('forgetScan')).toHaveLength(2);
    expect(called('deleteScanDocument')).toHaveLength(1);
    // A look adds about ten events, so a run ends long before the limit of 51,200 events.
    expect(called('scanWorkflowOpen')).toHaveLength(120);
    const last = await server.environment.client.workflow.getHandle(called.workflowId).describe();
    expect(last.status.name).toBe('COMPLETED');
    expect(last.historyLength).toBeLessThan(12 * 50);
  });
});

describe('an export', () => {
  it('is written, and deleted half an hour later', async () => {
    const userId = randomUUID();
    const { failure, called } = await run('exportDataWorkflow', { userId }, {}, `expire-export-${userId}`);
    expect(failure).toBeNull();
    expect(called('exportUserData')).toHaveLength(1);
    expect(called('deleteExport')).toHaveLength(1);
    expect(called('deleteExport')[0]!.at).toBeGreaterThanOrEqual(1800);
  });
});

it('the end of a scan without a workflow is told: push, event, and no photos left', async () => {
  const input = { scanId: 'scan-1', userId: 'u', status: 'failed' };
  const { failure, called } = await run('announceScanWorkflow', input);
  expect(failure).toBeNull();
  expect(called('sendNotification')[0]!.input).toMatchObject({ scanId: 'scan-1', status: 'failed' });
  expect(called('publishEvent')[0]!.input).toMatchObject({
    events: [{ id: 'scan-1:scan.failed', type: 'scan.failed', data: { userId: 'u', status: 'failed' } }],
  });
  expect(called('deleteImages')).toHaveLength(1);
});
