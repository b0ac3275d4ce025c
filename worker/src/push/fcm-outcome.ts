/** What an answer of FCM means for a device. */

import type { SendResponse } from 'firebase-admin/messaging';
import { waitAskedFor } from './fcm-transport.ts';

/**
 * - `sent`: FCM accepted the message.
 * - `dead`: the token will never work again.
 * - `refused`: FCM blames the server's credentials or the message. An operator must act; sending again does not help.
 * - `busy`: the message must be sent again later.
 */
export type Outcome = 'sent' | 'dead' | 'refused' | 'busy';

const DEAD = new Set([
  'messaging/registration-token-not-registered',
  'messaging/invalid-registration-token',
  // SENDER_ID_MISMATCH: the token was made for another Firebase project, for example by a test build of the app.
  'messaging/mismatched-credential',
]);

/** UNAVAILABLE, INTERNAL, QUOTA_EXCEEDED, and an answer that FCM's own servers did not write. */
const BUSY = new Set([
  'messaging/server-unavailable',
  'messaging/internal-error',
  'messaging/message-rate-exceeded',
  'messaging/device-message-rate-exceeded',
  'messaging/unknown-error',
]);

/** How long to wait after QUOTA_EXCEEDED when FCM sends no Retry-After (ms): a minute. */
const QUOTA_WAIT_MS = 60_000;

/** The outcome for one device. Errors outside of FCM (no connection, no access token) count as busy. */
export function outcomeOf({ success, error }: SendResponse): Outcome {
  if (success) return 'sent';
  const code = error?.code ?? '';
  if (DEAD.has(code)) return 'dead';
  // This code may blame the message or the token; only the error's text tells which.
  if (code === 'messaging/invalid-argument') {
    return /registration token/i.test(error!.message) ? 'dead' : 'refused';
  }
  return code.startsWith('messaging/') && !BUSY.has(code) ? 'refused' : 'busy';
}

/** How long FCM asks to wait (ms), or undefined when it did not say. */
export function waitOf({ error }: SendResponse): number | undefined {
  const asked = waitAskedFor(error);
  return asked ?? (error?.code === 'messaging/message-rate-exceeded' ? QUOTA_WAIT_MS : undefined);
}
