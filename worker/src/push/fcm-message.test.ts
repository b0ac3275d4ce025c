import { TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import { describe, expect, it } from 'vitest';
import type { PushMessage } from './ports.ts';
import { multicast } from './fcm-message.ts';

const now = new Date('2026-11-23T12:00:00Z');
const scanId = 'd50656e8-9543-44b1-9647-ebd8ef700103';

function made(change: Partial<PushMessage> = {}) {
  const message: PushMessage = {
    scanId,
    status: 'completed',
    title: 'Done',
    body: 'See it.',
    quiet: false,
    ...change,
  };
  return multicast(message, ['t1'], { now, webAppUrl: 'https://app.example' });
}

const keysOf = (change: Partial<PushMessage>) => {
  const { android, apns, webpush } = made(change);
  return [
    android!.collapseKey!,
    android!.notification!.tag!,
    apns!.headers!['apns-collapse-id']!,
    webpush!.headers!['Topic']!,
    webpush!.notification!.tag!,
  ];
};

describe('a push on the wire', () => {
  it('opens the scan, in the app and in a browser', () => {
    const { data, webpush } = made();
    expect(data).toEqual({ scanId, status: 'completed', link: `reddyfit://scans/${scanId}` });
    expect(webpush?.fcmOptions?.link).toBe(`https://app.example/scans/${scanId}`);
  });

  it('is heard and seen by day', () => {
    const { android, apns, webpush } = made();
    expect(android).toMatchObject({
      priority: 'high',
      notification: { channelId: 'scan_results', sound: 'default' },
    });
    expect(apns?.headers).toMatchObject({ 'apns-priority': '10', 'apns-push-type': 'alert' });
    expect(apns?.payload?.aps).toMatchObject({ sound: 'default', 'interruption-level': 'active' });
    expect(webpush).toMatchObject({ headers: { Urgency: 'normal' }, notification: { silent: false } });
  });

  it('is silent in quiet hours', () => {
    const { android, apns, webpush } = made({ quiet: true });
    expect(android).toMatchObject({
      priority: 'normal',
      notification: { channelId: 'scan_results_quiet', priority: 'low' },
    });
    expect(android?.notification).not.toHaveProperty('sound');
    expect(apns?.payload?.aps).toMatchObject({ 'interruption-level': 'passive' });
    expect(apns?.payload?.aps).not.toHaveProperty('sound');
    expect(webpush).toMatchObject({ headers: { Urgency: 'low' }, notification: { silent: true } });
  });

  it('is no news any more after a day', () => {
    const { android, apns, webpush } = made();
    expect(android?.ttl).toBe(86_400_000);
    expect(apns?.headers?.['apns-expiration']).toBe(String(Date.UTC(2026, 10, 24, 12) / 1000));
    expect(webpush?.headers?.['TTL']).toBe('86400');
  });

  it.each([scanId, 'x'.repeat(128), '_-'.repeat(64)])('fits the limits of the platforms: %s', (id) => {
    for (const status of TERMINAL_STATUSES) {
      const { apns, webpush } = made({ scanId: id, status });
      expect(apns!.headers!['apns-collapse-id']!.length).toBeLessThanOrEqual(64);
      expect(webpush!.headers!['Topic']).toMatch(/^[A-Za-z0-9_-]{1,32}$/);
    }
  });

  it('replaces itself on every platform, whatever it says, and no other message', () => {
    expect(keysOf({ body: 'Said otherwise', quiet: true })).toEqual(keysOf({}));
    const others = [{ status: 'failed' as const }, { scanId: `${scanId.slice(0, -1)}4` }];
    for (const other of others) {
      for (const [index, key] of keysOf(other).entries()) expect(key).not.toBe(keysOf({})[index]);
    }
    const long = 'x'.repeat(127);
    expect(keysOf({ scanId: `${long}1` })[2]).not.toBe(keysOf({ scanId: `${long}2` })[2]);
  });
});
