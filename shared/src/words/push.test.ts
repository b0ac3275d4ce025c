import { describe, expect, it } from 'vitest';
import { pushText as pushTo } from './push.ts';
import { readerOf } from './reader.ts';
import { TERMINAL_STATUSES, type TerminalStatus } from '../scan/statuses.ts';

const pushText = (locale: string | undefined, status: TerminalStatus, bodyFatPercent?: number) =>
  pushTo(readerOf({ locale }), status, { bodyFatPercent });

const NO_BREAK_SPACE = '\u00a0';

describe('the words of a push', () => {
  it('are the agreed ones in English', () => {
    expect(pushText('en', 'completed', 19.84)).toEqual({
      title: 'Scan Results Ready! 🎉',
      body: 'Your body composition analysis is complete. Body fat: 19.8%',
    });
  });

  it.each([
    ['es', `Grasa corporal: 19,8${NO_BREAK_SPACE}%`],
    ['es-MX', 'Grasa corporal: 19.8%'],
    ['de', `Körperfett: 19,8${NO_BREAK_SPACE}%`],
    ['de-CH', 'Körperfett: 19.8%'],
    ['hi-IN', 'बॉडी फ़ैट: 19.8%'],
    ['en_GB', 'Body fat: 19.8%'],
  ])('carry the number as %s writes it', (locale, sentence) => {
    expect(pushText(locale, 'completed', 19.84).body.endsWith(` ${sentence}`)).toBe(true);
  });

  it('always have one decimal', () => {
    expect(pushText('en', 'completed', 20).body).toContain('Body fat: 20.0%');
  });

  it.each(['la', 'zh-Hant-TW', 'klingon!', '', 'constructor', 'x-private', '__proto__', undefined])(
    'are English for the locale %j',
    (locale) => {
      expect(pushText(locale, 'completed', 19.84)).toEqual(pushText('en', 'completed', 19.84));
    },
  );

  it.each(['de-DE', 'de-Latn-AT', 'DE', 'de-DE-u-nu-deva', 'de_DE'])('are German for %s', (locale) => {
    expect(pushText(locale, 'failed')).toEqual(pushText('de', 'failed'));
  });

  it.each(['en', 'es', 'de', 'hi'])('differ between the ways a scan can end, in %s', (locale) => {
    const titles = TERMINAL_STATUSES.map((status) => pushText(locale, status).title);
    expect(new Set(titles).size).toBe(TERMINAL_STATUSES.length);
  });

  it('carry a number only for a completed scan', () => {
    for (const status of TERMINAL_STATUSES) {
      expect(/\d/.test(pushText('en', status, 19.84).body)).toBe(status === 'completed');
    }
  });

  it.each(['en', 'es', 'de', 'hi'])('say of a credit what became of it, in %s', (locale) => {
    for (const status of ['failed', 'canceled'] as const) {
      const bodies = (['returned', 'never taken'] as const).map(
        (credit) => pushTo(readerOf({ locale }), status, { credit }).body,
      );
      expect(bodies[0]).not.toBe(bodies[1]);
    }
  });

  it('promise nothing back where nothing was taken', () => {
    for (const status of ['failed', 'canceled'] as const) {
      expect(pushTo(undefined, status, { credit: 'returned' }).body).toContain('Your credit was returned.');
      expect(pushTo(undefined, status, { credit: 'never taken' }).body).toContain('No credit was used.');
    }
    expect(pushTo(undefined, 'canceled', { credit: 'used' }).body).toContain('the credit was used.');
  });
});
