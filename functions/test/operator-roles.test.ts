/** Roles at the desk by the functions of `npm run operators`, on the Auth and Firestore emulators. */

import { operatorChain } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import { paths } from '@reddyfit/shared/names/paths';
import { getAuth } from 'firebase-admin/auth';
import { FieldValue } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { askForRole, type AskedRole, confirmRole, operatorsIn } from '../../ops/operators/roles.ts';
import { type RunningServer, startAuth } from '../../test/servers.ts';
import { sha256 } from '../src/platform/audit-chain.ts';
import { type ScanStage, scanStage } from './scan-fixture.ts';
import { loadTrigger } from './trigger.ts';

let authServer: RunningServer;
let db: Awaited<ReturnType<typeof loadTrigger>>['db'];
let stage: ScanStage;
const auth = () => getAuth();

const olga = { name: 'olga@reddyfit.example', email: 'olga@reddyfit.example' };
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
