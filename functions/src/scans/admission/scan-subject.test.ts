import { describe, expect, it } from 'vitest';
import { calendarDayIn, subjectOf } from './scan-subject.ts';

const profile = { sex: 'female', birthDate: '2000-02-29', heightCm: 170 };

const NOON = new Date('2026-06-01T12:00:00Z');

describe('calendarDayIn', () => {
  const moment = new Date('2026-06-30T22:30:00Z');
  it.each([
    ['Pacific/Auckland', '2026-07-01'],
    ['America/Los_Angeles', '2026-06-30'],
    [undefined, '2026-06-30'],
    ['Mars/Olympus', '2026-06-30'],
  ])('in %s is %s', (zone, day) => {
    expect(calendarDayIn(moment, zone)).toBe(day);
  });
});

describe('subjectOf', () => {
  it('is as old as on the day of the scan, where the user lives', () => {
    const eveBefore = new Date('2026-03-01T04:00:00Z');
    expect(subjectOf({ ...profile, timeZone: 'America/New_York' }, 150, eveBefore).ageYears).toBe(25);
    expect(subjectOf({ ...profile, timeZone: 'Europe/Berlin' }, 150, eveBefore).ageYears).toBe(26);
  });

  it('carries what the equations need and nothing else', () => {
    const subject = subjectOf({ ...profile, nickname: 'x' }, 150.5, new Date('2026-06-01T00:00:00Z'));
    expect(subject).toEqual({ sex: 'female', heightCm: 170, weightLb: 150.5, ageYears: 26 });
  });

  it.each([
    ['missing', undefined, 'sex is missing, birthDate is missing, heightCm is missing'],
    ['without a sex', { ...profile, sex: undefined }, 'sex is missing'],
    ['of another sex', { ...profile, sex: 'Female' }, 'sex must be male, female or unspecified'],
    [
      'with an impossible day',
      { ...profile, birthDate: '2001-02-29' },
      'birthDate is no day of the calendar',
    ],
    ['born ahead of the scan', { ...profile, birthDate: '2026-06-02' }, 'birthDate lies in the future'],
    ['older than anyone', { ...profile, birthDate: '1800-01-01' }, 'birthDate is more than 122 years ago'],
    ['too small to be measured', { ...profile, heightCm: 99 }, 'heightCm must be a number from 100 to 250'],
  ])('refuses a profile %s, and names field and fault', (_, wrong, fault) => {
    expect(() => subjectOf(wrong, 150, NOON)).toThrow(`Your profile is incomplete: ${fault}`);
  });

  it('refuses whoever is younger than scans are made for, until the day they are not', () => {
    const born = (birthDate: string) => () => subjectOf({ ...profile, birthDate }, 150, NOON);
    expect(born('2018-03-01')).toThrow('people of 16 years or older');
    expect(born('2010-06-02')).toThrow('people of 16 years or older');
    expect(born('2010-06-01')().ageYears).toBe(16);
    expect(() => subjectOf(profile, 150, NOON, 30)).toThrow('people of 30 years or older');
  });

  it('gives no body fat during pregnancy, and says why and until when', () => {
    const of = (pregnant: unknown) => () => subjectOf({ ...profile, pregnant }, 150, NOON);
    expect(of(true)).toThrow('No body fat is given during pregnancy');
    expect(of(true)).toThrow('set pregnant to false');
    expect([of(false)(), of(undefined)()]).toEqual(Array(2).fill(subjectOf(profile, 150, NOON)));
    for (const unreadable of ['yes', 1, null, {}])
      expect(of(unreadable)).toThrow('Your profile is incomplete: pregnant must be true or false');
  });

  it('refuses a weight that nobody has at this height', () => {
    expect(() => subjectOf(profile, 20, NOON)).toThrow('Weight and height do not fit together');
    expect(() => subjectOf({ ...profile, heightCm: 100 }, 241, NOON)).toThrow('heightCm in the profile');
  });

  it('reads a profile whose preferences it cannot read', () => {
    const odd = { ...profile, locale: '', timeZone: 7, units: 'stones', pushPreview: null };
    expect(subjectOf(odd, 150, NOON).heightCm).toBe(170);
  });
});
