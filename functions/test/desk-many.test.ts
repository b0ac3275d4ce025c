/** Acts on many scans that are cut off, run out of time or are sent twice, on real servers; no worker runs. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { appendAudit, type AuditEntry } from '@reddyfit/shared/audit/chain';
import { storedEntry } from '@reddyfit/shared/audit/stored';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { dailyScanWorkflowId, DAILY_SCAN_WORKFLOW } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import type { BulkDone, BulkRequest } from '@reddyfit/shared/operator/bulk';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { actOnMany } from '../src/operator/act-on-many.ts';
import { endScan } from '../src/scans/ending/end-scan.ts';
import { makeUpAnnouncements } from '../src/scans/ending/announce-scan.ts';
import { auditHeadOf, sha256 } from '../src/platform/audit-chain.ts';
import { type DeskStage, deskStage } from './desk-stage.ts';
import { workflowsAt } from './scan-fixture.ts';

let stage: DeskStage;
let workflows: Awaited<ReturnType<typeof workflowsAt>>;
let operator: Awaited<ReturnType<DeskStage['colleague']>>;

const why = { reason: 'incident', reference: 'INC-7' } as const;

beforeAll(async () => {
  process.env['OPERATOR_LIMITS'] = 'act_many:100';
  stage = await deskStage('demo-desk-many');
  workflows = await workflowsAt(inject('temporal'));
  operator = await stage.colleague({ operator: 'operator' });
});
afterAll(async () => {
  await workflows.close();
  await stage.close();
});

/** Running scans, each with a reserved credit and a workflow that no worker takes. */
function running(count: number) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const ids = await stage.person();
      await stage.submit(ids, { status: 'processing' });
      const reserve = { kind: 'reserve', amount: -1, scanId: ids.scanId };
      await stage.db.doc(paths.ledgerEntry(ids.uid, `${ids.scanId}:reserve`)).set(reserve);
      await workflows.start(DAILY_SCAN_WORKFLOW, dailyScanWorkflowId(ids.scanId));
      return ids;
    }),
  );
}
type Ids = Awaited<ReturnType<typeof running>>;

const failing = (scans: Ids): BulkRequest => ({
  act: 'fail',
  scanIds: scans.map(({ scanId }) => scanId),
  dryRun: false,
  actId: randomUUID(),
  ...why,
});

const send = (request: BulkRequest) => stage.ask<BulkDone>(operator, 'POST', '/acts', request);

const stateOf = async (scanId: string) => (await workflows.handle(scanId).describe()).status.name;

/**
 * Expects that each scan was ended, refunded and announced once, that its workflow was terminated, and that its chain
 * has one entry about that.
 */
async function expectEndedOnce(scans: Ids): Promise<void> {
  for (const { uid, scanId } of scans) {
    expect((await stage.scan(scanId))?.status).toBe('failed');
    expect((await stage.credits(uid)).ledger).toEqual([`${scanId}:refund`, `${scanId}:reserve`]);
    expect(await stateOf(scanId)).toBe('TERMINATED');
    const entries = await stage.audit(scanId);
    expect(entries.map(({ action }) => action)).toEqual([
      'operator_acted',
      'daily_scan_workflow_failed',
      'credit_refunded',
      'operator_act_done',
    ]);
    expect(entries.at(-1)).toMatchObject({
      actor: `operator:${operator.uid}`,
      detail: { act: 'fail', outcome: 'failed' },
    });
    expect(verifyAudit(entries, sha256)).toBeNull();
  }
}

/**
 * Lets the database forget every transaction that is open, as it does by itself a minute after a process has died. The emulator
 * numbers the transactions of a database from 1.
 */
