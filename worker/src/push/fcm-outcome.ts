/** What an answer of FCM means for the device it was about. */

import type { SendResponse } from 'firebase-admin/messaging';
import { waitAskedFor } from './fcm-transport.ts';

/**
 * - `sent`: FCM has it.
 * - `dead`: the token will never work again.
 * - `refused`: our credentials, or the message, are at fault: the operator must act, and sending again does not help.
 * - `busy`: to be sent again later.
 */
export type Outcome = 'sent' | 'dead' | 'refused' | 'busy';

const DEAD = new Set([
  'messaging/registration-token-not-registered',
  'messaging/invalid-registration-token',
  // SENDER_ID_MISMATCH: it was made for another Firebase project, as an app's test build makes them.
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

/** After QUOTA_EXCEEDED without a Retry-After FCM wants to be left alone for a minute (ms). */
const QUOTA_WAIT_MS = 60_000;

/** The outcome for one device. Errors from below FCM (no connection, no access token) count as busy. */
export function outcomeOf({ success, error }: SendResponse): Outcome {
  if (success) return 'sent';
  const code = error?.code ?? '';
  if (DEAD.has(code)) return 'dead';
  // The same code blames the message or the token; only the text tells which.
  if (code === 'messaging/invalid-argument') {
    return /registration token/i.test(error!.message) ? 'dead' : 'refused';
  }
  return code.startsWith('messaging/') && !BUSY.has(code) ? 'refused' : 'busy';
}

/** How long FCM wants to be left alone (ms), or undefined when it did not say. */
export function waitOf({ error }: SendResponse): number | undefined {
  const asked = waitAskedFor(error);
  return asked ?? (error?.code === 'messaging/message-rate-exceeded' ? QUOTA_WAIT_MS : undefined);
}
