/**
 * Changes how firebase-admin sends to FCM, so that only Temporal retries, and so that the wait for which FCM asks is
 * known.
 *
 * By itself firebase-admin repeats a 503 up to four times, with up to a minute between attempts. That exceeds the time
 * of an activity's attempt, and FCM may already have taken the message (firebase-admin-node#1248). It also hides
 * Retry-After (#43). Version 13.10 has no public API for either, so this file changes internals; its test fails when
 * the internals change.
 */

import type { App } from 'firebase-admin/app';
import { getMessaging, type Messaging, type SendResponse } from 'firebase-admin/messaging';
import { retryAfter } from '../platform/retry-after.ts';

/** Internals of Messaging: lib/messaging/messaging-api-request-internal.js and lib/utils/api-request.js. */
interface RequestHandler {
  httpClient: { retry?: { maxRetries: number } | undefined };
  buildSendResponseFromError(error: {
    response: { headers: Record<string, string | undefined> };
  }): SendResponse;
}

/** Each error → the wait for which FCM asked with it (ms). */
const waits = new WeakMap<object, number>();

/**
 * The Messaging of `app`, always over HTTP/1.1. With HTTP/2, sendEach opens a session for each call and rejects as a
 * whole when the session breaks, without saying which devices got the message. Throws when firebase-admin's internals
 * are not those that this file knows.
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

/** The wait for which FCM asked with an error (ms), if any. */
export function waitAskedFor(error: object | undefined): number | undefined {
  return error && waits.get(error);
}
