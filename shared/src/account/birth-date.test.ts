import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BIRTH_DATE_PATTERN, birthDateFault, MAX_AGE_YEARS } from './birth-date.ts';

const TODAY = '2026-11-28';

it.each([
  ['1990-05-17', null],
  ['2024-02-29', null],
  ['2000-02-29', null],
  ['2026-11-28', null],
  ['1904-12-31', null],
  [undefined, 'missing'],
  ['', 'missing'],
  ['1991-02-30', 'no_such_day'],
  ['2023-02-29', 'no_such_day'],
  ['1990-13-01', 'no_such_day'],
  ['1990-00-10', 'no_such_day'],
  ['17.05.1990', 'no_such_day'],
  [19_900_517, 'no_such_day'],
  ['2026-11-29', 'in_the_future'],
  ['2534-04-02', 'in_the_future'],
  ['0003-04-02', 'too_long_ago'],
  ['1899-12-31', 'too_long_ago'],
])('%j is %s', (birthDate, fault) => expect(birthDateFault(birthDate, TODAY)).toBe(fault));

it('the pattern knows every day of the calendar from 1900 to 2099, and no other', () => {
  const known: string[] = [];
  for (let at = Date.UTC(1900, 0, 1); at < Date.UTC(2100, 0, 1); at += 86_400_000) {
    known.push(new Date(at).toISOString().slice(0, 10));
  }
  expect(known.filter((day) => !BIRTH_DATE_PATTERN.test(day))).toEqual([]);
  const days = new Set(known);
  for (let year = 1900; year < 2100; year += 1) {
    for (const monthAndDay of ['02-29', '02-30', '04-31', '06-31', '09-31', '11-31', '12-32', '00-01']) {
      const day = `${year}-${monthAndDay}`;
      expect(BIRTH_DATE_PATTERN.test(day), day).toBe(days.has(day));
    }
  }
});

it('is the pattern, and the age, that the rules of the database have', () => {
  const rules = readFileSync(new URL('../../../firestore.rules', import.meta.url), 'utf8');
  expect(rules).toContain(`'${BIRTH_DATE_PATTERN.source}'`);
  expect(rules).toContain(`<= ${MAX_AGE_YEARS}`);
});
