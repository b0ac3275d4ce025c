/** Tests registering and unregistering devices, tokens that move to another user, and tokens that no app renews. */

import { randomUUID } from 'node:crypto';
import { registerDeviceResponse } from '@reddyfit/shared/api/callables';
import { paths } from '@reddyfit/shared/names/paths';
import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import type { CallableFunction } from 'firebase-functions/v2/https';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type DeliverWrite, loadWriteTrigger } from './trigger.ts';

type Call = (uid: string | null, data: unknown) => Promise<unknown>;

let db: Firestore;
let deliver: DeliverWrite;
let register: Call;
let unregister: Call;
let pruneUnseen: (now: Date) => Promise<number>;

/** Calls a callable, as the user `uid` or, with null, without a sign-in. */
const calling =
  (callable: CallableFunction<unknown, Promise<unknown>>): Call =>
  (uid, data) =>
    callable.run({ data, ...(uid && { auth: { uid, token: {} } }) } as never);

beforeAll(async () => {
  const projectId = 'demo-register-device';
  process.env['ENFORCE_APP_CHECK'] = 'false';
  ({ db, deliver } = await loadWriteTrigger(
    projectId,
    { firestore: inject('firestore'), temporal: inject('temporal') },
    async () => (await import('../src/triggers/on-device-written.ts')).onDeviceWritten,
  ));
  register = calling((await import('../src/callables/register-device.ts')).registerDevice);
  unregister = calling((await import('../src/callables/unregister-device.ts')).unregisterDevice);
  ({ pruneUnseen } = await import('../src/triggers/prune-devices.ts'));
});

afterAll(async () => {
  await db.terminate();
});

const newUid = () => `user-${randomUUID()}`;
const newToken = () => `${randomUUID()}:APA91b`;
const registered = async (uid: string, data: object) =>
  registerDeviceResponse.parse(await register(uid, { platform: 'android', ...data })).deviceId;

async function devicesOf(uid: string): Promise<Record<string, string>> {
  const { docs } = await db.collection(paths.devices(uid)).get();
  return Object.fromEntries(docs.map((document) => [document.id, document.get('token') as string]));
}

describe('registerDevice', () => {
  it('is the same device again for the same token, renewed', async () => {
    const [uid, token] = [newUid(), newToken()];
    const deviceId = await registered(uid, { token });
    const before = (await db.doc(paths.device(uid, deviceId)).get()).get('updatedAt') as Timestamp;
    expect(await registered(uid, { token })).toBe(deviceId);
    const device = await db.doc(paths.device(uid, deviceId)).get();
    expect(device.data()).toEqual({
      token,
      platform: 'android',
      updatedAt: device.get('updatedAt') as Timestamp,
    });
    expect((device.get('updatedAt') as Timestamp).toMillis()).toBeGreaterThanOrEqual(before.toMillis());
    expect(Object.keys(await devicesOf(uid))).toEqual([deviceId]);
  });

  it('gives a device that has an id its new token', async () => {
    const [uid, old, fresh] = [newUid(), newToken(), newToken()];
    expect(await registered(uid, { token: old, deviceId: 'my-phone' })).toBe('my-phone');
    await registered(uid, { token: fresh, deviceId: 'my-phone' });
    expect(await devicesOf(uid)).toEqual({ 'my-phone': fresh });
  });

  it('takes the token from whoever had it before, and nothing else of theirs', async () => {
    const [first, second, token, other] = [newUid(), newUid(), newToken(), newToken()];
    await registered(first, { token, deviceId: 'shared-phone' });
    await registered(first, { token: other, deviceId: 'own-tablet' });
    await registered(second, { token });
    expect(await devicesOf(first)).toEqual({ 'own-tablet': other });
    expect(Object.values(await devicesOf(second))).toEqual([token]);
  });

  it('leaves a token with one of two who register it at once', async () => {
    const [first, second, token] = [newUid(), newUid(), newToken()];
    await Promise.all([registered(first, { token }), registered(second, { token })]);
    const holders = await db.collectionGroup(paths.allDevices()).where('token', '==', token).get();
    expect(holders.size).toBe(1);
  });

  it.each([
    ['no token', { platform: 'ios' }],
    ['an empty token', { token: '', platform: 'ios' }],
    ['a token beyond 4096 characters', { token: 'x'.repeat(4097), platform: 'ios' }],
    ['another platform', { token: 't', platform: 'windows' }],
    ['an id that leads elsewhere', { token: 't', platform: 'ios', deviceId: '../../accounts/a' }],
    ['an id that Firestore keeps for itself', { token: 't', platform: 'ios', deviceId: '__x__' }],
    ['what is not asked for', { token: 't', platform: 'ios', uid: 'somebody' }],
  ])('refuses %s', async (_, data) => {
    await expect(register(newUid(), data)).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { code: 'InvalidRequestError' },
    });
  });

  it('asks who is calling', async () => {
    await expect(register(null, { token: 't', platform: 'ios' })).rejects.toMatchObject({
      details: { code: 'SignInRequiredError' },
    });
  });
});

