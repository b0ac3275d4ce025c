/** How much one session can do at the operator's desk: every route by raw HTTP, up to its limit and once more. */

import { randomUUID } from 'node:crypto';
import { operatorChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import { DESK_LIMITS } from '@reddyfit/shared/operator/limits';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK_ROUTES } from '../src/http/operator/desk-routes.ts';
import { problemIn } from './api-stage.ts';
import { CANARIES, type DeskStage, deskStage } from './desk-stage.ts';

let stage: DeskStage;
let scan: { uid: string; scanId: string };

const why = { reason: 'user_asked', reference: 'T-1' };
const period = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
const MAX = 2;

beforeAll(async () => {
  process.env['OPERATOR_LIMITS'] = Object.keys(DESK_LIMITS)
    .map((limit) => `${limit}:${MAX}`)
    .join(', ');
  stage = await deskStage('demo-desk-limits');
  scan = await stage.canaryScan();
});
afterAll(() => stage.close());

type Ask = [route: string, path: () => string, body: (() => object) | undefined];

/** Limit → the role that reaches it, and by which routes. Uses of all routes with the same limit count together. */
const USES: [limit: keyof typeof DESK_LIMITS, role: string, asks: Ask[]][] = [
  [
    'glance',
    'viewer',
    [
      ['GET /me', () => '/me', undefined],
      ['GET /admission', () => '/admission', undefined],
    ],
  ],
  ['glance', 'auditor', [['GET /audit/check', () => '/audit/check', undefined]]],
  ['find', 'viewer', [['POST /scans/find', () => '/scans/find', () => ({ userId: scan.uid })]]],
  ['view', 'viewer', [['GET /scans/{scanId}', () => `/scans/${scan.scanId}`, undefined]]],
  ['view', 'auditor', [['GET /scans/{scanId}/chain', () => `/scans/${scan.scanId}/chain`, undefined]]],
  ['watch', 'viewer', [['GET /watch/{hours}', () => '/watch/1', undefined]]],
  ['reveal', 'operator', [['POST /scans/{scanId}/reveal', () => `/scans/${scan.scanId}/reveal`, () => why]]],
  [
    'preview',
    'operator',
    [
      [
        'POST /acts',
        () => '/acts',
        () => ({ act: 'cancel', scanIds: [scan.scanId], dryRun: true, actId: randomUUID(), ...why }),
      ],
      [
        'POST /webhooks/{endpointId}/redeliver',
        () => '/webhooks/we_abcdefghijABCDEFGHIJ/redeliver',
        () => ({ dryRun: true, actId: randomUUID(), ...why }),
      ],
    ],
  ],
  [
    'act_many',
    'operator',
    [
      [
        'POST /acts',
        () => '/acts',
        () => ({ act: 'cancel', scanIds: [scan.scanId], dryRun: false, actId: randomUUID(), ...why }),
      ],
    ],
  ],
  [
    'act',
    'operator',
    [
      [
        'POST /scans/{scanId}/acts',
        () => `/scans/${scan.scanId}/acts`,
        () => ({ act: 'cancel', actId: randomUUID(), ...why }),
      ],
      [
        'POST /users/{uid}/credits',
        () => `/users/${scan.uid}/credits`,
        () => ({ amount: 1, actId: randomUUID(), ...why }),
      ],
      ['POST /admission', () => '/admission', () => ({ state: 'open', ...why })],
    ],
  ],
  [
    'list',
    'auditor',
    [
      ['POST /accesses', () => '/accesses', () => period],
      ['POST /deletions', () => '/deletions', () => period],
    ],
  ],
  [
    'export',
    'auditor',
    [
      ['POST /accesses/export', () => '/accesses/export', () => period],
      ['POST /audit/check', () => '/audit/check', undefined],
    ],
  ],
];

it('every route counts to a limit', () => {
  const routes = DESK_ROUTES.map(({ method, path }) => `${method} ${path.replace('/operator/v1', '')}`);
  expect(new Set(USES.flatMap(([, , asks]) => asks.map(([route]) => route)))).toEqual(new Set(routes));
});

it.each(USES)('%s, for a session of a %s', async (limit, role, asks) => {
  const { uid, token } = await stage.colleague({ operator: role });
  const asked = ([route, path, body]: Ask) => stage.send(token, route.split(' ')[0]!, path(), body?.());
  for (let use = 0; use < MAX; use += 1) expect((await asked(asks[use % asks.length]!)).status).not.toBe(429);
  const before = (await stage.audit(scan.scanId)).length;
  for (const ask of [...asks, ...asks]) {
    const answer = await asked(ask);
    const seconds = Number(answer.headers.get('retry-after'));
    const text = await answer.clone().text();
    for (const canary of Object.values(CANARIES)) expect(text).not.toContain(String(canary));
    const { type, detail } = await problemIn(answer);
    expect(type).toBe('urn:problem-type:reddyfit:too-many-requests');
    expect(detail).toContain(`"${limit}"`);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(DESK_LIMITS[limit].perSeconds / MAX);
  }
  // Nothing was done or looked at, so only the limit is recorded, once.
  expect(await stage.audit(scan.scanId)).toHaveLength(before);
  const own = (await stage.audit(operatorChain(uid))).filter(({ action }) => action === 'operator_limited');
  expect(own).toMatchObject([{ actor: `operator:${uid}`, detail: { limit, max: MAX } }]);
  // Other operators are not limited.
  const other = await stage.colleague({ operator: role });
  const [route, path, body] = asks[0]!;
  expect((await stage.send(other.token, route.split(' ')[0]!, path(), body?.())).status).not.toBe(429);
});

it('an auditor and everybody who watches see who came to a limit', async () => {
  const { uid, token } = await stage.colleague({ operator: 'viewer' });
  for (let use = 0; use <= MAX; use += 1) await stage.send(token, 'POST', '/scans/find', { userId: 'x' });
  const auditor = await stage.colleague({ operator: 'auditor' });
  const all = { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', operator: uid };
  const listed = await (await stage.send(auditor.token, 'POST', '/accesses', all)).json();
  expect((listed as { entries: object[] }).entries).toContainEqual(
    expect.objectContaining({ action: 'operator_limited', actor: `operator:${uid}` }),
  );
  const { limited } = (await (await stage.send(auditor.token, 'GET', '/watch/7')).json()) as {
    limited: object[];
  };
  expect(limited).toContainEqual(expect.objectContaining({ operator: uid, limit: 'find' }));
});

it('counts a use whose answer is an error, and none that the schema refuses', async () => {
  const { uid, token } = await stage.colleague({ operator: 'viewer' });
  for (let use = 0; use < MAX; use += 1) {
    expect((await stage.send(token, 'GET', '/scans/never-was')).status).toBe(404);
    expect((await stage.send(token, 'POST', '/scans/find', { status: 'fine' })).status).toBe(400);
  }
  expect((await stage.send(token, 'GET', '/scans/never-was')).status).toBe(429);
  expect((await stage.db.doc(paths.rateLimit(uid, 'operator-find')).get()).exists).toBe(false);
});
