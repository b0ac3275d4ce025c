import { TERMINAL_STATUSES } from '@reddyfit/shared/statuses';
import { describe, expect, it } from 'vitest';
import type { PushMessage } from '../ports.ts';
import { createSendNotification } from './send-notification.ts';

async function sent(preview: 'full' | 'private', status: (typeof TERMINAL_STATUSES)[number]) {
  const messages: PushMessage[] = [];
  const send = createSendNotification(
    { pushPreview: async () => preview },
    { send: async (_, message) => messages.push(message) },
  );
  await send({ scanId: 's1', userId: 'u', status, ...(status === 'completed' && { bodyFatPercent: 19.84 }) });
  return messages[0]!;
}

describe('the push at the end of a scan', () => {
  it('shows the number where the user wants it', async () => {
    expect(await sent('full', 'completed')).toEqual({
      title: 'Scan Results Ready! 🎉',
      body: 'Your body composition analysis is complete. BF%: 19.8%',
      data: { scanId: 's1', status: 'completed' },
      collapseKey: 's1:completed',
    });
  });

  it('keeps it off a private lock screen', async () => {
    expect((await sent('private', 'completed')).body).toBe('Your body composition analysis is complete.');
  });

  it.each(TERMINAL_STATUSES)('has its own words for a scan that is %s, and its own key', async (status) => {
    const message = await sent('full', status);
    expect(message.collapseKey).toBe(`s1:${status}`);
    expect(message.title.length).toBeGreaterThan(5);
  });
});
