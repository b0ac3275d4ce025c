/** Builds a push message for FCM's HTTP v1 API, for all three platforms at once. */

import { createHash } from 'node:crypto';
import { scanLink, scanWebLink } from '@reddyfit/shared/names/ids';
import type { MulticastMessage } from 'firebase-admin/messaging';
import type { PushMessage } from './ports.ts';

/** How long FCM keeps a message for a phone that is off (s): a day, which is also how long sending is retried. */
const TTL_SECONDS = 86_400;

/** Notification channels that the Android app creates. Android uses the app's default channel for one that does not exist. */
const CHANNEL = { loud: 'scan_results', quiet: 'scan_results_quiet' };

/** The longest collapse id that APNs accepts (bytes). */
const MAX_APNS_COLLAPSE_ID = 64;

/** RFC 8030: a web push topic has at most 32 characters of the URL-safe base64 alphabet. */
const MAX_TOPIC = 32;

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The message for `tokens`. `webAppUrl` has no trailing slash; `now` is the time at which the message is sent. */
export function multicast(
  { scanId, status, title, body, quiet }: PushMessage,
  tokens: string[],
  { now, webAppUrl }: { now: Date; webAppUrl: string },
): MulticastMessage {
  const key = `${scanId}:${status}`;
  const expires = Math.floor(now.getTime() / 1000) + TTL_SECONDS;
  return {
    tokens,
    notification: { title, body },
    data: { scanId, status, link: scanLink(scanId) },
    android: {
      collapseKey: key,
      ttl: TTL_SECONDS * 1000,
      priority: quiet ? 'normal' : 'high',
      notification: {
        tag: key,
        channelId: quiet ? CHANNEL.quiet : CHANNEL.loud,
        priority: quiet ? 'low' : 'default',
        ...(!quiet && { sound: 'default' }),
      },
    },
    apns: {
      headers: {
        'apns-push-type': 'alert',
        'apns-priority': quiet ? '5' : '10',
        'apns-expiration': String(expires),
        'apns-collapse-id': Buffer.byteLength(key) <= MAX_APNS_COLLAPSE_ID ? key : digest(key),
      },
      payload: {
        aps: {
          threadId: 'scans',
          'interruption-level': quiet ? 'passive' : 'active',
          ...(!quiet && { sound: 'default' }),
        },
      },
    },
    webpush: {
      headers: {
        TTL: String(TTL_SECONDS),
        Urgency: quiet ? 'low' : 'normal',
        Topic: digest(key).slice(0, MAX_TOPIC),
      },
      notification: { tag: key, silent: quiet },
      fcmOptions: { link: scanWebLink(webAppUrl, scanId) },
    },
  };
}
