import { Agent } from 'node:https';
import { createConnection } from 'node:net';
import { deleteApp, initializeApp, type App } from 'firebase-admin/app';
import { getMessaging, type Messaging } from 'firebase-admin/messaging';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFcmStandIn, type FcmStandIn, type SentMessage } from './fcm-stand-in.ts';

describe('FCM stand-in behind firebase-admin', () => {
  let fcm: FcmStandIn;
  let app: App;
  let messaging: Messaging;

  beforeAll(async () => {
    fcm = await startFcmStandIn({ host: '127.0.0.1', port: 0 });
    const httpAgent = new Agent();
    httpAgent.createConnection = () =>
      createConnection({ host: '127.0.0.1', port: Number(new URL(fcm.url).port) });
    const credential = { getAccessToken: async () => ({ access_token: 'local', expires_in: 3600 }) };
    app = initializeApp({ projectId: 'demo-fcm', credential, httpAgent }, 'fcm-stand-in-test');
    messaging = getMessaging(app);
    messaging.enableLegacyHttpTransport();
  });
  afterAll(async () => {
    await deleteApp(app);
    await fcm.close();
  });
  afterEach(async () => {
    await fetch(`${fcm.url}/messages`, { method: 'DELETE' });
    await fetch(`${fcm.url}/faults`, { method: 'DELETE' });
  });

  const send = (...tokens: string[]) =>
    messaging.sendEachForMulticast({
      tokens,
      notification: { title: 'Hello', body: 'There' },
      data: { scanId: 's1' },
    });
  const sent = async () => (await (await fetch(`${fcm.url}/messages`)).json()) as SentMessage[];
  const fail = (fault: object) => fetch(`${fcm.url}/faults`, { method: 'POST', body: JSON.stringify(fault) });

  it('lists what was sent, newest last', async () => {
    await send('phone');
    await send('tablet');
    expect(await sent()).toMatchObject([
      {
        projectId: 'demo-fcm',
        message: { token: 'phone', notification: { title: 'Hello', body: 'There' }, data: { scanId: 's1' } },
      },
      { message: { token: 'tablet' } },
    ]);
  });

  it.each([
    ['UNREGISTERED', 'messaging/registration-token-not-registered'],
    ['INVALID_ARGUMENT', 'messaging/invalid-argument'],
    ['SENDER_ID_MISMATCH', 'messaging/mismatched-credential'],
    ['THIRD_PARTY_AUTH_ERROR', 'messaging/third-party-auth-error'],
    ['INTERNAL', 'messaging/internal-error'],
  ])('makes one token fail with %s and takes the others', async (code, adminCode) => {
    await fail({ token: 'gone', code });
    const { responses } = await send('gone', 'phone');
    expect(responses[0]!.error?.code).toBe(adminCode);
    expect(responses[1]!.success).toBe(true);
    expect((await sent()).map(({ message }) => message.token)).toEqual(['phone']);
  });

  it('ends a fault after the given number of times', async () => {
    await fail({ token: 'phone', code: 'INTERNAL', times: 1 });
    expect((await send('phone')).successCount).toBe(0);
    expect((await send('phone')).successCount).toBe(1);
  });

  it('names the wait of a fault in Retry-After', async () => {
    await fail({ token: 'phone', code: 'QUOTA_EXCEEDED', retryAfterSeconds: 7 });
    const answer = await post(fcm, { message: { token: 'phone' } });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it.each([
    ['no target', { message: { notification: { title: 'x' } } }],
    ['two targets', { message: { token: 'phone', topic: 'news' } }],
    ['data that is not text', { message: { token: 'phone', data: { count: 1 } } }],
    ['a reserved data key', { message: { token: 'phone', data: { from: 'me' } } }],
    ['no message', {}],
  ])('refuses a request with %s', async (_, body) => {
    const answer = await post(fcm, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { status: 'INVALID_ARGUMENT', details: [{ errorCode: 'INVALID_ARGUMENT' }] },
    });
    expect(await sent()).toEqual([]);
  });

  it('refuses a fault that FCM does not have', async () => {
    expect((await fail({ token: 'phone', code: 'NO_SUCH_CODE' })).status).toBe(400);
  });

  it('answers a health check', async () => {
    expect((await fetch(`${fcm.url}/health`)).status).toBe(200);
  });
});

function post({ url }: FcmStandIn, body: unknown): Promise<Response> {
  return fetch(`${url}/v1/projects/demo-fcm/messages:send`, {
    method: 'POST',
    headers: { authorization: 'Bearer local' },
    body: JSON.stringify(body),
  });
}
