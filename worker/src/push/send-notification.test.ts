import { TERMINAL_STATUSES } from '@reddyfit/shared/scan/statuses';
import { readerOf } from '@reddyfit/shared/words/reader';
import { describe, expect, it } from 'vitest';
import type { PushMessage } from './ports.ts';
import type { PushSettings } from '../store/ports.ts';
import { createSendNotification } from './send-notification.ts';

const NOON_IN_BERLIN = '2026-11-23T11:00:00Z';

async function sent(
  status: (typeof TERMINAL_STATUSES)[number],
  settings: Partial<PushSettings> = {},
  now = NOON_IN_BERLIN,
  wasReturned = true,
) {
  const messages: PushMessage[] = [];
  const send = createSendNotification(
    {
      pushSettings: async () => ({
        preview: 'full',
        reader: readerOf(undefined),
        timeZone: undefined,
        ...settings,
      }),
    },
    { wasReturned: async () => wasReturned },
    { send: async (_, message) => messages.push(message) },
    () => new Date(now),
  );
  await send({ scanId: 's1', userId: 'u', status, ...(status === 'completed' && { bodyFatPercent: 19.84 }) });
  return messages[0]!;
}

describe('the push at the end of a scan', () => {
  it('shows the number where the user wants it', async () => {
    expect(await sent('completed')).toEqual({
      scanId: 's1',
      status: 'completed',
      title: 'Scan Results Ready! 🎉',
      body: 'Your body composition analysis is complete. Body fat: 19.8%',
      quiet: false,
    });
  });

  it.each([undefined, 'es', 'de', 'hi'])('has no digit on a private lock screen (%s)', async (locale) => {
    expect((await sent('completed', { preview: 'private', reader: readerOf({ locale }) })).body).not.toMatch(
      /\p{Nd}/u,
    );
  });

  it('speaks the language of the user', async () => {
    expect((await sent('completed', { reader: readerOf({ locale: 'de-AT' }) })).body).toContain(
      'Körperfett: 19,8\u00a0%',
    );
  });

  it('makes no sound at night, by the clock of the user', async () => {
    const night = '2026-11-23T22:30:00Z';
    expect((await sent('completed', { timeZone: 'Europe/Berlin' }, night)).quiet).toBe(true);
    expect((await sent('completed', { timeZone: 'America/New_York' }, night)).quiet).toBe(false);
  });

  it.each(TERMINAL_STATUSES)('has its own words for a scan that is %s', async (status) => {
    const message = await sent(status);
    expect(message.status).toBe(status);
    expect(message.title.length).toBeGreaterThan(5);
  });

  it.each(['failed', 'canceled'] as const)(
    'says of the credit of a %s scan what the ledger says',
    async (status) => {
      expect((await sent(status)).body).toContain('Your credit was returned.');
      expect((await sent(status, {}, NOON_IN_BERLIN, false)).body).toContain('No credit was used.');
    },
  );
});
