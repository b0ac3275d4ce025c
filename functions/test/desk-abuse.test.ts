/**
 * Attacks on the operator's desk from outside, by raw HTTP: none ends in an internal error, and none shows health data.
 */

import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { userChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEVELOPMENT_EXPORT_KEY } from '../../local/stack/development-key.ts';
import { DESK_ROUTES } from '../src/http/operator/desk-routes.ts';
import { BODY_WORDS, CANARIES, type DeskStage, deskStage } from './desk-stage.ts';

let stage: DeskStage;
const seats: Record<string, Awaited<ReturnType<DeskStage['colleague']>>> = {};
let scan: { uid: string; scanId: string; email: string };

const why = { reason: 'incident', reference: 'INC-7' };
const endpointId = 'we_abcdefghijABCDEFGHIJ';

beforeAll(async () => {
  process.env['OPERATOR_EXPORT_KEY'] = DEVELOPMENT_EXPORT_KEY;
  process.env['OPERATOR_LIMITS'] =
    'glance:9999, find:9999, view:9999, watch:9999, preview:9999, act:9999, act_many:9999, list:9999, export:9999, reveal:9999';
  stage = await deskStage('demo-desk-abuse');
  scan = await stage.canaryScan();
  for (const code of ['NoBodyFatError', 'AgeNotAllowedError', 'MeasuresImplausibleError'])
    await stage.submit({ uid: scan.uid, scanId: randomUUID() }, { status: 'failed', error: { code } });
  const endpoint = { url: 'https://partner.example', state: 'enabled', events: ['scan.completed'] };
  await stage.db.doc(paths.webhookEndpoint(endpointId)).set(endpoint);
  for (const operator of ['viewer', 'operator', 'auditor'])
    seats[operator] = await stage.colleague({ operator });
});
afterAll(() => stage.close());

