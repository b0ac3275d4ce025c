import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestScanUploadResponse } from '@reddyfit/shared/api/callables';
import { SCAN_ID_PATTERN } from '@reddyfit/shared/names/ids';
import { ANGLES, defaultBucket, parseGsUrl, photoUrlsOf } from '@reddyfit/shared/scan/photos';
import { Storage } from '@google-cloud/storage';
import { paths } from '@reddyfit/shared/names/paths';
import { SUBMIT_WITHIN_MS } from '@reddyfit/shared/scan/uploads';
import { getAuth } from 'firebase-admin/auth';
import type { Firestore } from 'firebase-admin/firestore';
import { Timestamp } from 'firebase-admin/firestore';
import { type RunningServer, startAuth } from '../../test/servers.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const projectId = 'demo-upload';
const bucket = defaultBucket(projectId);
const auth = { uid: 'user-1', token: {} };

let folder: string;
let storage: Storage;
let request: (call: object) => Promise<unknown>;
let authServer: RunningServer;
let db: Firestore;

beforeAll(async () => {
  authServer = await startAuth(projectId);
  folder = await mkdtemp(join(tmpdir(), 'reddyfit-upload-'));
  const credentials = join(folder, 'service-account.json');
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const account = {
    type: 'service_account',
    project_id: projectId,
    client_email: `signer@${projectId}.iam.gserviceaccount.com`,
    private_key: privateKey,
  };
  await writeFile(credentials, JSON.stringify(account));
  const apiEndpoint = `http://${inject('storage')}`;
  Object.assign(process.env, {
    GOOGLE_APPLICATION_CREDENTIALS: credentials,
    STORAGE_API_ENDPOINT: apiEndpoint,
    FIRESTORE_EMULATOR_HOST: inject('firestore'),
    FIREBASE_AUTH_EMULATOR_HOST: authServer.address,
    TEMPORAL_API_KEY: 'none',
    TEMPORAL_CLIENT_CERT: 'none',
    TEMPORAL_CLIENT_KEY: 'none',
    PAYLOAD_ENCRYPTION_KEYS: 'none',
    ENFORCE_APP_CHECK: 'false',
    GCLOUD_PROJECT: projectId,
    FIREBASE_CONFIG: JSON.stringify({ projectId }),
    METADATA_SERVER_DETECTION: 'none',
  });
  const { requestScanUpload } = await import('../src/callables/request-scan-upload.ts');
  request = async (call) => requestScanUpload.run(call as never);
  storage = new Storage({ apiEndpoint, projectId });
  await storage.createBucket(bucket);
  const { firestore } = await import('../src/platform/firestore.ts');
  db = firestore();
  await getAuth().createUser({ uid: auth.uid });
});

afterAll(async () => {
  await authServer.stop();
  await rm(folder, { recursive: true });
});

it('gives a scan id, the photo URLs to write, and a place for each photo', async () => {
  const response = requestScanUploadResponse.parse(await request({ auth, data: {} }));
  expect(response.scanId).toMatch(SCAN_ID_PATTERN);
  expect(response.photoUrls).toEqual(photoUrlsOf(bucket, 'user-1', response.scanId));
  for (const angle of ANGLES) {
    const { url, headers, expiresAt } = response.uploads[angle];
    expect(headers).toEqual({
      'content-type': 'image/jpeg',
      'x-goog-content-length-range': '1,15728640',
      'x-goog-custom-time': expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      'x-goog-if-generation-match': '0',
    });
    const query = new URL(url).searchParams;
    expect(query.get('X-Goog-SignedHeaders')).toBe(
      'content-type;host;x-goog-content-length-range;x-goog-custom-time;x-goog-if-generation-match',
    );
    expect(query.get('X-Goog-Expires')).toBe('900');
    const lifetime = new Date(expiresAt).getTime() - Date.now();
    expect(lifetime).toBeGreaterThan(14 * 60_000);
    expect(lifetime).toBeLessThanOrEqual(15 * 60_000);
  }
});

it('a photo sent with exactly those headers is what the Storage API reads at its photo URL', async () => {
  const { uploads, photoUrls } = requestScanUploadResponse.parse(await request({ auth, data: undefined }));
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
  await Promise.all(
    ANGLES.map(async (angle) => {
      const { url, method, headers } = uploads[angle];
      const sent = await fetch(url, { method, headers, body: Buffer.concat([jpeg, Buffer.from(angle)]) });
      expect(sent.status).toBe(200);
    }),
  );
  const { bucket: name, object } = parseGsUrl(photoUrls.left);
  const file = storage.bucket(name).file(object);
  expect((await file.download())[0]).toEqual(Buffer.concat([jpeg, Buffer.from('left')]));
  expect((await file.getMetadata())[0].contentType).toBe('image/jpeg');
});

