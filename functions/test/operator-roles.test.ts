/** Roles at the desk by the functions of `npm run operators`, on the Auth and Firestore emulators. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import { getAuth } from 'firebase-admin/auth';
import { FieldValue } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { countedAs, operatorOf } from '../../ops/credits/operator.ts';
import { askForRole, type AskedRole, confirmRole, operatorsIn } from '../../ops/operators/roles.ts';
import { type RunningServer, startAuth } from '../../test/servers.ts';
import { grantCreditsOnce } from '../src/accounts/credit-ledger.ts';
import { sha256 } from '../src/platform/audit-chain.ts';
import { type ScanStage, scanStage } from './scan-fixture.ts';
import { loadTrigger } from './trigger.ts';

let authServer: RunningServer;
let db: Awaited<ReturnType<typeof loadTrigger>>['db'];
let stage: ScanStage;
const auth = () => getAuth();

const olga = { name: 'olga@reddyfit.example', email: 'olga@reddyfit.example' };
/** Is named by the token of an account that has the role. */
const omar = { name: 'omar', uid: 'omar', email: 'omar@reddyfit.example' };
const now = new Date('2026-11-29T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

beforeAll(async () => {
  authServer = await startAuth('demo-roles');
  process.env.FIREBASE_AUTH_EMULATOR_HOST = authServer.address;
  const servers = { firestore: inject('firestore'), temporal: inject('temporal') };
  const { bucket, ...opened } = await loadTrigger('demo-roles', servers);
  ({ db } = opened);
  stage = scanStage(db, bucket);
  await auth().createUser({ uid: omar.uid, email: omar.email });
  await auth().setCustomUserClaims(omar.uid, { operator: 'operator' });
});
afterAll(async () => {
  await db.terminate();
  await authServer.stop();
});

let people = 0;
async function person(claims: object = {}) {
  const uid = `person-${++people}`;
  const email = `${uid}@reddyfit.example`;
  await auth().createUser({ uid, email });
  await auth().setCustomUserClaims(uid, claims);
  return { uid, email };
}
const claimsOf = async (uid: string) => (await auth().getUser(uid)).customClaims ?? {};
const site = () => ({ db, auth: auth() });

it('one asks, another confirms: the role is there, other claims stay, old sign-ins end, and the chain tells it', async () => {
  const pat = await person({ admin: true });
  const id = await askForRole(db, pat, 'auditor', olga, now);
  expect(await claimsOf(pat.uid)).toEqual({ admin: true });
  expect(await confirmRole(site(), id, omar, later(1))).toEqual({ uid: pat.uid, role: 'auditor' });
  expect(await claimsOf(pat.uid)).toEqual({ admin: true, operator: 'auditor' });
  expect((await auth().getUser(pat.uid)).tokensValidAfterTime).toMatch(/GMT$/);

  // As if the process had died before the claim was set.
  await auth().setCustomUserClaims(pat.uid, { admin: true });
  await db.doc(paths.roleRequest(id)).update({ doneAt: FieldValue.delete() });
  await confirmRole(site(), id, omar, later(2));
  expect(await claimsOf(pat.uid)).toEqual({ admin: true, operator: 'auditor' });

  const entries = await stage.audit(operatorChain(pat.uid));
  expect(entries).toMatchObject([
    { action: 'operator_role_asked', actor: 'operator:olga@reddyfit.example', detail: { role: 'auditor' } },
    { action: 'operator_role_changed', actor: 'operator:omar', detail: { role: 'auditor', requestId: id } },
  ]);
  expect(verifyAudit(entries, sha256)).toBeNull();
  const found: string[] = [];
  for await (const { uid, role } of operatorsIn(auth())) if (uid === pat.uid) found.push(role);
  expect(found).toEqual(['auditor']);

  const gone = await askForRole(db, pat, 'none', omar, later(3));
  await confirmRole(site(), gone, olga, later(3));
  expect(await claimsOf(pat.uid)).toEqual({ admin: true });

  // To confirm the first request once more does not bring the role back, on the same day or later.
  for (const hours of [4, 400]) await confirmRole(site(), id, omar, later(hours));
  expect(await claimsOf(pat.uid)).toEqual({ admin: true });
});

it.each<[string, AskedRole, typeof olga, Date, string]>([
  ['who asked', 'operator', olga, later(1), 'another operator has to confirm'],
  // The same person, known once by Google and once by Firebase.
  [
    'who asked, by another name',
    'operator',
    { name: 'uid-of-olga', email: 'OLGA@reddyfit.example' },
    later(1),
    'another operator',
  ],
  ['anyone a day later', 'operator', omar, later(25), 'more than a day ago'],
])('is not confirmed by %s', async (_, role, confirmer, at, refusal) => {
  const pat = await person();
  const id = await askForRole(db, pat, role, olga, now);
  await expect(confirmRole(site(), id, confirmer, at)).rejects.toThrow(refusal);
  expect(await claimsOf(pat.uid)).toEqual({});
  expect((await db.doc(paths.roleRequest(id)).get()).get('confirmedBy')).toBeNull();
});

it('is neither asked for nor confirmed by whom it is about', async () => {
  const pat = await person();
  const self = { name: pat.uid, ...pat };
  await expect(askForRole(db, pat, 'operator', self, now)).rejects.toThrow('role of their own');
  const id = await askForRole(db, pat, 'operator', olga, now);
  await expect(confirmRole(site(), id, self, now)).rejects.toThrow('role of their own');
  await expect(confirmRole(site(), 'no-such-request', omar, now)).rejects.toThrow('no request');
  await confirmRole(site(), id, omar, now);
  await expect(confirmRole(site(), id, { name: 'third' }, now)).rejects.toThrow('omar has confirmed it');
});

it.each<[string, (uid: string) => Promise<unknown>]>([
  ['whose role was taken', (uid) => auth().setCustomUserClaims(uid, {})],
  ['who is a viewer now', (uid) => auth().setCustomUserClaims(uid, { operator: 'viewer' })],
  ['whose account was disabled', (uid) => auth().updateUser(uid, { disabled: true })],
  ['whose account was deleted', (uid) => auth().deleteUser(uid)],
])('what somebody asked for %s since is confirmed by nobody, however they were named', async (_, lose) => {
  const [pat, former] = [await person(), await person({ operator: 'operator' })];
  const byToken = { name: former.uid, ...former };
  const byGoogle = { name: former.email, ...former, hasRole: true };
  const asked = await Promise.all(
    [byToken, byGoogle].map((asker) => askForRole(db, pat, 'operator', asker, now)),
  );
  const agreed = await askForRole(db, pat, 'viewer', byToken, now);
  await confirmRole(site(), agreed, olga, later(1));
  // As if the process had died once the confirmation was recorded.
  await auth().setCustomUserClaims(pat.uid, {});
  await db.doc(paths.roleRequest(agreed)).update({ doneAt: FieldValue.delete() });
  await lose(former.uid);
  for (const id of asked) {
    await expect(confirmRole(site(), id, olga, later(1))).rejects.toThrow(
      'who asked for it, is no operator any more: another operator has to ask for it anew',
    );
    expect((await db.doc(paths.roleRequest(id)).get()).get('confirmedBy')).toBeNull();
  }
  expect(await claimsOf(pat.uid)).toEqual({});
  await confirmRole(site(), agreed, olga, later(2));
  expect(await claimsOf(pat.uid)).toEqual({ operator: 'viewer' });
});

it('whoever asked by credentials of the project, and has no role, needs none to have it confirmed', async () => {
  const [pat, user] = [await person(), await person()];
  const id = await askForRole(db, pat, 'viewer', { name: user.email, ...user, hasRole: false }, now);
  await confirmRole(site(), id, omar, later(1));
  expect(await claimsOf(pat.uid)).toEqual({ operator: 'viewer' });
});

it('one person has one limit a day of what they grant, at the desk and by the command', async () => {
  const [user, both] = [await person(), await person({ operator: 'operator' })];
  const accessToken = async () => 'a-token';
  const said = createServer((_request, response) => response.end(JSON.stringify({ email: both.email })));
  said.listen(0, '127.0.0.1');
  await once(said, 'listening');
  onTestFinished(() => void said.close());
  const tokenInfoUrl = `http://127.0.0.1:${(said.address() as AddressInfo).port}`;
  const named = await operatorOf({ inProject: true, auth: auth(), accessToken, tokenInfoUrl });
  expect(named).toEqual({ name: both.email, email: both.email, uid: both.uid, hasRole: true });
  const grant = (grantId: string, who: { actor: string; countedAs?: string }) =>
    grantCreditsOnce(db, { uid: user.uid, amount: 2, grantId, perDay: 3, now, ...who });
  const byCommand = { actor: `operator:${named.name}`, countedAs: countedAs(named) };
  const atDesk = { actor: `operator:${both.uid}` };
  expect(await grant('by-command', byCommand)).toMatchObject({ outcome: 'granted', left: 1 });
  expect(await grant('at-desk', atDesk)).toMatchObject({ outcome: 'limit', left: 1 });
  expect(await grant('by-command-again', byCommand)).toMatchObject({ outcome: 'limit', left: 1 });
});
