import { describe, expect, it } from 'vitest';
import { pushText as pushTo } from './push.ts';
import { readerOf } from './reader.ts';
import { TERMINAL_STATUSES, type TerminalStatus } from '../scan/statuses.ts';

const pushText = (locale: string | undefined, status: TerminalStatus, percent?: number) =>
  pushTo(readerOf({ locale }), status, percent);

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

  it.each(['fr', 'zh-Hant-TW', 'klingon!', '', 'constructor', 'x-private', '__proto__', undefined])(
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
});