it('signs the content type that was asked for', async () => {
  const { uploads } = requestScanUploadResponse.parse(
    await request({ auth, data: { contentType: 'image/png' } }),
  );
  expect(uploads.front.headers['content-type']).toBe('image/png');
});

it('signs another content type for each photo', async () => {
  const { uploads } = requestScanUploadResponse.parse(
    await request({
      auth,
      data: { contentType: 'image/heic', contentTypes: { back: 'image/jpeg', left: 'image/avif' } },
    }),
  );
  const types = Object.values(uploads).map(({ headers }) => headers['content-type']);
  expect(types).toEqual(['image/heic', 'image/jpeg', 'image/avif', 'image/heic']);
});

it.each([
  ['JPEG XL', { contentType: 'image/jxl' }, 'contentType'],
  ['RAW (DNG)', { contentTypes: { back: 'image/x-adobe-dng' } }, 'contentTypes.back'],
])('refuses %s by name, before anything is uploaded', async (name, data, field) => {
  await expect(request({ auth, data })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(`${field}: ${name} photos are not read: send JPEG, HEIC`) as string,
    details: {
      field,
      messageCode: 'InvalidRequestError.reason',
      params: { field, reason: expect.stringContaining(`${name} photos are not read`) as string },
    },
  });
});

describe('new URLs for an upload that was begun', () => {
  it('lead to the same places, and give the scan more time', async () => {
    const first = requestScanUploadResponse.parse(await request({ auth, data: {} }));
    const { scanId } = first;
    const begun = db.doc(paths.upload(auth.uid, scanId));
    await begun.update({ expiresAt: Timestamp.fromMillis(Date.now() - 60_000) });
    const again = requestScanUploadResponse.parse(
      await request({ auth, data: { scanId, contentTypes: { left: 'image/heic' } } }),
    );
    expect([again.scanId, again.photoUrls]).toEqual([scanId, first.photoUrls]);
    expect(new URL(again.uploads.left.url).pathname).toBe(new URL(first.uploads.left.url).pathname);
    expect(again.uploads.left.headers['content-type']).toBe('image/heic');
    expect(((await begun.get()).get('expiresAt') as Timestamp).toMillis()).toBeGreaterThan(Date.now());
  });

  it.each<[string, (upload: { scanId: string }) => Promise<unknown>]>([
    ['that is not of this user', async ({ scanId }) => db.doc(paths.upload(auth.uid, scanId)).delete()],
    ['that was submitted', async ({ scanId }) => db.doc(paths.scan(scanId)).set({ userId: auth.uid })],
    ['whose scan was deleted', async ({ scanId }) => db.doc(paths.auditLog(scanId)).set({ seq: 1 })],
    [
      'that may be being deleted',
      async ({ scanId }) => {
        const expiresAt = Timestamp.fromMillis(Date.now() - SUBMIT_WITHIN_MS);
        await db.doc(paths.upload(auth.uid, scanId)).update({ expiresAt });
      },
    ],
  ])('are refused for one %s', async (_, becomes) => {
    const { scanId } = (await request({ auth, data: {} })) as { scanId: string };
    await becomes({ scanId });
    await expect(request({ auth, data: { scanId } })).rejects.toMatchObject({
      code: 'not-found',
      details: { code: 'UploadNotFoundError' },
    });
  });
});

it('gives every caller another scan id', async () => {
  const ids = await Promise.all(
    [1, 2, 3].map(async () => (await request({ auth, data: {} })) as { scanId: string }),
  );
  expect(new Set(ids.map((response) => response.scanId)).size).toBe(3);
});

it('refuses an account that is marked for deletion, and a token whose user is gone', async () => {
  const [marked, gone] = ['marked', 'gone'];
  for (const uid of [marked, gone]) await getAuth().createUser({ uid });
  await db.doc(paths.user(marked)).set({ deletion: { state: 'requested' } });
  await getAuth().deleteUser(gone);
  await expect(request({ auth: { uid: marked, token: {} }, data: {} })).rejects.toMatchObject({
    code: 'failed-precondition',
    details: { code: 'AccountDeletionError' },
  });
  await expect(request({ auth: { uid: gone, token: {} }, data: {} })).rejects.toMatchObject({
    code: 'unauthenticated',
    details: { code: 'SignInRequiredError' },
  });
  for (const uid of [marked, gone]) expect((await db.collection(paths.uploads(uid)).get()).size).toBe(0);
});