/** Sends a request whose path no library changes. Resolves with the status, the body and the headers. */
function raw(
  role: string,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; text: string; headers: string }> {
  const { hostname, port } = new URL(stage.api.base);
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      {
        hostname,
        port,
        method,
        path: `/api/operator/v1${path}`,
        headers: { authorization: `Bearer ${seats[role]!.token}`, ...(body !== undefined && headers) },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            text: Buffer.concat(chunks).toString(),
            headers: JSON.stringify(answer.headers),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/**
 * Expects a status below 500, an error in the API's own form, and no canary or e-mail address of the user in the
 * answer.
 */
function expectOwnAnswer({ status, text, headers }: Awaited<ReturnType<typeof raw>>, about: string): void {
  expect(status, `${about}: ${text}`).toBeLessThan(500);
  if (status >= 400) expect(JSON.parse(text).type, about).toMatch(/^urn:problem-type:reddyfit:/);
  for (const canary of [...Object.values(CANARIES), scan.email])
    expect(`${text}${headers}`, about).not.toContain(String(canary));
  expect(text, about).not.toMatch(/gs:\/\/|X-Goog-Signature|bodyFat|node_modules/);
  expect(text, about).not.toMatch(BODY_WORDS);
}

/** A valid body for each route that has one. */
const bodiesOf = (): Record<string, object> => ({
  'POST /scans/find': { scanId: scan.scanId },
  'POST /scans/{scanId}/reveal': {},
  'POST /scans/{scanId}/acts': { act: 'cancel', actId: randomUUID(), ...why },
  'POST /users/{uid}/credits': { amount: 1, actId: randomUUID(), ...why },
  'POST /acts': { act: 'begin_again', scanIds: [scan.scanId], dryRun: true, actId: randomUUID(), ...why },
  'POST /webhooks/{endpointId}/redeliver': { dryRun: true, actId: randomUUID(), ...why },
  'POST /admission': { state: 'open', ...why },
  'POST /accesses': { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' },
  'POST /accesses/export': { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' },
  'POST /deletions': { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' },
});
const OWN = DESK_ROUTES.map(({ method, path }) => ({ method, path: path.replace('/operator/v1', '') }));
const filled = (path: string, id?: string) =>
  path
    .replace('{scanId}', id ?? scan.scanId)
    .replace('{uid}', id ?? scan.uid)
    .replace('{endpointId}', id ?? endpointId)
    .replace('{hours}', id ?? '1');

describe.each(['viewer', 'operator', 'auditor'])('as %s', (role) => {
  it.each(OWN)('$method $path shows no health data, whatever it answers', async ({ method, path }) => {
    expect.hasAssertions();
    const body = bodiesOf()[`${method} ${path}`];
    const sent = (changed?: unknown) =>
      raw(role, method, filled(path), changed === undefined ? undefined : JSON.stringify(changed));
    const right = await sent(body);
    expectOwnAnswer(right, 'as it should be');
    // A role without the permission is refused before the body is read.
    if (!body || right.status === 403) return;
    for (const wrong of [{}, [], null, 'text', 5, { ...body, more: 1 }, { __proto__: body }, [body]])
      expectOwnAnswer(await sent(wrong), JSON.stringify(wrong));
    for (const field of Object.keys(body))
      for (const value of [null, -1, [], '\u0000', 'x'.repeat(5000), '__all__', '\ud800'])
        expectOwnAnswer(await sent({ ...body, [field]: value }), `${field}=${String(value).slice(0, 20)}`);
  });
});

it('takes no other method than a route has', async () => {
  for (const { path } of OWN) {
    const own = OWN.filter((one) => one.path === path).map(({ method }) => method);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      if (own.includes(method as 'GET')) continue;
      const answer = await raw('operator', method, filled(path), method.startsWith('P') ? '{}' : undefined);
      expect(answer.status, `${method} ${path}`).toBe(405);
      expect(answer.headers).toContain(`"allow":"${own.join(', ')}"`);
    }
  }
});

const STRANGE = [
  '.',
  '..',
  '%2e%2e',
  '__proto__',
  '__name__',
  'constructor',
  '%00',
  '%0d%0aset-cookie:a=b',
  'a%2Fb',
  '%2F',
  '%E2%80%AE',
  '%F0%9F%92%A9',
  '%F0%9F%92%A9'.repeat(100),
  '%ff',
  '%',
  '%C0%80',
  'a'.repeat(2000),
  '$%7Bjndi%7D',
  "' OR 1=1",
  '<script>',
  '*',
  '1e3',
  '0x10',
  '-1',
  'NaN',
].map((id) => id.replaceAll(' ', '%20'));

it.each(STRANGE)('an id as %s is none', async (id) => {
  for (const { method, path } of OWN.filter((one) => one.path.includes('{'))) {
    const body = bodiesOf()[`${method} ${path}`];
    for (const role of ['operator', 'auditor']) {
      const answer = await raw(role, method, filled(path, id), body && JSON.stringify({ ...body, ...why }));
      expectOwnAnswer(answer, `${method} ${path}`);
      expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
      expect(answer.headers).not.toContain('set-cookie');
    }
  }
});

it.each([
  ['/', 404],
  ['/scans', 404],
  ['/scans/', 404],
  ['/scans//acts', 404],
  ['/../../operator/v1/me', 404],
  ['/me/', 404],
  ['/ME', 404],
])('%s is no route', async (path, status) => {
  const answer = await raw('operator', 'GET', path);
  expectOwnAnswer(answer, path);
  expect(answer.status).toBe(status);
});

it('a body that is too large, or is none, is refused in our words', async () => {
  const large = JSON.stringify({ ...bodiesOf()['POST /scans/find'], email: `${'a'.repeat(200_000)}@b.c` });
  const json = { 'content-type': 'application/json' };
  for (const [body, headers, status] of [
    [large, json, 413],
    ['{"scanId":', json, 400],
    ['\xff\xfe', json, 400],
    [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, json, 413],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, json, 400],
    ['scanId=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['{}', { 'content-type': 'text/plain' }, 415],
    ['{}', { 'content-type': 'application/json; charset=utf-16' }, 415],
    ['not gzip', { ...json, 'content-encoding': 'gzip' }, 400],
  ] as const) {
    const answer = await raw('operator', 'POST', '/scans/find', body, headers);
    expectOwnAnswer(answer, body.slice(0, 20));
    expect(answer.status, `${body.slice(0, 20)} ${JSON.stringify(headers)}`).toBe(status);
  }
});

it.each([
  ['operator', '/scans/find', { userId: '\ud800' }],
  ['operator', '/scans/find', { deviceToken: 'a\udc00' }],
  ['operator', '/scans/find', { '\ud800': 1 }],
  ['auditor', '/accesses', { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', operator: '\ud800' }],
  ['operator', '/scans/find', { from: '0000-01-01T00:00:00Z' }],
  ['operator', '/scans/find', { to: '0000-12-31T23:59:59Z', status: 'failed' }],
  ['operator', '/scans/find', { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
])(
  'what no database holds, and a time that ends before it begins, is refused: %s %s %j',
  async (role, path, body) => {
    const chain = `operator:${seats[role]!.uid}`;
    const before = (await stage.audit(chain)).length;
    const answer = await raw(role, 'POST', path, JSON.stringify(body));
    expectOwnAnswer(answer, path);
    expect(answer.status, answer.text).toBe(400);
    expect(await stage.audit(chain)).toHaveLength(before);
  },
);

it.each(['a/b', '//', 'scan.completed/x', 'she is ill', 'scan.completed\ud800', 'scan.completed:'])(
  'an event whose id ends in %j is none, and is in no chain',
  async (end) => {
    const { scanId } = await stage.canaryScan();
    const act = { act: 'webhook', endpointId, eventId: `${scanId}:${end}`, actId: randomUUID(), ...why };
    const answer = await raw('operator', 'POST', `/scans/${scanId}/acts`, JSON.stringify(act));
    expect(answer.status, answer.text).toBe(400);
    expect(await stage.audit(scanId)).toEqual([]);
  },
);

it('a cursor that somebody has edited is none, or is a place in the same pages', async () => {
  for (let count = 0; count < 3; count += 1)
    await stage.submit({ uid: scan.uid, scanId: randomUUID() }, { status: 'failed', durationMs: 5 });
  const find = (wanted: object) =>
    raw('viewer', 'POST', '/scans/find', JSON.stringify({ userId: scan.uid, limit: 1, ...wanted }));
  const { cursor } = JSON.parse((await find({})).text) as { cursor: string };
  const place = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [object, string];
  const forged = [
    cursor.slice(1),
    `${cursor}A`,
    '_',
    ...[
      [],
      [place],
      [place[1], place[0]],
      [place[0], ''],
      [place[0], 'a/b'],
      [place[0], '..'],
      [place[0], '__x__'],
      [place[0], 'a\u0000'],
      [place[0], 'a'.repeat(2900)],
      [{ s: 1e18, n: 0 }, 'a'],
      [{ s: -1e18, n: 0 }, 'a'],
      [{ s: 1, n: 1e9 }, 'a'],
      [1e308, 'a'],
      [null, 'a'],
      ['x', 'a'],
      [{ first: 'map' }, 'a'],
      [{ first: 'list' }, 'a'],
      [{ first: 'bytes' }, 'a'],
      [{ __proto__: null }, 'a'],
      { 0: place[0], 1: place[1], length: 2 },
    ].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')),
  ];
  for (const one of forged) {
    for (const order of [{}, { slowerThanSeconds: 0 }]) {
      const answer = await find({ ...order, cursor: one });
      const about = Buffer.from(one, 'base64url').toString().slice(0, 60);
      expectOwnAnswer(answer, about);
      // This role may find these scans anyway: a forged cursor shows no scan of another search.
      if (answer.status === 200)
        for (const { userId } of JSON.parse(answer.text).scans) expect(userId, about).toBe(scan.uid);
      else expect(answer.status, `${about} ${answer.text}`).toBe(400);
    }
  }
});

it('a double click does it once: a grant, and a credit that is given back', async () => {
  const { uid, scanId } = await stage.canaryScan();
  const twice = async (path: string, body: object) => {
    const sent = JSON.stringify({ actId: randomUUID(), ...why, ...body });
    return Promise.all([1, 2, 3].map(() => raw('operator', 'POST', path, sent)));
  };
  for (const answer of [
    ...(await twice(`/users/${uid}/credits`, { amount: 2 })),
    ...(await twice(`/scans/${scanId}/acts`, { act: 'begin_again' })),
  ])
    expect(answer.status, answer.text).toBe(200);
  const { balance, ledger } = await stage.credits(uid);
  expect([balance, ledger.length]).toEqual([3 + 2 + 1, 2]);
  const acts = (await stage.audit(userChain(uid))).filter(({ action }) => action === 'operator_acted');
  expect(acts).toHaveLength(1);
  const recorded = (await stage.audit(scanId)).map(({ action }) => action);
  expect(recorded).toEqual(['operator_acted', 'operator_act_done']);
});

it('a grant under an id that another operator used for another amount is refused, and is in the chain', async () => {
  const { uid } = await stage.canaryScan();
  const other = await stage.colleague({ operator: 'operator' });
  const path = `/users/${uid}/credits`;
  const grant = { amount: 2, actId: randomUUID(), ...why };
  expect((await raw('operator', 'POST', path, JSON.stringify(grant))).status).toBe(200);
  const again = await stage.send(other.token, 'POST', path, { ...grant, amount: 5 });
  expect(again.status).toBe(409);
  expect((await stage.credits(uid)).balance).toBe(5);
});

it('the preview of beginning again tells what was given back before, and gives nothing', async () => {
  const { uid, scanId } = await stage.canaryScan();
  const many = async (dryRun: boolean) => {
    const body = { act: 'begin_again', scanIds: [scanId], dryRun, actId: randomUUID(), ...why };
    return JSON.parse((await raw('operator', 'POST', '/acts', JSON.stringify(body))).text).scans[0];
  };
  expect(await many(true)).toEqual({ scanId, verdict: 'acts', word: 'completed' });
  expect((await stage.credits(uid)).balance).toBe(3);
  expect(await many(false)).toMatchObject({ word: 'credit_given' });
  expect(await many(true)).toEqual({ scanId, verdict: 'changes_nothing', word: 'credit_given_before' });
  const today = paths.grantsOfDay(new Date().toISOString().slice(0, 10));
  await stage.db.doc(today).set({ byActor: { [`operator:${seats['operator']!.uid}`]: 1000 } });
  const fresh = await stage.canaryScan();
  const body = { act: 'begin_again', scanIds: [fresh.scanId], dryRun: true, actId: randomUUID(), ...why };
  const [foreseen] = JSON.parse((await raw('operator', 'POST', '/acts', JSON.stringify(body))).text).scans;
  expect(foreseen).toMatchObject({ verdict: 'refused', word: 'GrantLimitError' });
  await stage.db.doc(today).delete();
});

it.each([
  ['/accesses', '2099-01-01T00:00:00Z', '2099-02-01T00:00:00Z', 'from'],
  ['/accesses/export', '2099-01-01T00:00:00Z', '2099-02-01T00:00:00Z', 'from'],
  ['/deletions', '2099-01-01T00:00:00Z', '2099-02-01T00:00:00Z', 'from'],
  ['/accesses', '2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z', 'to'],
  ['/accesses/export', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'to'],
  ['/deletions', '2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z', 'to'],
])(
  '%s of a period that is none, or that has not begun, is refused and recorded nowhere',
  async (path, from, to, field) => {
    const chain = `operator:${seats['auditor']!.uid}`;
    const before = (await stage.audit(chain)).length;
    const answer = await raw('auditor', 'POST', path, JSON.stringify({ from, to }));
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(field);
    expect(await stage.audit(chain)).toHaveLength(before);
  },
);
