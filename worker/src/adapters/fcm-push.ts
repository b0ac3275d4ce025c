/** Push by Firebase Cloud Messaging to all of a user's devices. */

import { createConnection } from 'node:net';
import { Agent } from 'node:https';
import { type App, initializeApp } from 'firebase-admin/app';
import { type Firestore } from 'firebase-admin/firestore';
import { getMessaging, type MulticastMessage, type SendResponse } from 'firebase-admin/messaging';
import { paths } from '@reddyfit/shared/paths';
import { type Device, MAX_DEVICES } from '@reddyfit/shared/users';
import type { Push, PushMessage } from '../ports.ts';

/** Codes that say the token will never work again. */
const DEAD_TOKEN = new Set([
  'messaging/registration-token-not-registered',
  'messaging/invalid-registration-token',
]);

/** A Firebase app whose FCM requests go to the server at `endpoint`, over plain HTTP, with a token that only it accepts. */
export function appWithFcmAt(endpoint: string, projectId: string): App {
  const { hostname, port } = new URL(endpoint);
  const httpAgent = new Agent();
  httpAgent.createConnection = () => createConnection({ host: hostname, port: Number(port) });
  const credential = { getAccessToken: async () => ({ access_token: 'local', expires_in: 3600 }) };
  return initializeApp({ projectId, credential, httpAgent }, 'fcm');
}

/** The user's most recently renewed devices are read from `db`; a token that FCM no longer knows is removed. */
export function fcmPush(db: Firestore, app: App, { http2 = true } = {}): Push {
  const messaging = getMessaging(app);
  if (!http2) messaging.enableLegacyHttpTransport();
  return {
    async send(uid, message) {
      const devices = await db
        .collection(paths.devices(uid))
        .orderBy('updatedAt', 'desc')
        .limit(MAX_DEVICES)
        .get();
      if (devices.empty) return 0;
      const tokens = devices.docs.map((document) => (document.data() as Device).token);
      const { responses, successCount } = await messaging.sendEachForMulticast(multicast(message, tokens));

      const dead = devices.docs.filter((_, index) => DEAD_TOKEN.has(responses[index]?.error?.code ?? ''));
      await Promise.all(dead.map((document) => document.ref.delete()));
      const failed = responses.find(isTransient);
      if (failed) throw new Error('push failed for a device', { cause: failed.error });
      return successCount;
    },
  };
}

function isTransient({ success, error }: SendResponse): boolean {
  return !success && !DEAD_TOKEN.has(error?.code ?? '') && error?.code !== 'messaging/mismatched-credential';
}

function multicast({ title, body, data, collapseKey }: PushMessage, tokens: string[]): MulticastMessage {
  return {
    tokens,
    notification: { title, body },
    data,
    android: { collapseKey, notification: { tag: collapseKey } },
    apns: { headers: { 'apns-collapse-id': collapseKey }, payload: { aps: { sound: 'default' } } },
    webpush: { headers: { Topic: collapseKey.slice(0, 32) }, notification: { tag: collapseKey } },
  };
}
