import { photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { paths } from '@reddyfit/shared/names/paths';
import { getAuth } from 'firebase-admin/auth';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openApiDocument } from '../src/http/openapi.ts';
import { apiStage, problemIn } from './api-stage.ts';
import { newIds, type Person, type ScanStage, scanStage } from './scan-fixture.ts';
import { type Deliver, loadTrigger } from './trigger.ts';

const projectId = 'demo-api';

let db: Firestore;
let bucket: string;
let deliver: Deliver;
let stage: ScanStage;
let api: Awaited<ReturnType<typeof apiStage>>;

beforeAll(async () => {
  process.env.API_STARTS_PER_MINUTE = '5';
  ({ db, bucket, deliver } = await loadTrigger(projectId, {
    firestore: inject('firestore'),
    temporal: inject('temporal'),
  }));
  stage = scanStage(db, bucket);
  api = await apiStage(projectId);
});

afterAll(async () => {
  await api.close();
  await db.terminate();
});

/** A signed-in user who may scan, and the body of a request to start a scan. */
async function caller(changes: Partial<Person> = {}) {
  const { uid, scanId } = await stage.person(changes);
  const body = { scanId, angleUrls: photoUrlsOf(bucket, uid, scanId), weightLb: 181.4 };
  return { uid, scanId, body, token: await api.tokenOf(uid) };
}

