import { createHash, randomUUID } from 'node:crypto';
import { userChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import { SCAN_CONSENT } from '@reddyfit/shared/account/users';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { retryStepWorkflowId } from '@reddyfit/shared/names/ids';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ScanStage, scanStage, workflowsAt } from './scan-fixture.ts';
import { type Deliver, type DeliverWrite, loadTrigger, loadWriteTrigger } from './trigger.ts';

const PROJECT = 'demo-consents';

let deliver: DeliverWrite;
let created: Deliver;
let db: Firestore;
let stage: ScanStage;
let temporal: Awaited<ReturnType<typeof workflowsAt>>;

beforeAll(async () => {
  const servers = { firestore: inject('firestore'), temporal: inject('temporal') };
  const onCreated = await loadTrigger(PROJECT, servers);
  const onWritten = await loadWriteTrigger(
    PROJECT,
    servers,
    async () => (await import('../src/triggers/on-consent-written.ts')).onConsentWritten,
  );
  ({ deliver, db } = onWritten);
  created = onCreated.deliver;
  stage = scanStage(db, onCreated.bucket);
  temporal = await workflowsAt(inject('temporal'));
});

afterAll(async () => {
  await temporal.close();
  await db.terminate();
});

/** Makes a scan that was admitted and whose workflow was started. No worker takes the workflow. */
async function startedScan(uid: string): Promise<string> {
  const scanId = randomUUID();
  await stage.submit({ uid, scanId });
  await created(scanId);
  return scanId;
}

const consentOf = (uid: string) => db.doc(paths.consent(uid, SCAN_CONSENT));
const withdrawn = (uid: string) => deliver(paths.consent(uid, SCAN_CONSENT));

/** How often the scan's workflow was asked to cancel. */
async function cancelRequests(scanId: string): Promise<number> {
  const { events = [] } = await temporal.handle(scanId).fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionCancelRequestedEventAttributes).length;
}

it.each(['queued', 'processing'])(
  'cancels the %s scans of who withdraws, and only theirs',
  async (status) => {
    const [{ uid }, neighbour] = [await stage.person(), await stage.person()];
    const [first, second, theirs] = [
      await startedScan(uid),
      await startedScan(uid),
      await startedScan(neighbour.uid),
    ];
    await db.doc(paths.scan(first)).update({ status });
    await consentOf(uid).update({ granted: false, at: Timestamp.now() });
    await withdrawn(uid);
    expect(await Promise.all([first, second, theirs].map(cancelRequests))).toEqual([1, 1, 0]);
  },
);

it('cancels steps of completed scans that run again', async () => {
  const { uid } = await stage.person();
  const scanId = await startedScan(uid);
  await db.doc(paths.scan(scanId)).update({ status: 'completed', 'steps.insights.state': 'completed' });
  const run = (step: 'nutrition' | 'insights') =>
    temporal.start('retryStepWorkflow', retryStepWorkflowId(scanId, step));
  const [again, done] = [await run('nutrition'), await run('insights')];
  await consentOf(uid).update({ granted: false });
  await withdrawn(uid);
  const requests = async (handle: WorkflowHandle) =>
    ((await handle.fetchHistory()).events ?? []).filter(
      (event) => event.workflowExecutionCancelRequestedEventAttributes,
    ).length;
  expect([await requests(again), await requests(done)]).toEqual([1, 0]);
});

it('cancels as well when the consent is gone altogether', async () => {
  const { uid } = await stage.person();
  const scanId = await startedScan(uid);
  await consentOf(uid).delete();
  await withdrawn(uid);
  expect(await cancelRequests(scanId)).toBe(1);
});

it('an event that comes again asks for nothing new', async () => {
  const { uid } = await stage.person();
  const scanId = await startedScan(uid);
  await consentOf(uid).update({ granted: false });
  await Promise.all([withdrawn(uid), withdrawn(uid)]);
  await withdrawn(uid);
  expect(await cancelRequests(scanId)).toBe(1);
});

it('leaves the scans alone when consent is granted, or is to something else', async () => {
  const { uid } = await stage.person();
  const scanId = await startedScan(uid);
  await consentOf(uid).update({ granted: true, policyVersion: '2026-02' });
  await withdrawn(uid);
  await db.doc(paths.consent(uid, 'research')).set({ granted: false });
  await deliver(paths.consent(uid, 'research'));
  expect(await cancelRequests(scanId)).toBe(0);
});

it('a late withdrawal does not reach scans that were created after it', async () => {
  const { uid } = await stage.person();
  const before = await startedScan(uid);
  const time = new Date().toISOString();
  await consentOf(uid).update({ granted: false });
  const withdrawal = await consentOf(uid).get();
  await consentOf(uid).update({ granted: true });
  const after = await startedScan(uid);
  await deliver(paths.consent(uid, SCAN_CONSENT), { after: withdrawal, time });
  expect(await Promise.all([before, after].map(cancelRequests))).toEqual([1, 0]);
});

it('is content with scans that have no workflow, or whose workflow has ended', async () => {
  const { uid } = await stage.person();
  const unstarted = randomUUID();
  await stage.submit({ uid, scanId: unstarted });
  const ended = await startedScan(uid);
  await temporal.handle(ended).terminate();
  const running = await startedScan(uid);
  await consentOf(uid).update({ granted: false });
  await withdrawn(uid);
  expect(await temporal.runs(unstarted)).toEqual([]);
  expect(await temporal.runs(ended)).toEqual(['TERMINATED']);
  expect(await cancelRequests(running)).toBe(1);
});

describe('a change of consent is recorded', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const recorded = async (uid: string) => {
    const entries = await stage.audit(userChain(uid));
    expect(verifyAudit(entries, sha256)).toBeNull();
    return entries.map(({ action, actor, detail }) => [action, actor, detail]);
  };

  it('in the user’s own chain, whatever it is to, once however often the event comes', async () => {
    const { uid } = await stage.person();
    const [by, detail] = [`user:${uid}`, { purpose: SCAN_CONSENT, policyVersion: '2026-01' }];
    await Promise.all([withdrawn(uid), withdrawn(uid)]);
    await consentOf(uid).update({ granted: false });
    await withdrawn(uid);
    await withdrawn(uid);
    await db.doc(paths.consent(uid, 'research')).set({ granted: true, policyVersion: 'I weigh 180 lb' });
    await deliver(paths.consent(uid, 'research'));
    expect(await recorded(uid)).toEqual([
      ['consent_granted', by, detail],
      ['consent_withdrawn', by, detail],
      ['consent_granted', by, { purpose: 'research' }],
    ]);
  });

  it('as withdrawn when its document is deleted', async () => {
    const { uid } = await stage.person();
    await consentOf(uid).delete();
    await withdrawn(uid);
    expect(await recorded(uid)).toEqual([['consent_withdrawn', `user:${uid}`, { purpose: SCAN_CONSENT }]]);
  });

  it('but not when it goes with the account, whose chain must not come back', async () => {
    const [leaving, gone] = [await stage.person(), await stage.person({ profile: null })];
    await db.doc(paths.user(leaving.uid)).update({ deletion: { state: 'running' } });
    for (const { uid } of [leaving, gone]) {
      await consentOf(uid).delete();
      await withdrawn(uid);
      expect(await recorded(uid)).toEqual([]);
    }
  });
});
