import { describe, expect, it } from 'vitest';
import { calendarDayIn, subjectOf } from './scan-subject.ts';

const profile = { sex: 'female', birthDate: '2000-02-29', heightCm: 170 };

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
    ['missing', undefined],
    ['without a sex', { ...profile, sex: undefined }],
    ['with an impossible day', { ...profile, birthDate: '2001-02-29' }],
    ['born ahead of the scan', { ...profile, birthDate: '2026-06-02' }],
    ['older than anyone', { ...profile, birthDate: '1800-01-01' }],
    ['too small to be measured', { ...profile, heightCm: 99 }],
  ])('refuses a profile %s', (_, wrong) => {
    expect(() => subjectOf(wrong, 150, new Date('2026-06-01T00:00:00Z'))).toThrow('profile is incomplete');
  });
});
