/** What the operator's desk has for a bad night: by raw HTTP on real servers; no worker runs. */

import { randomUUID } from 'node:crypto';
import { ADMISSION_CHAIN } from '@reddyfit/shared/audit/chain';
import { verifyAudit } from '@reddyfit/shared/audit/check';
import type { AdmissionChanged, AdmissionView } from '@reddyfit/shared/operator/admission';
import type { FindScansResponse } from '@reddyfit/shared/operator/find';
import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { HttpsError } from 'firebase-functions/v2/https';
import { Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../src/platform/audit-chain.ts';
import { problemIn } from './api-stage.ts';
import { CANARIES, type DeskStage, deskStage } from './desk-stage.ts';
import { photosIn } from './scan-fixture.ts';

type Colleague = Awaited<ReturnType<DeskStage['colleague']>>;

let stage: DeskStage;
let viewer: Colleague;
let operator: Colleague;
let auditor: Colleague;

const why = { reason: 'incident', reference: 'INC-7' };

beforeAll(async () => {
  process.env['ENFORCE_APP_CHECK'] = 'false';
  stage = await deskStage('demo-desk-night');
  viewer = await stage.colleague({ operator: 'viewer' });
  operator = await stage.colleague({ operator: 'operator' });
  auditor = await stage.colleague({ operator: 'auditor' });
});
afterAll(async () => {
  await stage.close();
});

/** The answer, which has to be 200 and to hold no health data. */
async function ask<Answer>(
  { token }: Colleague,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await stage.send(token, method, path, body);
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  for (const canary of Object.values(CANARIES)) expect(text).not.toContain(String(canary));
  return JSON.parse(text) as Answer;
}

async function kindOf({ token }: Colleague, method: string, path: string, body?: object): Promise<string> {
  const { type } = await problemIn(await stage.send(token, method, path, body));
  return type.split(':').at(-1)!;
}

/** Whatever the role allows goes no further than these. */
it.each([
  ['POST', '/admission', () => ({ state: 'open', ...why }), 'operator'],
  ['GET', '/admission', undefined, 'all'],
] as const)('%s %s is for one role, or for all', async (method, path, body, who) => {
  for (const [role, colleague] of Object.entries({ viewer, operator, auditor })) {
    const answer = await stage.send(colleague.token, method, path, body?.());
    expect(answer.status, role).toBe(who === 'all' || who === role ? 200 : 403);
  }
  expect((await stage.send('', method, path, body?.())).status).toBe(401);
});

describe('find', () => {
  it('the slowest first, page after page, of all times and of one; and by build', async () => {
    const { uid } = await stage.person();
    const build = `build-${uid.slice(-12)}`;
    const at = Date.UTC(2026, 4, 5);
    const made: [scanId: string, seconds: number][] = [];
    for (const [index, seconds] of [40, 90, 90, 300, 20].entries()) {
      const scanId = randomUUID();
      made.push([scanId, seconds]);
      const createdAt = at + index * 60_000;
      await stage.submit(
        { uid, scanId },
        {
          status: 'completed',
          build,
          createdAt: Timestamp.fromMillis(createdAt),
          completedAt: Timestamp.fromMillis(createdAt + seconds * 1000),
          durationMs: seconds * 1000,
        },
      );
    }
    const find = (wanted: object) => ask<FindScansResponse>(viewer, 'POST', '/scans/find', wanted);
    const secondsOf = ({ scans }: FindScansResponse) => scans.map(({ ms }) => ms! / 1000);
    const slow = { build, slowerThanSeconds: 30, limit: 2 };
    const first = await find(slow);
    const second = await find({ ...slow, cursor: first.cursor });
    expect([...secondsOf(first), ...secondsOf(second)]).toEqual([300, 90, 90, 40]);
    expect(new Set([...first.scans, ...second.scans].map(({ scanId }) => scanId)).size).toBe(4);
    expect(second.cursor).toBeNull();
    const early = { ...slow, limit: 50, to: new Date(at + 3 * 60_000).toISOString() };
    expect(secondsOf(await find(early))).toEqual([90, 90, 40]);
    expect(secondsOf(await find({ build }))).toEqual([20, 300, 90, 90, 40]);
    expect((await find({ scanId: made[0]![0], slowerThanSeconds: 60 })).scans).toEqual([]);
    expect((await find({ scanId: made[3]![0], slowerThanSeconds: 60 })).scans).toMatchObject([{ build }]);
    const cursorOfTime = (await find({ build, limit: 1 })).cursor;
    expect(await kindOf(viewer, 'POST', '/scans/find', { ...slow, cursor: cursorOfTime })).toBe(
      'invalid-request',
    );
  });
});

describe('incident mode', () => {
  const change = (state: string) => ask<AdmissionChanged>(operator, 'POST', '/admission', { state, ...why });

  it('takes no new scan at no cost and with all photos, lets what runs go on, and takes scans again', async () => {
    const { beginScan } = await import('../src/scans/begin-scan.ts');
    const { requestScanUpload } = await import('../src/callables/request-scan-upload.ts');
    const begin = (scanId: string) =>
      beginScan({ scanId, eventTime: new Date(), now: new Date(), actor: 'function:test' });
    const person = () =>
      stage.person({ profile: { sex: 'female', birthDate: '1990-05-17', heightCm: 168, locale: 'de' } });
    const before = await person();
    await stage.submit(before);
    expect(await begin(before.scanId)).toMatchObject({ outcome: 'start' });

    expect(await change('paused')).toMatchObject({
      changed: true,
      state: 'paused',
      last: { by: `operator:${operator.uid}`, ...why },
    });
    // Again, by another: nothing changes, and nobody else seems to have done it.
    const other = await stage.colleague({ operator: 'operator' });
    expect(
      await ask(other, 'POST', '/admission', { state: 'paused', reason: 'quality', reference: 'Q-1' }),
    ).toMatchObject({ changed: false, last: { by: `operator:${operator.uid}`, ...why } });

    // Before a photo leaves the phone, in the user's language.
    const { uid, scanId } = await person();
    await stage.auth.createUser({ uid });
    const upload = async (data: object) => requestScanUpload.run({ auth: { uid, token: {} }, data } as never);
    const refused = await upload({}).catch((error: unknown) => error as HttpsError);
    expect(refused).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Zurzeit werden keine neuen Scans angenommen'),
      details: { code: 'AdmissionPausedError', retryAfterSeconds: 60 },
    });

    // Over HTTP: no document, and the photos that were uploaded stay.
    const photos = photosIn(stage.bucket);
    await photos.upload({ uid, scanId });
    const token = await stage.api.tokenOf(uid);
    const request = { scanId, angleUrls: photoUrlsOf(stage.bucket, uid, scanId), weightLb: 180 };
    const answer = await stage.api.trigger(token, request);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(await problemIn(answer)).toMatchObject({
      type: 'urn:problem-type:reddyfit:admission-paused',
      code: 'AdmissionPausedError',
      detail: expect.stringContaining('keine neuen Scans'),
    });
    expect(await stage.scan(scanId)).toBeUndefined();
    expect(await photos.count({ uid, scanId })).toBe(4);

    // A document that comes all the same ends, may be sent again, and has cost nothing.
    const late = await person();
    await stage.submit(late);
    expect(await begin(late.scanId)).toMatchObject({ outcome: 'refused', code: 'AdmissionPausedError' });
    expect(await stage.scan(late.scanId)).toMatchObject({
      status: 'failed',
      error: { code: 'AdmissionPausedError', retryable: true, messageCode: 'AdmissionPausedError' },
    });
    expect(await stage.credits(late.uid)).toEqual({ balance: 3, ledger: [] });

    // What was admitted goes on, also when its event comes again.
    expect(await begin(before.scanId)).toMatchObject({ outcome: 'start', again: true });
    const drained = await ask<AdmissionView>(viewer, 'GET', '/admission');
    expect(drained.running).toBeGreaterThan(0);
    expect(drained.oldestAt).not.toBeNull();

    expect(await change('open')).toMatchObject({ changed: true, state: 'open' });
    expect(await change('open')).toMatchObject({ changed: false });
    expect((await stage.api.trigger(token, request)).status).toBe(202);
    await expect(upload({})).resolves.toMatchObject({ uploads: {} });
    const entries = await stage.audit(ADMISSION_CHAIN);
    expect(entries.slice(-2)).toMatchObject([
      { action: 'admission_paused', actor: `operator:${operator.uid}`, detail: why },
      { action: 'admission_resumed', actor: `operator:${operator.uid}`, detail: why },
    ]);
    expect(verifyAudit(entries, sha256)).toBeNull();
  });
});
