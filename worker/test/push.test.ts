/**
 * Tests pushes with the real firebase-admin and the FCM stand-in: which devices get a push, how often, and what happens
 * to the other devices.
 */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { paths } from '@reddyfit/shared/names/paths';
import { MAX_DEVICES, type PushRecord } from '@reddyfit/shared/account/users';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore, Timestamp } from 'firebase-admin/firestore';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { type FcmStandIn, type SentMessage, startFcmStandIn } from '../../local/stand-ins/fcm-stand-in.ts';
import { appWithFcmAt, fcmPush } from '../src/push/fcm-push.ts';
import type { Push, PushMessage } from '../src/push/ports.ts';

const projectId = `demo-push-${randomUUID().slice(0, 8)}`;
const options = { webAppUrl: 'https://app.example' };
const INVALID_TOKEN = 'The registration token is not a valid FCM registration token';

let fcm: FcmStandIn;
let db: Firestore;
let push: Push;
let logged: string[];

beforeAll(async () => {
  process.env['FIRESTORE_EMULATOR_HOST'] = inject('firestore');
  fcm = await startFcmStandIn({ host: '127.0.0.1', port: 0 });
  const [app, fcmApp] = [initializeApp({ projectId }, 'push-test'), appWithFcmAt(fcm.url, projectId)];
  db = getFirestore(app);
  push = fcmPush(db, fcmApp, options);
  return async () => {
    await Promise.all([deleteApp(app), deleteApp(fcmApp)]);
    await fcm.close();
  };
});

beforeEach(() => {
  logged = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(['messages', 'faults'].map((what) => fetch(`${fcm.url}/${what}`, { method: 'DELETE' })));
});

/** Makes a user with a device for each token; the first token's device was renewed last. */
async function userWith(...tokens: string[]): Promise<string> {
  const uid = `user-${randomUUID()}`;
  await Promise.all(
    tokens.map((token, n) =>
      db.doc(paths.device(uid, `device-${n}`)).set({
        token,
        platform: 'ios',
        updatedAt: Timestamp.fromMillis(Date.now() - n * 1000),
      }),
    ),
  );
  return uid;
}

const newTokens = (count: number) => Array.from({ length: count }, () => `token-${randomUUID()}`);

function newMessage(change: Partial<PushMessage> = {}): PushMessage {
  const text = { title: 'Scan Results Ready! 🎉', body: 'Done.' };
  return { scanId: randomUUID(), status: 'completed', ...text, quiet: false, ...change };
}

const received = async () => (await (await fetch(`${fcm.url}/messages`)).json()) as SentMessage[];
const tokensReached = async () => (await received()).map(({ message }) => message.token).toSorted();

async function devicesOf(uid: string): Promise<string[]> {
  const { docs } = await db.collection(paths.devices(uid)).get();
  return docs.map((document) => document.get('token') as string).toSorted();
}

async function fault(token: string, code: string, more: object = {}): Promise<void> {
  const body = JSON.stringify({ token, code, ...more });
  const answer = await fetch(`${fcm.url}/faults`, { method: 'POST', body });
  expect(answer.status).toBe(204);
}

const linesOf = (message: string) =>
  logged
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['message'] === message);

describe('a message to several devices', () => {
  it('goes again only to those that did not get it, whoever sends it again', async () => {
    const [fine, gone, busy, foreign, throttled] = newTokens(5) as [string, string, string, string, string];
    const uid = await userWith(fine, gone, busy, foreign, throttled);
    await fault(gone, 'UNREGISTERED');
    await fault(busy, 'UNAVAILABLE', { times: 1 });
    await fault(foreign, 'THIRD_PARTY_AUTH_ERROR');
    await fault(throttled, 'QUOTA_EXCEEDED', { times: 2, retryAfterSeconds: 17 });
    const message = newMessage();

    await expect(push.send(uid, message)).rejects.toMatchObject({ retryAfterMs: 17_000 });
    expect(await tokensReached()).toEqual([fine]);

    // Another process knows only what is in the database.
    const otherApp = appWithFcmAt(fcm.url, projectId, 'elsewhere');
    const elsewhere = fcmPush(db, otherApp, options);
    await expect(elsewhere.send(uid, message)).rejects.toMatchObject({ retryAfterMs: 17_000 });
    expect(await tokensReached()).toEqual([fine, busy].toSorted());
    expect(await push.send(uid, message)).toBe(1);
    expect(await push.send(uid, message)).toBe(0);
    await deleteApp(otherApp);

    expect(await tokensReached()).toEqual([fine, busy, throttled].toSorted());
    expect(await devicesOf(uid)).toEqual([fine, busy, foreign, throttled].toSorted());
    expect(linesOf('push_refused')).toHaveLength(1);
  });

  it('goes to a device that registered since', async () => {
    const [first, second] = newTokens(2) as [string, string];
    const uid = await userWith(first);
    const message = newMessage();
    await push.send(uid, message);
    const late = { token: second, platform: 'web', updatedAt: Timestamp.now() };
    await db.doc(paths.device(uid, 'late')).set(late);
    expect(await push.send(uid, message)).toBe(1);
    expect(await tokensReached()).toEqual([first, second].toSorted());
  });

  it('goes once to a token that is registered twice', async () => {
    const [token] = newTokens(1) as [string];
    expect(await push.send(await userWith(token, token), newMessage())).toBe(1);
    expect(await tokensReached()).toEqual([token]);
  });

  it('is another one for another state, and for another scan', async () => {
    const [token] = newTokens(1) as [string];
    const uid = await userWith(token);
    const message = newMessage();
    await push.send(uid, message);
    await push.send(uid, { ...message, status: 'failed' });
    await push.send(uid, newMessage());
    expect(await received()).toHaveLength(3);
  });

  it('goes to the newest devices of somebody with too many, and past what is no device', async () => {
    const tokens = newTokens(MAX_DEVICES + 3);
    const uid = await userWith(...tokens);
    await db.doc(paths.device(uid, 'device-0')).update({ token: 5 });
    expect(await push.send(uid, newMessage())).toBe(MAX_DEVICES - 1);
    expect(await tokensReached()).toEqual(tokens.slice(1, MAX_DEVICES).toSorted());
  });

  it('is remembered without a token in it, and not for ever', async () => {
    const [token] = newTokens(1) as [string];
    const uid = await userWith(token);
    const { scanId, status, ...text } = newMessage();
    await push.send(uid, { scanId, status, ...text });
    const record = (await db.doc(paths.push(uid, scanId, status)).get()).data() as PushRecord;
    expect(Object.values(record.tokens)).toEqual(['sent']);
    expect(JSON.stringify(record)).not.toContain(token);
    expect(record.expiresAt.toMillis()).toBeGreaterThan(Date.now() + 86_400_000);
  });

  it('does nothing for somebody without a device', async () => {
    expect(await push.send('nobody', newMessage())).toBe(0);
  });
});

