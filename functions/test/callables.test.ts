/**
 * Tests what all callables have in common, and the callables that only start something: who may call, how often, and
 * what is started.
 */

import { createHash } from 'node:crypto';
import { userChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import {
  deleteAccountWorkflowId,
  deleteScanWorkflowId,
  exportDataWorkflowId,
} from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { Client, Connection } from '@temporalio/client';
import { getAuth } from 'firebase-admin/auth';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type RunningServer, startAuth } from '../../test/servers.ts';
import { appoint, type CallableStage, type Caller, callableStage, newScanId } from './callable-stage.ts';

type Call = (caller: Caller, data: unknown) => Promise<unknown>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let stage: CallableStage;
let auth: RunningServer;
let client: Client;
const call = {} as Record<'cancel' | 'remove' | 'leave' | 'data' | 'grant' | 'upload', Call>;

beforeAll(async () => {
  auth = await startAuth('demo-callables');
  process.env.FIREBASE_AUTH_EMULATOR_HOST = auth.address;
  stage = await callableStage('demo-callables');
  client = new Client({ connection: await Connection.connect({ address: inject('temporal') }) });
  const functions = await import('../src/index.ts');
  call.cancel = stage.callAs(functions.cancelScan);
  call.remove = stage.callAs(functions.deleteScan);
  call.leave = stage.callAs(functions.deleteMyAccount);
  call.data = stage.callAs(functions.exportMyData);
  call.grant = stage.callAs(functions.grantCredits);
  call.upload = stage.callAs(functions.requestScanUpload);
});
afterAll(async () => {
  await client.connection.close();
  await stage.close();
  await auth.stop();
});

const refusal = (code: string, name: string, details: object = {}) => ({
  code,
  details: { code: name, ...details },
});

/** Type and input of a workflow that was started. */
async function begun(workflowId: string) {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const { workflowType, input } = events![0]!.workflowExecutionStartedEventAttributes!;
  return {
    type: workflowType!.name,
    input: JSON.parse(Buffer.from(input!.payloads![0]!.data!).toString()) as unknown,
  };
}

