/** Who may do what at the operator's desk: every route by raw HTTP, for every kind of caller. */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { getAuth } from 'firebase-admin/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idTokenOf } from '../../test/id-token.ts';
import { DEVELOPMENT_EXPORT_KEY } from '../../local/stack/development-key.ts';
import { DESK_ROUTES } from '../src/http/operator/desk-routes.ts';
import { problemIn } from './api-stage.ts';
import { type DeskStage, deskStage, SESSION_SECONDS } from './desk-stage.ts';

type Caller = { token: string; headers?: object };

let stage: DeskStage;
let scan: { uid: string; scanId: string };
const callers: Record<string, Caller> = {};

const why = { reason: 'user_asked', reference: 'T-1' };
const period = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };

/** Each route, with a request that every role that is allowed the route can send. */
const ROUTES: [name: string, method: string, path: () => string, body: (() => object) | undefined][] = [
  ['me', 'GET', () => '/me', undefined],
  ['find', 'POST', () => '/scans/find', () => ({ scanId: scan.scanId })],
  ['see', 'GET', () => `/scans/${scan.scanId}`, undefined],
  ['reveal', 'POST', () => `/scans/${scan.scanId}/reveal`, () => why],
  ['act', 'POST', () => `/scans/${scan.scanId}/acts`, () => ({ act: 'cancel', actId: randomUUID(), ...why })],
  ['grant', 'POST', () => `/users/${scan.uid}/credits`, () => ({ amount: 1, actId: randomUUID(), ...why })],
  ['chain', 'GET', () => `/scans/${scan.scanId}/chain`, undefined],
  ['check', 'POST', () => '/audit/check', undefined],
  ['checked', 'GET', () => '/audit/check', undefined],
  ['accesses', 'POST', () => '/accesses', () => period],
  ['export', 'POST', () => '/accesses/export', () => period],
  ['deletions', 'POST', () => '/deletions', () => period],
  [
    'many',
    'POST',
    () => '/acts',
    () => ({ act: 'cancel', scanIds: [scan.scanId], dryRun: true, actId: randomUUID(), ...why }),
  ],
  [
    'redeliver',
    'POST',
    () => '/webhooks/we_abcdefghijABCDEFGHIJ/redeliver',
    () => ({ dryRun: true, actId: randomUUID(), ...why }),
  ],
  ['watch', 'GET', () => '/watch/1', undefined],
  ['admission', 'GET', () => '/admission', undefined],
  ['switch', 'POST', () => '/admission', () => ({ state: 'open', ...why })],
];

const ALL = ['me', 'find', 'watch', 'admission'];
const VIEWER = [...ALL, 'see'];
const OPERATOR = [...VIEWER, 'reveal', 'act', 'grant', 'many', 'redeliver', 'switch'];
const AUDITOR = [...ALL, 'chain', 'check', 'checked', 'accesses', 'export', 'deletions'];

/** Caller → the routes that answer; all others refuse with `refusal`. */
const EXPECTED: [who: string, may: string[], refusal: string][] = [
  ['a viewer', VIEWER, 'not-allowed'],
  ['an operator', OPERATOR, 'not-allowed'],
  ['an auditor', AUDITOR, 'not-allowed'],
  ['an operator of the time before roles', OPERATOR, 'not-allowed'],
  ['a user', [], 'not-allowed'],
  ['an administrator without the role', [], 'not-allowed'],
  ['a role that nobody knows', [], 'not-allowed'],
  ['nobody', [], 'not-signed-in'],
  ['an operator with one factor', [], 'second-factor-missing'],
  ['an operator who signed in long ago', [], 'sign-in-too-old'],
  ['an operator who was signed out', [], 'not-signed-in'],
  ['an operator who was disabled', [], 'not-signed-in'],
  ['an operator elsewhere', [], 'address-not-allowed'],
  ['an operator elsewhere who forges where', [], 'address-not-allowed'],
  ['an operator in the network', OPERATOR, 'not-allowed'],
];

beforeAll(async () => {
  process.env['OPERATOR_EXPORT_KEY'] = DEVELOPMENT_EXPORT_KEY;
  stage = await deskStage('demo-desk-roles');
  scan = await stage.canaryScan();
  const endpoint = { url: 'https://partner.example', state: 'enabled', events: ['scan.completed'] };
  await stage.db.doc(paths.webhookEndpoint('we_abcdefghijABCDEFGHIJ')).set(endpoint);
  const { colleague, auth, agedBy } = stage;
  const roles = {
    'a viewer': { operator: 'viewer' },
    'an operator': { operator: 'operator' },
    'an auditor': { operator: 'auditor' },
    'an operator of the time before roles': { operator: true },
    'a user': {},
    'an administrator without the role': { admin: true },
    'a role that nobody knows': { operator: 'owner' },
  };
  for (const [who, claims] of Object.entries(roles)) callers[who] = await colleague(claims);
  const { token } = callers['an operator']!;
  callers['nobody'] = { token: '' };

  await auth.createUser({ uid: 'one-factor' });
  await auth.setCustomUserClaims('one-factor', { operator: 'operator' });
  const address = { auth: process.env['FIREBASE_AUTH_EMULATOR_HOST']! };
  callers['an operator with one factor'] = { token: await idTokenOf(address, getAuth(), 'one-factor') };
  const old = await colleague({ operator: 'operator' });
  callers['an operator who signed in long ago'] = { token: await agedBy(old.token, SESSION_SECONDS + 1) };
  const disabled = await colleague({ operator: 'operator' });
  await auth.updateUser(disabled.uid, { disabled: true });
  callers['an operator who was disabled'] = disabled;
  callers['an operator elsewhere'] = { token, headers: { 'x-forwarded-for': '198.51.100.9' } };
  callers['an operator elsewhere who forges where'] = {
    token,
    headers: { 'x-forwarded-for': '127.0.0.1, 198.51.100.9' },
  };
  callers['an operator in the network'] = { token, headers: { 'x-forwarded-for': '10.0.0.1, 203.0.113.9' } };
  const out = await colleague({ operator: 'operator' });
  // Sign-in times are whole seconds, so this sign-in is made some seconds older than the revocation.
  const signedOut = await agedBy(out.token, 5);
  await auth.revokeRefreshTokens(out.uid);
  callers['an operator who was signed out'] = { token: signedOut };
});