it('lets no photo leave the phone of a child', async () => {
  const child = { uid: 'child', token: {} };
  await getAuth().createUser({ uid: child.uid });
  await db.doc(paths.user(child.uid)).set({ birthDate: `${new Date().getFullYear() - 8}-01-02` });
  await expect(request({ auth: child, data: {} })).rejects.toMatchObject({
    code: 'failed-precondition',
    message: expect.stringContaining('16 years or older'),
    details: { code: 'AgeNotAllowedError' },
  });
});

it('asks for no more photos of an upload that was begun before a pregnancy', async () => {
  const later = { uid: 'expecting-later', token: {} };
  await getAuth().createUser({ uid: later.uid });
  await db.doc(paths.user(later.uid)).set({ sex: 'female' });
  const { scanId } = requestScanUploadResponse.parse(await request({ auth: later, data: {} }));
  await db.doc(paths.user(later.uid)).update({ pregnant: true });
  await expect(request({ auth: later, data: { scanId } })).rejects.toMatchObject({
    details: { code: 'NoBodyFatError' },
  });
});

it('asks for no photo during pregnancy, and says why', async () => {
  const expecting = { uid: 'expecting', token: {} };
  await getAuth().createUser({ uid: expecting.uid });
  await db.doc(paths.user(expecting.uid)).set({ sex: 'female', pregnant: true });
  await expect(request({ auth: expecting, data: {} })).rejects.toMatchObject({
    code: 'failed-precondition',
    message: expect.stringContaining('No body fat is given during pregnancy'),
    details: { code: 'NoBodyFatError', messageCode: 'NoBodyFatError.pregnancy' },
  });
  expect((await db.collection(paths.uploads(expecting.uid)).get()).size).toBe(0);
  await db.doc(paths.user(expecting.uid)).update({ pregnant: false });
  await expect(request({ auth: expecting, data: {} })).resolves.toHaveProperty('uploads');
});

it('hands out ten uploads that are not submitted, and says when there is room again', async () => {
  const many = { uid: 'many', token: {} };
  await getAuth().createUser({ uid: many.uid });
  const begun: string[] = [];
  for (let count = 0; count < 10; count += 1) {
    begun.push(((await request({ auth: many, data: {} })) as { scanId: string }).scanId);
  }
  await expect(request({ auth: many, data: {} })).rejects.toMatchObject({
    code: 'resource-exhausted',
    details: { code: 'TooManyUploadsError', max: 10, retryAfterSeconds: expect.any(Number) },
  });
  // An upload that became a scan no longer counts, nor does one whose URLs have expired.
  await db.doc(paths.scan(begun[0]!)).set({ userId: many.uid, status: 'completed' });
  await request({ auth: many, data: {} });
  await db.doc(paths.upload(many.uid, begun[1]!)).update({ expiresAt: Timestamp.fromMillis(Date.now() - 1) });
  await request({ auth: many, data: {} });
  await expect(request({ auth: many, data: {} })).rejects.toMatchObject({
    details: { code: 'TooManyUploadsError' },
  });
});

it('says that it may be asked again where another transaction holds what it writes to', async () => {
  const busy = { uid: 'busy', token: {} };
  await getAuth().createUser({ uid: busy.uid });
  const over = Promise.withResolvers<void>();
  const read = Promise.withResolvers<void>();
  const holder = db.runTransaction(
    async (tx) => {
      await tx.get(db.collection(paths.uploads(busy.uid)));
      read.resolve();
      await over.promise;
    },
    { maxAttempts: 1 },
  );
  await read.promise;
  try {
    await expect(request({ auth: busy, data: {} })).rejects.toMatchObject({
      code: 'unavailable',
      details: { code: 'UnavailableError' },
    });
  } finally {
    over.resolve();
    await holder.catch(() => {});
  }
  await expect(request({ auth: busy, data: {} })).resolves.toHaveProperty('uploads');
});

it('refuses someone who is not signed in', async () => {
  await expect(request({ data: {} })).rejects.toMatchObject({ code: 'unauthenticated' });
});

it.each([
  ['a type that is no photo', { contentType: 'image/svg+xml' }, 'contentType'],
  ['a type that is no text', { contentType: 7 }, 'contentType'],
  ['an unknown field', { contentType: 'image/jpeg', userId: 'mine' }, 'userId'],
  ['a photo that there is not', { contentTypes: { top: 'image/jpeg' } }, 'contentTypes.top'],
  ['a scan id that is none', { scanId: 'a/b' }, 'scanId'],
  ['no object', 'image/jpeg', 'data'],
])('refuses %s, and names the field', async (_, data, field) => {
  await expect(request({ auth, data })).rejects.toMatchObject({
    code: 'invalid-argument',
    details: { field },
  });
});