async function forgetTransactions(): Promise<void> {
  const ask = async (what: string, body: object) => {
    const address = `http://${inject('firestore')}/v1/projects/demo-desk-many/databases/(default)/documents:${what}`;
    const headers = { authorization: 'Bearer owner', 'content-type': 'application/json' };
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status, what).toBe(200);
    return (await answer.json()) as { transaction?: string };
  };
  const { transaction } = await ask('beginTransaction', { options: { readWrite: {} } });
  const latest = Buffer.from(transaction!, 'base64');
  for (let number = 1n; number <= latest.readBigUInt64LE(1); number += 1n) {
    const id = Buffer.from(latest);
    id.writeBigUInt64LE(number, 1);
    await ask('rollback', { transaction: id.toString('base64') });
  }
}

describe('an act about many', () => {
  it('goes on where it was killed, when it is sent again', async () => {
    const scans = await running(12);
    const request = failing(scans);
    const argument = JSON.stringify({ operator: operator.uid, request });
    const fixture = new URL('act-on-many.fixture.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [fixture, argument], { stdio: 'inherit' });
    const isBegun = async ({ scanId }: { scanId: string }) => (await stage.scan(scanId))?.status === 'failed';
    await vi.waitUntil(() => isBegun(scans[1]!), { timeout: 60_000, interval: 10 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const open = await Promise.all(scans.map(async (ids) => ((await isBegun(ids)) ? [] : [ids])));
    expect(open.flat().length).toBeGreaterThan(0);

    // Until the database forgets the dead process's transactions, the scans that these have locked are left.
    const early = { beginUntilMs: 20_000, answerUntilMs: 3000 };
    const { left } = await actOnMany(stage.db, operator.uid, request, new Date(), early);
    expect(left).toBeLessThanOrEqual(open.flat().length);
    await forgetTransactions();
    expect((await send(request)).left).toBe(0);
    await expectEndedOnce(scans);
    const mine = (await stage.audit(operatorChain(operator.uid))).filter(
      ({ detail }) => detail['act'] === 'many:fail',
    );
    expect(mine).toHaveLength(1);
    // A further request has nothing left to do.
    expect(new Set((await send(request)).scans.map(({ verdict }) => verdict))).toEqual(
      new Set(['changes_nothing']),
    );
    await expectEndedOnce(scans);
  }, 90_000);

  it('says how much is left when its time is over, and does the rest when it is sent again', async () => {
    const scans = await running(20);
    const request = failing(scans);
    const answers: BulkDone[] = [];
    for (let ms = 100; answers.at(-1)?.left !== 0; ms += 100) {
      const times = { beginUntilMs: ms, answerUntilMs: 25_000 };
      answers.push(await actOnMany(stage.db, operator.uid, request, new Date(), times));
      const states = await Promise.all(scans.map(async ({ scanId }) => (await stage.scan(scanId))!.status));
      expect(answers.at(-1)!.left).toBe(states.filter((status) => status === 'processing').length);
    }
    expect(answers.length).toBeGreaterThan(1);
    expect(answers[0]!.scans).toContainEqual({
      scanId: scans.at(-1)!.scanId,
      verdict: 'left',
      word: 'send_again',
    });
    await expectEndedOnce(scans);
  });

  it('answers in time whatever is still on its way, and does none of it twice', async () => {
    const scans = await running(4);
    const request = failing(scans);
    const times = { beginUntilMs: 20_000, answerUntilMs: 0 };
    const early = await actOnMany(stage.db, operator.uid, request, new Date(), times);
    expect(early.left).toBe(4);
    // These requests run at the same time as the acts that the early answer did not wait for.
    await Promise.all([send(request), send(request)]);
    await expectEndedOnce(scans);
  });

  it('is another one under the id of another operator', async () => {
    const other = await stage.colleague({ operator: 'operator' });
    const scan = await stage.canaryScan();
    const request = { ...failing([scan]), act: 'push' as const };
    expect((await send(request)).scans[0]).toMatchObject({ verdict: 'acts', word: 'sent' });
    expect((await send(request)).scans[0]).toMatchObject({ verdict: 'changes_nothing' });
    const answer = await stage.send(other.token, 'POST', '/acts', request);
    expect(((await answer.json()) as BulkDone).scans[0]).toMatchObject({ verdict: 'acts', word: 'sent' });
    const acted = (await stage.audit(scan.scanId)).filter(({ action }) => action === 'operator_acted');
    expect(acted.map(({ actor }) => actor)).toEqual([`operator:${operator.uid}`, `operator:${other.uid}`]);
  });
});

describe('a scan that was ended and whose workflow was not', () => {
  /** The state after a process died between ending the scan and terminating its workflow. */
  async function halfDone() {
    const [scan] = await running(1);
    await endScan(stage.db, scan!.scanId, {
      status: 'failed',
      code: 'InternalError',
      actor: `operator:${operator.uid}`,
      action: 'daily_scan_workflow_failed',
      now: new Date(),
      evenIfStarted: true,
    });
    expect(await stateOf(scan!.scanId)).toBe('RUNNING');
    return scan!;
  }

  it('loses it when an operator ends it again', async () => {
    const { scanId } = await halfDone();
    const act = { act: 'fail', actId: randomUUID(), ...why };
    const answer = await stage.send(operator.token, 'POST', `/scans/${scanId}/acts`, act);
    expect(await answer.json()).toEqual({ outcome: 'failed' });
    expect(await stateOf(scanId)).toBe('TERMINATED');
    expect((await stage.db.doc(paths.announcement(scanId)).get()).exists).toBe(false);
  });

  it('loses it when the sweeper tells of the end', async () => {
    const { scanId } = await halfDone();
    expect(await makeUpAnnouncements(new Date(Date.now() + 1000))).toBeGreaterThan(0);
    expect(await stateOf(scanId)).toBe('TERMINATED');
  });

  it('keeps it when the workflow ended the scan itself, and still tells of it', async () => {
    const [scan] = await running(1);
    const { scanId } = scan!;
    await stage.db.doc(paths.scan(scanId)).update({ status: 'failed' });
    // As the worker writes it: the outcome lies behind what came by the same commit.
    const ended = (['step_failed', 'credit_refunded', 'daily_scan_workflow_failed'] as const).map(
      (action) => ({
        key: action,
        at: new Date().toISOString(),
        actor: `workflow:${dailyScanWorkflowId(scanId)}`,
        action,
        detail: {},
      }),
    );
    const head = stage.db.doc(paths.auditLog(scanId));
    const appended = appendAudit(auditHeadOf(await head.get()), ended, sha256);
    const document = storedEntry(appended.entries as [AuditEntry, ...AuditEntry[]]);
    await stage.db.doc(paths.auditEntry(scanId, document.seq)).set(document);
    await head.set(appended.head);
    const act = { act: 'fail', actId: randomUUID(), ...why };
    await stage.send(operator.token, 'POST', `/scans/${scanId}/acts`, act);
    expect(await stateOf(scanId)).toBe('RUNNING');
  });
});

it('an act that is sent twice is done once: a step that failed again is not run a third time', async () => {
  const { uid, scanId } = await stage.canaryScan();
  await stage.db.doc(paths.user(uid)).set({ sex: 'female', birthDate: '1990-05-17', heightCm: 168 });
  const act = { act: 'retry_step', step: 'nutrition', actId: randomUUID(), ...why };
  const retry = async () =>
    (await stage.send(operator.token, 'POST', `/scans/${scanId}/acts`, act)).json() as Promise<object>;
  expect(await retry()).toEqual({ outcome: 'running' });
  const workflow = workflows.client.workflow.getHandle(`retry-nutrition-scan-${scanId}`);
  const { runId } = await workflow.describe();
  await workflow.terminate('it failed again');
  const done = (await stage.audit(scanId)).find(({ action }) => action === 'operator_act_done')!;
  expect(await retry()).toEqual({ outcome: 'running', before: done.at });
  expect(await workflow.describe()).toMatchObject({ runId, status: { name: 'TERMINATED' } });
});