describe('POST /api/scan/trigger-workflow', () => {
  it('creates the scan as the client itself would, and the trigger admits it', async () => {
    const { uid, scanId, body, token } = await caller();
    const answer = await api.trigger(token, body);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({
      scanId,
      workflowId: `daily-scan-${scanId}`,
      statusUrl: `/api/scan/${scanId}`,
    });
    const scan = await stage.scan(scanId);
    expect(scan).toEqual({
      userId: uid,
      photoUrls: body.angleUrls,
      weightLb: 181.4,
      status: 'submitted',
      createdAt: expect.any(Timestamp),
    });

    await deliver(scanId);
    expect(await stage.scan(scanId)).toMatchObject({ status: 'queued' });
    expect(await stage.credits(uid)).toEqual({ balance: 2, ledger: [`${scanId}:reserve`] });
  });

  it('answers a repetition with the same, before and after admission, and it costs nothing', async () => {
    const { uid, scanId, body, token } = await caller({ scanCredits: 1 });
    const first = await api.trigger(token, body);
    const again = await api.trigger(token, body);
    await deliver(scanId);
    const object = (angle: string) => `scans/${uid}/${scanId}/${angle}.jpg`;
    const angleUrls = {
      ...body.angleUrls,
      left: `https://storage.googleapis.com/${bucket}/${object('left')}?X-Goog-Signature=abc`,
    };
    const afterwards = await api.trigger(token, { ...body, angleUrls });
    expect([first.status, again.status, afterwards.status]).toEqual([202, 200, 200]);
    const text = await first.text();
    expect([await again.text(), await afterwards.text()]).toEqual([text, text]);
    expect(await stage.credits(uid)).toEqual({ balance: 0, ledger: [`${scanId}:reserve`] });
  });

  it('creates one scan for requests that come at once', async () => {
    const { body, token } = await caller();
    const answers = await Promise.all([1, 2, 3].map(() => api.trigger(token, body)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 202]);
  });

  it('refuses other content under the same id', async () => {
    const { body, token } = await caller();
    await api.trigger(token, body);
    const answer = await api.trigger(token, { ...body, weightLb: 190 });
    expect(answer.status).toBe(409);
    expect(await problemIn(answer)).toMatchObject({ type: 'urn:problem-type:reddyfit:scan-exists' });
  });

  it('takes what was uploaded along, as a part of the content', async () => {
    const { scanId, body, token } = await caller();
    const sent = { bytes: 5, sha256: 'a'.repeat(64) };
    const uploads = { front: sent, back: sent, left: sent, right: sent };
    const statuses: number[] = [];
    for (const request of [{ ...body, uploads }, { ...body, uploads }, body])
      statuses.push((await api.trigger(token, request)).status);
    expect(statuses).toEqual([202, 200, 409]);
    expect(await stage.scan(scanId)).toMatchObject({ uploads });
    const answer = await api.trigger(token, { ...body, uploads: { ...uploads, left: { bytes: 0 } } });
    expect((await problemIn(answer)).errors?.map(({ pointer }) => pointer)).toContain('/uploads/left/bytes');
  });

  it('takes along how the cameras were held, as a part of the content', async () => {
    const { scanId, body, token } = await caller();
    const held = (front: number) => ({ ...body, cameraElevationAngles: { front, left: 4 } });
    const statuses: number[] = [];
    for (const request of [held(-3.5), held(-3.5), held(-3.4), body])
      statuses.push((await api.trigger(token, request)).status);
    expect(statuses).toEqual([202, 200, 409, 409]);
    expect(await stage.scan(scanId)).toMatchObject({ cameraElevationAngles: { front: -3.5, left: 4 } });
  });

  it('refuses the id of a scan that was deleted', async () => {
    const { scanId, body, token } = await caller();
    await api.trigger(token, body);
    await deliver(scanId);
    await db.doc(paths.scan(scanId)).delete();
    expect((await api.trigger(token, body)).status).toBe(409);
    expect(await stage.scan(scanId)).toBeUndefined();
  });

  it.each<[string, Partial<Person>, number, string]>([
    ['without credits', { scanCredits: 0 }, 402, 'InsufficientCreditsError'],
    ['without an account', { scanCredits: null }, 402, 'InsufficientCreditsError'],
    ['who never consented', { consent: null }, 403, 'ConsentMissingError'],
    [
      'who withdrew the consent',
      { consent: { granted: false, policyVersion: '2026-01', at: Timestamp.now() } },
      403,
      'ConsentMissingError',
    ],
    ['without a profile', { profile: null }, 403, 'ProfileIncompleteError'],
    ['who is leaving', { profile: { deletion: { state: 'requested' } } }, 403, 'AccountDeletionError'],
  ])('refuses a user %s at once, and creates nothing', async (_, changes, status, code) => {
    const { scanId, body, token } = await caller(changes);
    const answer = await api.trigger(token, body);
    expect(answer.status).toBe(status);
    expect(await problemIn(answer)).toMatchObject({ code });
    expect(await stage.scan(scanId)).toBeUndefined();
  });

  it.each<[string, (own: { bucket: string; uid: string; scanId: string }) => string]>([
    ['of another user', ({ scanId }) => `gs://${bucket}/scans/somebody/${scanId}/left.jpg`],
    ['of another scan', ({ uid }) => `gs://${bucket}/scans/${uid}/another/left.jpg`],
    ['in another bucket', ({ uid, scanId }) => `gs://elsewhere/scans/${uid}/${scanId}/left.jpg`],
    [
      'on another host',
      ({ uid, scanId }) => `https://evil.example/${bucket}/scans/${uid}/${scanId}/left.jpg`,
    ],
    ['of another angle', ({ uid, scanId }) => `gs://${bucket}/scans/${uid}/${scanId}/right.jpg`],
    ['by a winding path', ({ uid, scanId }) => `gs://${bucket}/scans/${uid}/${scanId}/../${scanId}/left.jpg`],
  ])('refuses a photo %s', async (_, left) => {
    const { uid, scanId, body, token } = await caller();
    const url = left({ bucket, uid, scanId });
    const answer = await api.trigger(token, { ...body, angleUrls: { ...body.angleUrls, left: url } });
    expect(answer.status).toBe(403);
    const problem = await problemIn(answer);
    expect(problem).toMatchObject({ code: 'PhotoNotOwnedError' });
    expect(problem.detail).toContain('left photo');
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/angleUrls/left']);
    expect(JSON.stringify(problem)).not.toContain(url);
    expect(await stage.scan(scanId)).toBeUndefined();
  });

  it('points to the scan id where no photo is of this scan, and to a weight that nobody has at this height', async () => {
    const { body, token } = await caller();
    const other = { ...body, scanId: newIds().scanId };
    const foreign = await problemIn(await api.trigger(token, other));
    expect(foreign).toMatchObject({ code: 'PhotoNotOwnedError', errors: [{ pointer: '/scanId' }] });
    expect(foreign.detail).not.toContain('front');
    const { weightLb: _, ...rest } = body;
    for (const [weight, field] of [
      [{ weightLb: 900 }, '/weightLb'],
      [{ weightKg: 409 }, '/weightKg'],
    ] as const) {
      const problem = await problemIn(await api.trigger(token, { ...rest, ...weight }));
      expect(problem).toMatchObject({ code: 'MeasuresImplausibleError', errors: [{ pointer: field }] });
    }
    expect(await stage.scan(body.scanId)).toBeUndefined();
    expect(await stage.scan(other.scanId)).toBeUndefined();
  });

  it("refuses the id of somebody else's scan, in the words for an own one that was used before", async () => {
    const owner = await caller();
    await api.trigger(owner.token, owner.body);
    const { uid, body, token } = await caller();
    const answer = await api.trigger(token, {
      ...body,
      scanId: owner.scanId,
      angleUrls: photoUrlsOf(bucket, uid, owner.scanId),
    });
    const own = await api.trigger(owner.token, { ...owner.body, weightLb: 99 });
    expect([answer.status, own.status]).toEqual([409, 409]);
    expect(await problemIn(answer)).toEqual(await problemIn(own));
    expect((await stage.scan(owner.scanId))!.userId).toBe(owner.uid);
  });

  it.each<[string, object, string]>([
    ['no weight', { weightLb: undefined }, '/weightLb'],
    ['a weight as text', { weightLb: '181.4' }, '/weightLb'],
    ['an impossible weight', { weightLb: 5 }, '/weightLb'],
    ['an id with a slash', { scanId: 'a/b' }, '/scanId'],
    ['an id that Firestore keeps for itself', { scanId: '__all__' }, '/scanId'],
    ['photos as a list', { angleUrls: ['gs://x'] }, '/angleUrls'],
    ['a missing angle', { angleUrls: { front: 'a', back: 'b', left: 'c' } }, '/angleUrls/right'],
    ['a reason that there is not', { without: ['foo'] }, '/without/0'],
    [
      'an elevation that no camera has',
      { cameraElevationAngles: { front: 90.1 } },
      '/cameraElevationAngles/front',
    ],
    ['an elevation as text', { cameraElevationAngles: { left: '181.4' } }, '/cameraElevationAngles/left'],
    ['an elevation of a fifth photo', { cameraElevationAngles: { top: 1 } }, '/cameraElevationAngles/top'],
    ['a server field', { status: 'completed' }, '/status'],
    ['a field with a slash in its name', { 'a/b~': 1 }, '/a~1b~0'],
  ])('refuses %s, and names the field', async (_, changes, pointer) => {
    const { body, token } = await caller();
    const answer = await api.trigger(token, { ...body, ...changes });
    expect(answer.status).toBe(400);
    const problem = await problemIn(answer);
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
    expect(problem.detail).toContain(pointer.slice(1));
    expect(JSON.stringify(problem)).not.toContain('181.4');
  });

  it.each([
    ['no body', ''],
    ['what is no JSON', '{"scanId": "4711-secret",'],
    ['JSON that is no object', '"4711-secret"'],
    ['a list', '["4711-secret"]'],
  ])('refuses %s', async (_, body) => {
    const { token } = await caller();
    const answer = await api.trigger(token, body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(await problemIn(answer))).not.toContain('secret');
  });

  it('refuses text that is not UTF-8', async () => {
    const { token } = await caller();
    const answer = await api.send('/api/scan/trigger-workflow', {
      method: 'POST',
      token,
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(answer.status).toBe(400);
    await problemIn(answer);
  });

  it('refuses a body that is too large', async () => {
    const { body, token } = await caller();
    const answer = await api.trigger(token, { ...body, padding: 'x'.repeat(70_000) });
    expect(answer.status).toBe(413);
    await problemIn(answer);
  });

  it.each<[string, Record<string, string>]>([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { 'content-type': 'text/plain' }],
    ['a foreign charset', { 'content-type': 'application/json; charset=utf-7' }],
    ['an unknown charset', { 'content-type': 'application/json; charset=latin1' }],
    ['no type', { 'content-type': '' }],
    ['a foreign encoding', { 'content-type': 'application/json', 'content-encoding': 'compress' }],
  ])('refuses %s', async (_, headers) => {
    const { body, token } = await caller();
    const answer = await api.send('/api/scan/trigger-workflow', {
      method: 'POST',
      token,
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(415);
    await problemIn(answer);
  });

  it('names the wait to a user who asks too often, and to nobody else', async () => {
    const { body, token } = await caller();
    const answers: Response[] = [];
    for (let n = 0; n < 6; n++) answers.push(await api.trigger(token, body));
    const last = answers.at(-1)!;
    expect(answers.map((answer) => answer.status)).toEqual([202, 200, 200, 200, 200, 429]);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(12);
    await problemIn(last);
    const other = await caller();
    expect((await api.trigger(other.token, other.body)).status).toBe(202);
  });
});

/** An unsigned token, as anyone can make it; the Auth emulator's own tokens are unsigned, too. */
const unsigned = (claims: object) =>
  [{ alg: 'none', typ: 'JWT' }, claims, undefined]
    .map((part) => (part ? Buffer.from(JSON.stringify(part)).toString('base64url') : ''))
    .join('.');

describe('who is asked for', () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    sub: 'user-1',
    iat: now - 10,
    exp: now + 3600,
  };

  it.each<[string, string | undefined]>([
    ['no token', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['what is no token', 'Bearer hello'],
    ['a token with a line break in it', 'Bearer a b'],
    ['an expired token', `Bearer ${unsigned({ ...claims, iat: now - 7200, exp: now - 3600 })}`],
    ['a token of another project', `Bearer ${unsigned({ ...claims, aud: 'other' })}`],
    ['a token of nobody', `Bearer ${unsigned({ ...claims, sub: 'nobody' })}`],
  ])('refuses %s on both routes, and says how to sign in', async (_, authorization) => {
    const headers = { ...(authorization && { authorization }), 'content-type': 'application/json' };
    const answers = await Promise.all([
      api.send('/api/scan/trigger-workflow', { method: 'POST', headers, body: '{' }),
      api.send('/api/scan/some-scan', { headers }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="reddyfit"/);
      expect(JSON.stringify(await problemIn(answer))).not.toContain(authorization ?? 'Basic');
    }
  });

  it('refuses a user whose account was disabled', async () => {
    const { uid, body, token } = await caller();
    await getAuth().updateUser(uid, { disabled: true });
    expect((await api.trigger(token, body)).status).toBe(401);
  });
});

describe('GET /api/scan/{scanId}', () => {
  it('shows a scan to its user, times as ISO 8601', async () => {
    const { uid, scanId, body, token } = await caller();
    await api.trigger(token, body);
    await deliver(scanId);
    const busy = { messageCode: 'busy', params: { minutes: 7 }, message: 'Busy.' };
    const startsAt = new Date('2026-11-30T10:07:00.000Z');
    await db.doc(paths.scan(scanId)).update({ busy: { ...busy, startsAt: Timestamp.fromDate(startsAt) } });
    const answer = await api.send(`/api/scan/${scanId}`, { token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const stored = (await stage.scan(scanId))!;
    const shown = await answer.json();
    expect(shown).toMatchObject({ userId: uid, status: 'queued', steps: stored.steps, rev: 1 });
    expect(shown).toHaveProperty('busy', { ...busy, startsAt: startsAt.toISOString() });
    expect(shown).toMatchObject({
      createdAt: new Date(stored.createdAt.toMillis()).toISOString(),
      updatedAt: new Date(stored.updatedAt!.toMillis()).toISOString(),
    });
    expect(Object.keys(shown as object).sort()).toEqual(Object.keys(stored).sort());
  });

  it("shows somebody else's scan as it shows none", async () => {
    const { scanId, body, token } = await caller();
    await api.trigger(token, body);
    const stranger = await caller();
    const foreign = await api.send(`/api/scan/${scanId}`, { token: stranger.token });
    const missing = await api.send(`/api/scan/${newIds().scanId}`, { token: stranger.token });
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect(await problemIn(foreign)).toEqual(await problemIn(missing));
  });

  it.each(['__all__', '..%2Faccounts', '%00', 'a'.repeat(129), 'x.y', '%F0%9F%92%AA'])(
    'finds nothing under the id %s',
    async (id) => {
      const { token } = await caller();
      const answer = await api.send(`/api/scan/${id}`, { token });
      expect(answer.status).toBe(404);
      await problemIn(answer);
    },
  );
});

describe('the API as a whole', () => {
  it('publishes its description to anyone, and lets it be kept for a while', async () => {
    const answer = await api.send('/api/openapi.json');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await answer.json()).toEqual(openApiDocument());
  });

  it("answers under the function's own URL, which swallows /api", async () => {
    const { scanId, body, token } = await caller();
    await api.trigger(token, body);
    expect((await api.send('/openapi.json')).status).toBe(200);
    expect((await api.send(`/scan/${scanId}`, { token })).status).toBe(200);
  });

  it.each(['/', '/api', '/api/', '/api/scan', '/api/scan/', '/api/scan/a/b', '/api/api/openapi.json'])(
    'has nothing at %s',
    async (path) => {
      const answer = await api.send(path);
      expect(answer.status).toBe(404);
      await problemIn(answer);
    },
  );

  it.each([
    ['GET', '/api/scan/trigger-workflow', 'POST'],
    ['DELETE', '/api/scan/some-scan', 'GET'],
    ['PUT', '/api/openapi.json', 'GET'],
    ['OPTIONS', '/api/scan/some-scan', 'GET'],
  ])('does not %s %s, and says what it does', async (method, path, allow) => {
    const answer = await api.send(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    await problemIn(answer);
  });

  it('has no path that was mistyped, and says where the paths are', async () => {
    const { token } = await caller();
    const answer = await api.send('/api/scan/triggerworkflow', { method: 'POST', token });
    expect(answer.status).toBe(404);
    expect((await problemIn(answer)).detail).toContain('/api/openapi.json');
  });

  it('answers HEAD as GET, without the body', async () => {
    const { scanId, body, token } = await caller();
    await api.trigger(token, body);
    const [head, get] = await Promise.all(
      ['HEAD', 'GET'].map((method) => api.send(`/api/scan/${scanId}`, { method, token })),
    );
    expect(head!.status).toBe(200);
    expect(head!.headers.get('content-length')).toBe(get!.headers.get('content-length'));
    expect(await head!.text()).toBe('');
  });

  it('gives nothing to pages of other sites', async () => {
    const answer = await api.send('/api/openapi.json', { headers: { origin: 'https://evil.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
