/**
 * Tests a user who deletes only the sign-in: the whole account is deleted, on the event, or by the daily sweep when no
 * event came.
 */

import { deleteAccountWorkflowId } from '@reddyfit/shared/names/ids';
import { paths } from '@reddyfit/shared/names/paths';
import { Client, Connection } from '@temporalio/client';
import { getAuth } from 'firebase-admin/auth';
import functionsTest from 'firebase-functions-test';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type RunningServer, startAuth } from '../../test/servers.ts';
import { type CallableStage, callableStage } from './callable-stage.ts';
import { newIds } from './scan-fixture.ts';

const projectId = 'demo-sign-in-deleted';

let stage: CallableStage;
let auth: RunningServer;
let client: Client;
let deleted: (user: { uid: string }) => Promise<unknown>;
let eraseWithoutSignIn: typeof import('../src/triggers/sweep-sign-ins.ts').eraseWithoutSignIn;

beforeAll(async () => {
  auth = await startAuth(projectId);
  process.env.FIREBASE_AUTH_EMULATOR_HOST = auth.address;
  stage = await callableStage(projectId);
  client = new Client({ connection: await Connection.connect({ address: inject('temporal') }) });
  const { onUserDeleted } = await import('../src/triggers/on-user-deleted.ts');
  const { wrap, auth: users } = functionsTest({ projectId });
  const call = wrap(onUserDeleted as never) as unknown as (user: unknown) => Promise<unknown>;
  deleted = ({ uid }) => call({ ...users.exampleUserRecord(), uid });
  ({ eraseWithoutSignIn } = await import('../src/triggers/sweep-sign-ins.ts'));
});
afterAll(async () => {
  await client.connection.close();
  await stage.close();
  await auth.stop();
});

const deletionOf = async (uid: string) =>
  (await stage.db.doc(paths.user(uid)).get()).get('deletion.state') as unknown;

async function runs(uid: string): Promise<boolean> {
  const handle = client.workflow.getHandle(deleteAccountWorkflowId(uid));
  return (await handle.describe().catch(() => null))?.status.name === 'RUNNING';
}

it('the event starts the same deletion as deleteMyAccount, once', async () => {
  const { uid } = await stage.person();
  await deleted({ uid });
  await deleted({ uid });
  expect(await deletionOf(uid)).toBe('requested');
  expect(await runs(uid)).toBe(true);
});

it('the event begins nothing of an account that is gone, whose deletion has caused it', async () => {
  const { uid } = newIds();
  await deleted({ uid });
  expect((await stage.db.doc(paths.user(uid)).get()).exists).toBe(false);
  expect(await runs(uid)).toBe(false);
});

it('the daily sweep finds who has no sign-in, by profile or by account, and leaves who has one', async () => {
  const [gone, present] = [await stage.person(), await stage.person()];
  const onlyAnAccount = await stage.person({ profile: null });
  await getAuth().createUser({ uid: present.uid });
  expect(await eraseWithoutSignIn(new Date())).toMatchObject({ refused: false });
  expect([await runs(gone.uid), await runs(onlyAnAccount.uid), await runs(present.uid)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(await deletionOf(present.uid)).toBeUndefined();
});

it('the daily sweep deletes nobody when so many seem to be without a sign-in that Auth must be the wrong one', async () => {
  const people = await Promise.all(Array.from({ length: 60 }, () => stage.person()));
  const { users, ...found } = await eraseWithoutSignIn(new Date());
  expect(found).toMatchObject({ refused: true });
  // Each of them has a profile and an account.
  expect(users).toBe((await stage.db.collection(paths.users()).count().get()).data().count);
  expect(await deletionOf(people[0]!.uid)).toBeUndefined();
});