describe('what FCM answers', () => {
  it.each([
    ['UNREGISTERED', {}],
    ['SENDER_ID_MISMATCH', {}],
    ['INVALID_ARGUMENT', { message: INVALID_TOKEN }],
  ])('%s removes the token, and is not tried again', async (code, more) => {
    const [gone, fine] = newTokens(2) as [string, string];
    const uid = await userWith(gone, fine);
    await fault(gone, code, more);
    expect(await push.send(uid, newMessage())).toBe(1);
    expect(await devicesOf(uid)).toEqual([fine]);
  });

  it.each([
    ['THIRD_PARTY_AUTH_ERROR', 'messaging/third-party-auth-error'],
    ['INVALID_ARGUMENT', 'messaging/invalid-argument'],
  ])('%s is for the operator: nothing removed, nothing tried again', async (code, name) => {
    const [refused, alike, fine] = newTokens(3) as [string, string, string];
    const uid = await userWith(refused, alike, fine);
    await Promise.all([refused, alike].map((token) => fault(token, code)));
    const message = newMessage();
    expect(await push.send(uid, message)).toBe(1);
    expect(linesOf('push_refused')).toMatchObject([
      { severity: 'ERROR', code: name, devices: 2, scanId: message.scanId },
    ]);
    expect(await devicesOf(uid)).toEqual([refused, alike, fine].toSorted());
    expect(await push.send(uid, message)).toBe(0);
    expect(linesOf('push_refused')).toHaveLength(1);
    expect(logged.join('')).not.toContain('token-');
  });

  it.each([
    ['UNAVAILABLE', undefined],
    ['INTERNAL', undefined],
    // After this error FCM wants the sender to wait a minute.
    ['QUOTA_EXCEEDED', 60_000],
  ])('%s is tried again, after the time FCM asks for', async (code, withoutHeader) => {
    const [busy, fine] = newTokens(2) as [string, string];
    const uid = await userWith(busy, fine);
    const message = newMessage();
    await fault(busy, code, { times: 1, retryAfterSeconds: 120 });
    await expect(push.send(uid, message)).rejects.toMatchObject({
      code: 'InternalError',
      retryAfterMs: 120_000,
    });
    await fault(busy, code, { times: 1 });
    await expect(push.send(uid, message)).rejects.toMatchObject({ retryAfterMs: withoutHeader });
    expect(await push.send(uid, message)).toBe(1);
    expect(await devicesOf(uid)).toEqual([busy, fine].toSorted());
    expect(await tokensReached()).toEqual([busy, fine].toSorted());
  });

  it('is not waited for inside an attempt, however long FCM asks to wait', async () => {
    const [busy] = newTokens(1) as [string];
    const uid = await userWith(busy);
    // Fails once. By itself firebase-admin would wait these 30 s, send again and succeed.
    await fault(busy, 'UNAVAILABLE', { times: 1, retryAfterSeconds: 30 });
    const started = Date.now();
    await expect(push.send(uid, newMessage())).rejects.toMatchObject({ retryAfterMs: 30_000 });
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('nothing at all is tried again', async () => {
    const nowhere = await startFcmStandIn({ host: '127.0.0.1', port: 0 });
    const app = appWithFcmAt(nowhere.url, projectId, 'nowhere');
    await nowhere.close();
    const uid = await userWith(...newTokens(2));
    const sender = fcmPush(db, app, options);
    await expect(sender.send(uid, newMessage())).rejects.toMatchObject({ code: 'InternalError' });
    expect(await devicesOf(uid)).toHaveLength(2);
    await deleteApp(app);
  });

  it('keeps a device that got a new token while the old one was found dead', async () => {
    const [old, fresh] = newTokens(2) as [string, string];
    const uid = await userWith(old);
    const error = { code: 404, message: 'gone', status: 'NOT_FOUND' };
    const slow = createServer((_, response) => {
      void (async () => {
        await db.doc(paths.device(uid, 'device-0')).update({ token: fresh });
        response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
      })();
    }).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const app = appWithFcmAt(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`, projectId, 'slow');
    expect(await fcmPush(db, app, options).send(uid, newMessage())).toBe(0);
    expect(await devicesOf(uid)).toEqual([fresh]);
    await deleteApp(app);
    slow.closeAllConnections();
    slow.close();
  });
});