describe.each(['cancel', 'remove', 'leave', 'data', 'grant', 'upload'] as const)('%s', (name) => {
  it('asks for a signed-in user', async () => {
    await expect(call[name]({}, {})).rejects.toMatchObject(refusal('unauthenticated', 'SignInRequiredError'));
  });

  it('refuses a token without a uid, as an emulator reads any text', async () => {
    await expect(call[name]({ uid: null as never }, {})).rejects.toMatchObject(
      refusal('unauthenticated', 'SignInRequiredError'),
    );
  });

  it('refuses a uid that could lead elsewhere', async () => {
    await expect(call[name]({ uid: 'user/scan' }, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('App Check', () => {
  it('where it is enforced, refuses an app that is not verified and serves one that is', async () => {
    const { config } = await import('../src/platform/config.ts');
    const { uid } = await stage.person();
    const data = { scanId: newScanId() };
    config().enforceAppCheck = true;
    try {
      await expect(call.cancel({ uid }, data)).rejects.toMatchObject(
        refusal('unauthenticated', 'AppCheckError'),
      );
      await expect(call.cancel({ uid, app: true }, data)).rejects.toMatchObject({ code: 'not-found' });
    } finally {
      config().enforceAppCheck = false;
    }
  });
});

describe('the rate', () => {
  it('is counted per user, and says when to come back', async () => {
    const [{ uid }, { uid: other }] = [await stage.person(), await stage.person()];
    for (let use = 0; use < 10; use += 1) await call.leave({ uid }, { no: 'such field' }).catch(() => {});
    const refused = await call.leave({ uid }, {}).catch((error: unknown) => error);
    expect(refused).toMatchObject(refusal('resource-exhausted', 'RateLimitedError'));
    const { retryAfterSeconds } = (refused as { details: { retryAfterSeconds: number } }).details;
    expect(retryAfterSeconds).toBeGreaterThan(60);
    expect(retryAfterSeconds).toBeLessThanOrEqual(360);
    await expect(call.leave({ uid: other }, {})).resolves.toEqual({ state: 'requested' });
  });
});

describe('deleteScan', () => {
  it('begins the deletion of a scan that has ended, and joins it when asked again', async () => {
    const ids = await stage.submittedScan({ status: 'completed' });
    for (let time = 0; time < 2; time += 1) {
      expect(await call.remove({ uid: ids.uid }, { scanId: ids.scanId })).toEqual({
        scanId: ids.scanId,
        state: 'deleting',
      });
    }
    expect(await begun(deleteScanWorkflowId(ids.scanId))).toEqual({
      type: 'deleteScanWorkflow',
      input: { scanId: ids.scanId, userId: ids.uid },
    });
  });

  it.each(['submitted', 'queued', 'processing'])('asks to cancel a %s scan first', async (status) => {
    const ids = await stage.submittedScan({ status });
    await expect(call.remove({ uid: ids.uid }, { scanId: ids.scanId })).rejects.toMatchObject(
      refusal('failed-precondition', 'ScanRunningError'),
    );
  });

  it("knows nothing of somebody else's scan, nor of none", async () => {
    const theirs = await stage.submittedScan({ status: 'completed' });
    const { uid } = await stage.person();
    for (const scanId of [theirs.scanId, newScanId()]) {
      await expect(call.remove({ uid }, { scanId })).rejects.toMatchObject(
        refusal('not-found', 'ScanNotFoundError'),
      );
    }
  });
});

describe('deleteMyAccount', () => {
  it('marks the account, begins its deletion, and admits no scan from then on', async () => {
    const ids = await stage.submittedScan();
    expect(await call.leave({ uid: ids.uid }, {})).toEqual({ state: 'requested' });
    expect(await begun(deleteAccountWorkflowId(ids.uid))).toEqual({
      type: 'deleteAccountWorkflow',
      input: { userId: ids.uid },
    });
    const user = await stage.db.doc(paths.user(ids.uid)).get();
    expect(user.get('deletion')).toMatchObject({ state: 'requested' });
    expect(user.get('sex')).toBe('female');

    await stage.deliver(ids.scanId);
    expect(await stage.scan(ids.scanId)).toMatchObject({
      status: 'failed',
      error: { code: 'AccountDeletionError', retryable: false },
    });
    expect(await stage.credits(ids.uid)).toEqual({ balance: 3, ledger: [] });
  });

  it('keeps the time of the first request', async () => {
    const { uid } = await stage.person();
    await call.leave({ uid }, {});
    const first = (await stage.db.doc(paths.user(uid)).get()).get('deletion.startedAt') as unknown;
    await call.leave({ uid }, {});
    expect((await stage.db.doc(paths.user(uid)).get()).get('deletion.startedAt')).toEqual(first);
  });
});

describe('exportMyData', () => {
  it('has the worker collect, and asks to come back when that comes to nothing', async () => {
    const { uid } = await stage.person();
    const workflowId = exportDataWorkflowId(uid);
    const called = call.data({ uid }, {});
    called.catch(() => {});
    await vi.waitFor(async () =>
      expect(await begun(workflowId)).toEqual({ type: 'exportDataWorkflow', input: { userId: uid } }),
    );
    await client.workflow.getHandle(workflowId).terminate();
    await expect(called).rejects.toMatchObject(refusal('unavailable', 'UnavailableError'));
  });
});

/** Has every sign-in of an account count, also those before it was made. */
async function takeOldSignIns(localId: string): Promise<void> {
  const accounts = `http://${auth.address}/identitytoolkit.googleapis.com/v1/projects/demo-callables/accounts`;
  const answer = await fetch(`${accounts}:update`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer owner' },
    body: JSON.stringify({ localId, validSince: '0' }),
  });
  expect(answer.status).toBe(200);
}

describe('grantCredits', () => {
  const operator = { uid: 'operator-1', token: { operator: true } };
  beforeAll(async () => {
    await appoint('operator-1', { operator: true, admin: true });
    await appoint('operator-busy', { operator: 'operator' });
  });
  const aUser = async (credits: number | null = 3) => {
    const { uid } = await stage.person({ scanCredits: credits });
    await getAuth().createUser({ uid });
    return uid;
  };

  it.each([
    ['an operator', { operator: true }],
    ['an admin', { admin: true }],
  ])('lets %s grant, once per grant id', async (_, token) => {
    const uid = await aUser();
    const request = { uid, amount: 10, grantId: 'welcome' };
    const caller = { uid: 'operator-1', token };
    expect(await call.grant(caller, request)).toEqual({ uid, scanCredits: 13, granted: true });
    expect(await call.grant(caller, request)).toEqual({ uid, scanCredits: 13, granted: false });
    expect(await stage.credits(uid)).toEqual({ balance: 13, ledger: ['grant-welcome'] });
    const entry = await stage.db.doc(paths.ledgerEntry(uid, 'grant-welcome')).get();
    expect(entry.data()).toMatchObject({ kind: 'grant', amount: 10, actor: 'operator:operator-1' });
    const recorded = await stage.audit(userChain(uid));
    expect(recorded).toMatchObject([
      {
        action: 'credits_granted',
        actor: 'operator:operator-1',
        detail: { grantId: 'welcome', amount: 10 },
      },
    ]);
    expect(verifyAudit(recorded, sha256)).toBeNull();
  });

  it('adds to the balance of an account that somebody extended, and touches nothing else of it', async () => {
    const uid = await aUser();
    await stage.db.doc(paths.account(uid)).update({ note: 'from the console' });
    const granted = await call.grant(operator, { uid, amount: 2, grantId: 'extended' });
    expect(granted).toEqual({ uid, scanCredits: 5, granted: true });
    const account = (await stage.db.doc(paths.account(uid)).get()).data();
    expect(account).toEqual({ scanCredits: 5, note: 'from the console' });
  });

  it('grants nothing on an account that cannot be read', async () => {
    const uid = await aUser();
    await stage.db.doc(paths.account(uid)).set({ scanCredits: '3' });
    await expect(call.grant(operator, { uid, amount: 2, grantId: 'x' })).rejects.toMatchObject(
      refusal('internal', 'InternalError'),
    );
    expect(await stage.credits(uid)).toEqual({ balance: '3', ledger: [] });
  });

  it('lets nobody grant to themselves', async () => {
    const uid = await aUser();
    await getAuth().setCustomUserClaims(uid, { admin: true });
    const self = { uid, token: { admin: true } };
    await expect(call.grant(self, { uid, amount: 1, grantId: 'mine' })).rejects.toMatchObject(
      refusal('permission-denied', 'OwnAccountError'),
    );
    expect((await stage.credits(uid)).ledger).toEqual([]);
  });

  it('lets an operator grant so many credits a day and says how many are left, whoever gets them', async () => {
    const [one, another] = [await aUser(), await aUser()];
    const busy = { uid: 'operator-busy', token: { operator: true } };
    await call.grant(busy, { uid: one, amount: 990, grantId: 'many' });
    await expect(call.grant(busy, { uid: another, amount: 11, grantId: 'more' })).rejects.toMatchObject({
      ...refusal('resource-exhausted', 'GrantLimitError', { left: 10 }),
      message: 'You may grant 10 more of 1000 credits today. Ask a second operator.',
    });
    expect((await stage.credits(another)).ledger).toEqual([]);
    expect(await call.grant(busy, { uid: another, amount: 10, grantId: 'rest' })).toMatchObject({
      granted: true,
    });
    // A repeated grant does not count again, and each operator has a daily limit of their own.
    expect(await call.grant(busy, { uid: one, amount: 990, grantId: 'many' })).toMatchObject({
      granted: false,
    });
    expect(await call.grant(operator, { uid: another, amount: 11, grantId: 'more' })).toMatchObject({
      granted: true,
    });
  });

  it('opens an account for a user who has none', async () => {
    const uid = await aUser(null);
    const granted = await call.grant(operator, { uid, amount: 2, grantId: 'first' });
    expect(granted).toEqual({ uid, scanCredits: 2, granted: true });
    expect(await stage.ledgerSum(uid)).toBe(2);
  });

  it('refuses another amount under the same grant id', async () => {
    const uid = await aUser();
    await call.grant(operator, { uid, amount: 1, grantId: 'x' });
    await expect(call.grant(operator, { uid, amount: 2, grantId: 'x' })).rejects.toMatchObject(
      refusal('already-exists', 'GrantConflictError'),
    );
  });

  it('refuses users, whatever they claim to be by other names', async () => {
    const uid = await aUser();
    for (const token of [{}, { admin: 'true' }, { operator: 1 }, { role: 'admin' }]) {
      await expect(call.grant({ uid, token }, { uid, amount: 1, grantId: 'mine' })).rejects.toMatchObject(
        refusal('permission-denied', 'OperatorRequiredError'),
      );
    }
    expect((await stage.credits(uid)).ledger).toEqual([]);
  });

  it.each([
    [
      'has lost the role',
      async (uid: string) => getAuth().setCustomUserClaims(uid, {}),
      'OperatorRequiredError',
    ],
    [
      'is a viewer now',
      (uid: string) => getAuth().setCustomUserClaims(uid, { operator: 'viewer' }),
      'OperatorRequiredError',
    ],
    ['was signed out everywhere', (uid: string) => getAuth().revokeRefreshTokens(uid), 'SignInRequiredError'],
    ['was disabled', (uid: string) => getAuth().updateUser(uid, { disabled: true }), 'SignInRequiredError'],
    ['is no user any more', (uid: string) => getAuth().deleteUser(uid), 'SignInRequiredError'],
  ])('refuses an operator who %s, although the ID token still holds', async (_, leave, code) => {
    const [uid, former] = [await aUser(), newScanId()];
    await appoint(former, { operator: 'operator' });
    // Sign-in times are whole seconds, so the sign-in is made some seconds older than what came after it.
    const auth_time = Math.floor(Date.now() / 1000) - 5;
    await takeOldSignIns(former);
    const caller = { uid: former, token: { operator: 'operator', auth_time } };
    await leave(former);
    await expect(call.grant(caller, { uid, amount: 1, grantId: 'x' })).rejects.toMatchObject({
      details: { code },
    });
    expect((await stage.credits(uid)).ledger).toEqual([]);
  });

  it.each([
    ['without a second factor', { firebase: {} }, 'OperatorRequiredError', 'Sign in with a second factor.'],
    [
      'who signed in longer ago than a session lasts',
      { auth_time: 1 },
      'SignInRequiredError',
      'You signed in too long ago. Sign in again.',
    ],
  ])('refuses an operator %s, as the desk does', async (_, token, code, message) => {
    const [uid, other] = [await aUser(), newScanId()];
    await appoint(other, { operator: 'operator' });
    await takeOldSignIns(other);
    const caller = { uid: other, token: { operator: 'operator', ...token } };
    await expect(call.grant(caller, { uid, amount: 1, grantId: 'x' })).rejects.toMatchObject({
      message,
      details: { code },
    });
  });

  it('refuses a user whom nobody knows', async () => {
    await expect(call.grant(operator, { uid: 'typo', amount: 1, grantId: 'x' })).rejects.toMatchObject(
      refusal('not-found', 'UserNotFoundError'),
    );
  });

  it.each([
    ['amount', { amount: 0 }],
    ['amount', { amount: -5 }],
    ['amount', { amount: 1.5 }],
    ['amount', { amount: 10_001 }],
    ['amount', { amount: '5' }],
    ['grantId', { grantId: 'a:b' }],
    ['grantId', { grantId: '' }],
    ['uid', { uid: '' }],
    ['scanCredits', { scanCredits: 5 }],
  ])('refuses a wrong %s: %j', async (field, change) => {
    await expect(
      call.grant(operator, { uid: 'u', amount: 1, grantId: 'x', ...change }),
    ).rejects.toMatchObject(refusal('invalid-argument', 'InvalidRequestError', { field }));
  });
});

it.each([
  ['missing', {}, 'scanId is missing.'],
  ['unknown', { scanId: newScanId(), scan: 1 }, 'scan is not a field of this call.'],
  ['field', { scanId: 5 }, 'scanId has a value that is not allowed.'],
])('says what is wrong with a field: %s', async (fault, request, message) => {
  await expect(call.cancel({ uid: 'asks-wrongly' }, request)).rejects.toMatchObject({
    message,
    details: { code: 'InvalidRequestError', messageCode: `InvalidRequestError.${fault}` },
  });
});