afterAll(() => stage.close());

it('these are all the routes that there are', () => {
  const asked = ROUTES.map(([, method, path]) =>
    `${method} /operator/v1${path()}`
      .replace(scan.scanId, '{scanId}')
      .replace(scan.uid, '{uid}')
      .replace('we_abcdefghijABCDEFGHIJ', '{endpointId}')
      .replace('/watch/1', '/watch/{hours}'),
  );
  expect(asked.sort()).toEqual(DESK_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

describe.each(EXPECTED)('%s', (who, may, refusal) => {
  it.each(ROUTES)('%s', async (route, method, path, body) => {
    const { token, headers } = callers[who]!;
    const answer = await stage.send(token, method, path(), body?.(), headers);
    if (may.includes(route)) {
      expect(answer.status, await answer.clone().text()).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
    } else {
      const { type } = await problemIn(answer);
      expect(type).toBe(`urn:problem-type:reddyfit:${refusal}`);
    }
  });
});

it('whoever is refused leaves no trace of a scan, and learns nothing of whether it is there', async () => {
  const { token } = callers['a user']!;
  const refusals = await Promise.all(
    [scan.scanId, 'never-was'].map(async (id) => (await stage.send(token, 'GET', `/scans/${id}`)).text()),
  );
  expect(refusals[0]).toBe(refusals[1]);
  const actors = new Set((await stage.audit(scan.scanId)).map(({ actor }) => actor));
  expect([...actors]).not.toContain(`operator:${(callers['a user'] as { uid?: string }).uid}`);
});

it('asks at each request whether the session still holds: one that was good a moment ago is not', async () => {
  const { uid, token } = await stage.colleague({ operator: 'operator' });
  const before = await stage.agedBy(token, 5);
  const statusOf = async (path: string) => (await stage.send(before, 'GET', path)).status;
  expect(await statusOf('/me')).toBe(200);
  await stage.auth.revokeRefreshTokens(uid);
  for (const path of ['/me', `/scans/${scan.scanId}`, '/watch/1', '/admission'])
    expect(await statusOf(path), path).toBe(401);
  const disabled = await stage.colleague({ operator: 'operator' });
  expect((await stage.send(disabled.token, 'GET', '/me')).status).toBe(200);
  await stage.auth.updateUser(disabled.uid, { disabled: true });
  expect((await stage.send(disabled.token, 'GET', '/me')).status).toBe(401);
  // The second factor belongs to the sign-in. An account that has one may still have signed in without it.
  const { uid: enrolled } = await stage.colleague({ operator: 'operator' });
  const address = { auth: process.env['FIREBASE_AUTH_EMULATOR_HOST']! };
  const once = await idTokenOf(address, getAuth(), enrolled);
  const claims = JSON.parse(Buffer.from(once.split('.')[1]!, 'base64url').toString());
  expect(claims.firebase.sign_in_second_factor).toBeUndefined();
  expect((await problemIn(await stage.send(once, 'GET', '/me'))).type).toContain('second-factor-missing');
});

it.each([
  ['the role that was taken', {}, 'not-allowed'],
  ['a lesser role since', { operator: 'viewer' }, 'not-signed-in'],
  ['another role since', { operator: 'auditor' }, 'not-signed-in'],
])(
  'a token that still states %s opens nothing, although nobody was signed out',
  async (_, claims, refusal) => {
    const { uid, token } = await stage.colleague({ operator: 'operator' });
    expect((await stage.send(token, 'GET', '/me')).status).toBe(200);
    await stage.auth.setCustomUserClaims(uid, claims);
    for (const [, method, path, body] of ROUTES)
      expect((await problemIn(await stage.send(token, method, path(), body?.()))).type, path()).toBe(
        `urn:problem-type:reddyfit:${refusal}`,
      );
  },
);

it('a token of the role before opens nothing of the new one, and says what to do', async () => {
  const { uid, token } = await stage.colleague({ operator: 'viewer' });
  await stage.auth.setCustomUserClaims(uid, { operator: 'operator' });
  const { type, detail } = await problemIn(await stage.send(token, 'GET', '/me'));
  expect(type).toContain('not-signed-in');
  expect(detail).toBe('Your role has changed since you signed in. Sign in again.');
});

it.each([
  ['no time of the sign-in', { auth_time: undefined }, 'sign-in-too-old'],
  ['no sign-in', { firebase: undefined }, 'second-factor-missing'],
])(
  'a token of an emulator that states %s is refused, and is no fault of ours',
  async (_, without, refusal) => {
    const { token } = await stage.colleague({ operator: 'operator' });
    const [head, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    const part = (text: string) => Buffer.from(text).toString('base64url');
    const lacking = JSON.stringify({ ...JSON.parse(claims!), ...without });
    const answer = await stage.send(`${part(head!)}.${part(lacking)}.`, 'GET', '/me');
    expect((await problemIn(answer)).type).toContain(refusal);
  },
);
