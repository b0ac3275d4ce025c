/**
 * Every query of the operator's desk, and of the commands for operators, has its index and reads no more than one page.
 */

import { randomUUID } from 'node:crypto';
import { paths } from '@reddyfit/shared/names/paths';
import { Query } from 'firebase-admin/firestore';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DEVELOPMENT_EXPORT_KEY } from '../../local/stack/development-key.ts';
import { DESK_ROUTES } from '../src/http/operator/desk-routes.ts';
import { type DeskStage, deskStage } from './desk-stage.ts';
import { isServed, shapeOf, type StructuredQuery } from './served-by-index.ts';

let stage: DeskStage;
const why = { reason: 'incident', reference: 'INC-7' };
const period = { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
const endpointId = 'we_abcdefghijABCDEFGHIJ';

/** Shape of a query → the query. */
const made = new Map<string, StructuredQuery>();
const counted = new Map<string, StructuredQuery>();
let isCounting = false;

beforeAll(async () => {
  process.env['OPERATOR_EXPORT_KEY'] = DEVELOPMENT_EXPORT_KEY;
  stage = await deskStage('demo-desk-indexes');
  type Sent = { structuredQuery: StructuredQuery };
  const sent = Query.prototype as unknown as { toProto(...rest: unknown[]): Sent };
  const { toProto } = sent;
  sent.toProto = function record(this: unknown, ...rest) {
    const proto = toProto.apply(this, rest as []);
    (isCounting ? counted : made).set(shapeOf(proto.structuredQuery), proto.structuredQuery);
    return proto;
  };
  // The SDK does not export the class of count queries.
  const counting = Object.getPrototypeOf(stage.db.collection('scans').count()) as {
    toProto(...rest: unknown[]): object;
  };
  const aggregate = counting.toProto;
  counting.toProto = function record(this: unknown, ...rest) {
    isCounting = true;
    try {
      return aggregate.apply(this, rest as []);
    } finally {
      isCounting = false;
    }
  };
});
afterAll(async () => {
  vi.restoreAllMocks();
  await stage.close();
});

it('each has its index, and none reads as many scans as there are', async () => {
  const { uid, scanId, email } = await stage.canaryScan();
  const endpoint = { url: 'https://partner.example', state: 'enabled', events: ['scan.completed'] };
  await stage.db.doc(paths.webhookEndpoint(endpointId)).set(endpoint);
  const seats = {
    viewer: await stage.colleague({ operator: 'viewer' }),
    operator: await stage.colleague({ operator: 'operator' }),
    auditor: await stage.colleague({ operator: 'auditor' }),
  };
  const asks: [who: keyof typeof seats, method: string, route: string, path: string, body?: object][] = [
    ['viewer', 'GET', '/me', '/me'],
    ['viewer', 'POST', '/scans/find', '/scans/find', { email }],
    ['viewer', 'POST', '/scans/find', '/scans/find', { deviceToken: 't' }],
    ['viewer', 'GET', '/scans/{scanId}', `/scans/${scanId}`],
    ['viewer', 'GET', '/watch/{hours}', '/watch/1'],
    ['viewer', 'GET', '/admission', '/admission'],
    ['operator', 'POST', '/scans/{scanId}/reveal', `/scans/${scanId}/reveal`, why],
    ...['cancel', 'fail', 'push', 'begin_again'].map(
      (act) =>
        [
          'operator',
          'POST',
          '/scans/{scanId}/acts',
          `/scans/${scanId}/acts`,
          { act, actId: randomUUID(), ...why },
        ] satisfies (typeof asks)[number],
    ),
    ['operator', 'POST', '/users/{uid}/credits', `/users/${uid}/credits`, { amount: 1, actId: 'g', ...why }],
    ...[true, false].flatMap((dryRun): typeof asks => [
      [
        'operator',
        'POST',
        '/acts',
        '/acts',
        { act: 'begin_again', scanIds: [scanId], dryRun, actId: 'm', ...why },
      ],
      [
        'operator',
        'POST',
        '/webhooks/{endpointId}/redeliver',
        `/webhooks/${endpointId}/redeliver`,
        { dryRun, actId: 'r', ...why },
      ],
    ]),
    ['operator', 'POST', '/admission', '/admission', { state: 'open', ...why }],
    ['auditor', 'POST', '/audit/check', '/audit/check'],
    ['auditor', 'GET', '/audit/check', '/audit/check'],
    ['auditor', 'GET', '/scans/{scanId}/chain', `/scans/${scanId}/chain`],
    ...[{}, { operator: uid }].flatMap((whose): typeof asks => [
      ['auditor', 'POST', '/accesses', '/accesses', { ...period, ...whose }],
      ['auditor', 'POST', '/accesses/export', '/accesses/export', { ...period, ...whose }],
    ]),
    ['auditor', 'POST', '/deletions', '/deletions', period],
  ];
  for (const [who, method, , path, body] of asks) {
    const answer = await stage.send(seats[who].token, method, path, body);
    expect(answer.status, `${path}: ${await answer.clone().text()}`).toBe(200);
  }
  expect(new Set(asks.map(([, method, route]) => `${method} /operator/v1${route}`))).toEqual(
    new Set(DESK_ROUTES.map(({ method, path }) => `${method} ${path}`)),
  );
  // The queries of the commands.
  const { makeReport } = await import('../../ops/report/report.ts');
  const { accountsOf } = await import('../../ops/credits/accounts.ts');
  const { listDeliveries } = await import('../src/webhooks/list-deliveries.ts');
  const sources = { projectId: 'demo-desk-indexes', db: stage.db, temporal: null };
  await makeReport(sources, { since: Date.now() - 3_600_000, until: Date.now() }, 0);
  await accountsOf({ db: stage.db, auth: stage.auth, projectId: '' }).show(uid);
  for (const state of [undefined, 'dead'] as const)
    await listDeliveries(stage.db, endpointId, { state, limit: 5 });

  expect(made.size).toBeGreaterThan(12);
  expect(counted.size).toBeGreaterThan(2);
  expect([...made, ...counted].filter(([, query]) => !isServed(query)).map(([shape]) => shape)).toEqual([]);
  const unbounded = [...made].filter(([, { from, limit }]) => from[0]!.collectionId === 'scans' && !limit);
  // The report streams all scans of a period.
  expect(unbounded.map(([shape]) => shape)).toEqual([
    'scans createdAt GREATER_THAN_OR_EQUAL createdAt LESS_THAN by createdAt ASCENDING',
  ]);
});
