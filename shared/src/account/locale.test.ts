import { expect, it } from 'vitest';
import { languageTag, unitsOf } from './locale.ts';

it.each([
  ['de', 'de'],
  ['de-DE', 'de-DE'],
  ['de_DE', 'de-DE'],
  ['de_DE.UTF-8', 'de-DE'],
  ['es_MX@calendar=gregorian', 'es-MX'],
  ['es_ES_#Latn', 'es-Latn-ES'],
  ['zh__#Hans', 'zh-Hans'],
  ['zh-Hans_CN', 'zh-Hans-CN'],
  ['th_TH_TH_#u-nu-thai', 'th-TH'],
  ['es-419', 'es-419'],
  ['EN_us', 'en-US'],
  ['sr_RS_#Latn', 'sr-Latn-RS'],
  ['iw_IL', 'he-IL'],
  ['', 'en'],
  ['_US', 'en'],
  ['deutsch', 'en'],
  ['de'.repeat(500), 'en'],
  [undefined, 'en'],
  [7, 'en'],
])('%j is %s', (locale, tag) => expect(languageTag(locale)).toBe(tag));

it.each([
  [{ locale: 'de_DE' }, 'metric'],
  [{ locale: 'en-GB' }, 'metric'],
  [{ locale: 'en-US' }, 'imperial'],
  [{ locale: 'es_US' }, 'imperial'],
  [{}, 'imperial'],
  [{ locale: 'de_DE', units: 'imperial' }, 'imperial'],
  [{ locale: 'en_US', units: 'metric' }, 'metric'],
  [{ locale: 'en_US', units: 'stones' }, 'imperial'],
])('the units of %j are %s', (profile, units) => expect(unitsOf(profile)).toBe(units));
