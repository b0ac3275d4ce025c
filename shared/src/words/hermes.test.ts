/** Tests the sentences on a phone whose JavaScript engine has only a part of `Intl`. */

import { beforeEach, expect, it, vi } from 'vitest';
import { localeOf } from './locale-of.ts';
import { localeParts } from './locale-parts.ts';
import { readerOf } from './reader.ts';
import { createSpeaker } from './speaker.ts';
import { formatOf } from './format.ts';
import { LANGUAGES } from './languages.ts';

const TAGS = [
  'en',
  'en-US',
  'en-GB',
  'es',
  'es-MX',
  'de-AT',
  'de-Latn-DE',
  'hi',
  'hi-IN',
  'hi-Latn',
  'es-419',
];
const GIVEN = [
  'de_DE',
  'es_MX@calendar=gregorian',
  'hi_IN_#Deva',
  'en_US_POSIX',
  'de-DE-1996',
  'klingon!',
  'C',
];
const COUNTS = [0, 1, 2, 7];

const told = () => ({
  parts: TAGS.map(localeParts),
  locales: GIVEN.map(localeOf),
  units: TAGS.map((locale) => readerOf({ locale }).units),
  plurals: ['en', 'es', 'de', 'hi'].map((locale) =>
    COUNTS.map((count) => formatOf(locale, { units: 'metric' }).plural(count)),
  ),
  sentences: TAGS.map((locale) =>
    createSpeaker(readerOf({ locale }), LANGUAGES).say('calls', 'UnavailableError'),
  ),
});

const whole = told();

beforeEach(() => {
  const { NumberFormat, DateTimeFormat, Collator, getCanonicalLocales } = Intl;
  vi.stubGlobal('Intl', { NumberFormat, DateTimeFormat, Collator, getCanonicalLocales });
});

it('says the same without Intl.Locale and Intl.PluralRules', () => {
  expect(Intl).not.toHaveProperty('Locale');
  expect(told()).toEqual(whole);
});

it('takes no broken tag for one', () => {
  for (const tag of ['', 'e', 'en-', 'en_US', 'not a tag'])
    expect(() => localeParts(tag)).toThrow(RangeError);
});
