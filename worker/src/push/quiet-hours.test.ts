import { describe, expect, it } from 'vitest';
import { isQuiet } from './quiet-hours.ts';

const at = (iso: string) => new Date(iso);

describe('quiet hours', () => {
  it.each([
    ['2026-11-23T20:59:59Z', false],
    ['2026-11-23T21:00:00Z', true],
    ['2026-11-23T23:30:00Z', true],
    ['2026-11-24T05:59:59Z', true],
    ['2026-11-24T06:00:00Z', false],
    ['2026-11-24T11:00:00Z', false],
  ])('last from 22:00 to 07:00 in Berlin: %s', (now, quiet) => {
    expect(isQuiet(at(now), 'Europe/Berlin')).toBe(quiet);
  });

  it('follow the clock into summer time', () => {
    expect(isQuiet(at('2026-07-01T20:30:00Z'), 'Europe/Berlin')).toBe(true);
    expect(isQuiet(at('2026-12-01T20:30:00Z'), 'Europe/Berlin')).toBe(false);
  });

  it('are different hours elsewhere', () => {
    const now = at('2026-11-23T21:30:00Z');
    expect(isQuiet(now, 'America/Los_Angeles')).toBe(false);
    expect(isQuiet(now, 'Asia/Kolkata')).toBe(true);
    expect(isQuiet(at('2026-11-23T01:15:00Z'), 'Asia/Kathmandu')).toBe(false);
    expect(isQuiet(at('2026-11-23T01:10:00Z'), 'Asia/Kathmandu')).toBe(true);
  });

  it('include midnight', () => {
    expect(isQuiet(at('2026-11-23T00:00:00Z'), 'UTC')).toBe(true);
  });

  it.each([undefined, '', 'Mars/Olympus', '../etc'])('are none for the time zone %j', (timeZone) => {
    expect(isQuiet(at('2026-11-23T02:00:00Z'), timeZone)).toBe(false);
  });

  it('can be others, within a day too', () => {
    const siesta = { from: 13, until: 15 };
    expect(isQuiet(at('2026-11-23T14:00:00Z'), 'UTC', siesta)).toBe(true);
    expect(isQuiet(at('2026-11-23T15:00:00Z'), 'UTC', siesta)).toBe(false);
  });
});
