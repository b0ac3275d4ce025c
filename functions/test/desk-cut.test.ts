/**
 * The desk when its answer is cut off, by a socket that closes once the request is sent, or once the first of the answer is
 * there: every route that is recorded has its entry all the same, once.
 */

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { ADMISSION_CHAIN, operatorChain, userChain } from '@reddyfit/shared/audit/chain';
import { paths } from '@reddyfit/shared/names/paths';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEVELOPMENT_EXPORT_KEY } from '../../local/stack/development-key.ts';
import { type DeskStage, deskStage } from './desk-stage.ts';

let stage: DeskStage;
let operator: Awaited<ReturnType<DeskStage['colleague']>>;
let auditor: Awaited<ReturnType<DeskStage['colleague']>>;

beforeAll(async () => {
  process.env['OPERATOR_EXPORT_KEY'] = DEVELOPMENT_EXPORT_KEY;
  process.env['OPERATOR_LIMITS'] = 'act_many:99, export:99';
  stage = await deskStage('demo-desk-cut');
  operator = await stage.colleague({ operator: 'operator' });
  auditor = await stage.colleague({ operator: 'auditor' });
  const endpoint = { url: 'https://partner.example', state: 'enabled', events: [] };
  await stage.db.doc(paths.webhookEndpoint(ENDPOINT)).set(endpoint);
});
afterAll(() => stage.close());

const ENDPOINT = 'we_abcdefghijABCDEFGHIJ';
const why = { reason: 'incident', reference: 'INC-7' };
const period = { from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
const act = (name: string) => ({ act: name, actId: randomUUID(), ...why });
const many = (scanIds: string[]) => ({ ...act('push'), scanIds, dryRun: false });

interface Ids {
  uid: string;
  scanId: string;
}
type Asked = [method: 'GET' | 'POST', path: string, body?: object];

const own = () => operatorChain(operator.uid);
const auditors = () => operatorChain(auditor.uid);
const ofScan = ({ scanId }: Ids) => scanId;

/** What is asked for, in which chain it is recorded, and as what. */
const RECORDED: [what: string, asked: (of: Ids) => Asked, chain: (of: Ids) => string, action: string][] = [
  ['the way', ({ scanId }) => ['GET', `/scans/${scanId}`], ofScan, 'scan_viewed'],
  ['a reveal', ({ scanId }) => ['POST', `/scans/${scanId}/reveal`, why], ofScan, 'scan_revealed'],
  ['an act', ({ scanId }) => ['POST', `/scans/${scanId}/acts`, act('cancel')], ofScan, 'operator_acted'],
  ['an act about many', ({ scanId }) => ['POST', '/acts', many([scanId])], ofScan, 'operator_acted'],
  ['a search', ({ uid }) => ['POST', '/scans/find', { userId: uid }], own, 'scans_found'],
  ['a preview', ({ scanId }) => ['POST', '/acts', { ...many([scanId]), dryRun: true }], own, 'scans_found'],
  [
    'a grant',
    ({ uid }) => ['POST', `/users/${uid}/credits`, { amount: 1, actId: randomUUID(), ...why }],
    ({ uid }) => userChain(uid),
    'operator_acted',
  ],
  [
    'dead letters',
    () => ['POST', `/webhooks/${ENDPOINT}/redeliver`, { dryRun: false, actId: randomUUID(), ...why }],
    own,
    'operator_acted',
  ],
  [
    'a pause',
    () => ['POST', '/admission', { state: 'paused', ...why }],
    () => ADMISSION_CHAIN,
    'admission_paused',
  ],
  [
    'its end',
    () => ['POST', '/admission', { state: 'open', ...why }],
    () => ADMISSION_CHAIN,
    'admission_resumed',
  ],
  ['a chain', ({ scanId }) => ['GET', `/scans/${scanId}/chain`], ofScan, 'scan_viewed'],
  ['a verification', () => ['POST', '/audit/check'], auditors, 'chains_checked'],
  ['accesses', () => ['POST', '/accesses', period], auditors, 'accesses_listed'],
  ['an export', () => ['POST', '/accesses/export', period], auditors, 'accesses_exported'],
  ['deletions', () => ['POST', '/deletions', period], auditors, 'deletions_listed'],
];
const AUDITORS = new Set(['a chain', 'a verification', 'accesses', 'an export', 'deletions']);

/** Sends the request and closes the socket at this moment. Resolves once it is closed. */
async function cutOff(
  token: string,
  [method, path, body]: Asked,
  moment: 'sent' | 'answered',
): Promise<void> {
  const text = body ? JSON.stringify(body) : '';
  const socket = connect(Number(new URL(stage.api.base).port), '127.0.0.1');
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  const head = [
    `${method} /api/operator/v1${path} HTTP/1.1`,
    'host: desk',
    `authorization: Bearer ${token}`,
    ...(body ? ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`] : []),
  ];
  socket.once('data', () => socket.destroy());
  socket.write(`${head.join('\r\n')}\r\n\r\n${text}`, () => {
    if (moment === 'sent') socket.destroy();
  });
  await closed;
}

describe.each(['sent', 'answered'] as const)('cut off once it is %s', (moment) => {
  it.each(RECORDED)('%s is recorded, once', async (what, askedOf, chainOf, action) => {
    const { uid, scanId } = await stage.canaryScan();
    const who = AUDITORS.has(what) ? auditor : operator;
    const chain = chainOf({ uid, scanId });
    const recorded = async () => (await stage.audit(chain)).filter((entry) => entry.action === action);
    const before = (await recorded()).length;
    const asked = askedOf({ uid, scanId });
    await cutOff(who.token, asked, moment);
    const entries = await vi.waitFor(async () => {
      const found = (await recorded()).slice(before);
      expect(found).not.toEqual([]);
      return found;
    }, 10_000);
    expect(entries.map(({ actor }) => actor)).toEqual([`operator:${who.uid}`]);
    // Asked for again, an act is no second entry; a look is one.
    const again = await stage.send(who.token, ...asked);
    expect(again.status, await again.text()).toBe(200);
    const isAct = action === 'operator_acted' || action.startsWith('admission_');
    expect((await recorded()).slice(before)).toHaveLength(isAct ? 1 : 2);
  });
});
