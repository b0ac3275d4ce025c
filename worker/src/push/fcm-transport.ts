/**
 * firebase-admin's way to FCM, made to leave retrying to Temporal and to tell how long FCM asks to wait.
 *
 * By itself it repeats a 503 up to four times, with up to a minute between, beyond the time of an activity's attempt and
 * although FCM may have taken the message (firebase-admin-node#1248); and it keeps Retry-After to itself (#43). There is no
 * public way to either in 13.10, so this reaches inside; its test notices when the inside changes.
 */

import type { App } from 'firebase-admin/app';
import { getMessaging, type Messaging, type SendResponse } from 'firebase-admin/messaging';
import { retryAfter } from '../platform/retry-after.ts';

/** What is inside Messaging: lib/messaging/messaging-api-request-internal.js and lib/utils/api-request.js. */
interface RequestHandler {
  httpClient: { retry?: { maxRetries: number } | undefined };
  buildSendResponseFromError(error: {
    response: { headers: Record<string, string | undefined> };
  }): SendResponse;
}

/** What FCM asked for with each error (ms). */
const waits = new WeakMap<object, number>();

/**
 * FCM as `app` reaches it, over HTTP/1.1 in every place: sendEach's HTTP/2 opens a session for each call, and rejects as a
 * whole when that breaks, without saying who got the message. Throws when firebase-admin is not the version this knows.
 */
export function openMessaging(app: App): Messaging {
  const messaging = getMessaging(app);
  messaging.enableLegacyHttpTransport();
  const handler = (messaging as unknown as { messagingRequestHandler?: RequestHandler })
    .messagingRequestHandler;
  if (!handler?.httpClient?.retry || typeof handler.buildSendResponseFromError !== 'function') {
    throw new Error('firebase-admin has changed inside: see worker/src/push/fcm-transport.ts');
  }
  handler.httpClient.retry.maxRetries = 0;
  const build = handler.buildSendResponseFromError.bind(handler);
  handler.buildSendResponseFromError = (error) => {
    const response = build(error);
    const value = error.response.headers['retry-after'];
    const wait = value === undefined ? undefined : retryAfter(new Headers({ 'retry-after': value }));
    if (response.error && wait !== undefined) waits.set(response.error, wait);
    return response;
  };
  return messaging;
}

/** The wait that came with an error (ms), if any. */
export function waitAskedFor(error: object | undefined): number | undefined {
  return error && waits.get(error);
}