describe('unregisterDevice', () => {
  it('ends by id or by token what was registered, and is calm about the rest', async () => {
    const [uid, phone, tablet] = [newUid(), newToken(), newToken()];
    await registered(uid, { token: phone, deviceId: 'phone' });
    await registered(uid, { token: tablet });
    expect(await unregister(uid, { deviceId: 'phone' })).toEqual({ devices: 1 });
    expect(await unregister(uid, { deviceId: 'phone' })).toEqual({ devices: 0 });
    expect(Object.values(await devicesOf(uid))).toEqual([tablet]);
    expect(await unregister(uid, { token: tablet })).toEqual({ devices: 1 });
    expect(await devicesOf(uid)).toEqual({});
  });

  it("does not touch another user's device", async () => {
    const [uid, stranger, token] = [newUid(), newUid(), newToken()];
    await registered(uid, { token, deviceId: 'phone' });
    expect(await unregister(stranger, { token })).toEqual({ devices: 0 });
    expect(await unregister(stranger, { deviceId: 'phone' })).toEqual({ devices: 0 });
    expect(await devicesOf(uid)).toEqual({ phone: token });
  });

  it.each([{}, { deviceId: 'a', token: 'b' }, { deviceId: 'a/b' }])('refuses %j', async (data) => {
    await expect(unregister(newUid(), data)).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

const write = (uid: string, token: string, updatedAt = Timestamp.now()) =>
  db.doc(paths.device(uid, 'phone')).set({ token, platform: 'ios', updatedAt });

describe('a token that an app writes itself', () => {
  it('leaves whoever had it before, however the events come', async () => {
    const [first, second, token] = [newUid(), newUid(), newToken()];
    // A phone's clock must not matter: the first phone's is a minute ahead.
    await write(first, token, Timestamp.fromMillis(Date.now() + 60_000));
    await write(second, token);
    for (const uid of [second, first, second]) await deliver(paths.device(uid, 'phone'));
    expect(await devicesOf(first)).toEqual({});
    expect(await devicesOf(second)).toEqual({ phone: token });
  });
});

describe('tokens that nobody renews', () => {
  it('go after 270 days, of all users, however many', async () => {
    const now = new Date();
    const ago = (days: number) => Timestamp.fromMillis(now.getTime() - days * 86_400_000);
    const uids = Array.from({ length: 30 }, newUid);
    const writer = db.bulkWriter();
    for (const uid of uids) {
      for (let n = 0; n < 15; n += 1) {
        const device = { token: newToken(), platform: 'web', updatedAt: ago(271 + n) };
        void writer.set(db.doc(paths.device(uid, `old-${n}`)), device);
      }
      const young = { token: newToken(), platform: 'web', updatedAt: ago(269) };
      void writer.set(db.doc(paths.device(uid, 'young')), young);
    }
    await writer.close();
    expect(await pruneUnseen(now)).toBe(450);
    expect(await pruneUnseen(now)).toBe(0);
    const left = await Promise.all(uids.map(devicesOf));
    expect(left.map((devices) => Object.keys(devices))).toEqual(uids.map(() => ['young']));
  });
});
