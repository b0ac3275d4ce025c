import { describe, expect, it } from 'vitest';
import { localeOf } from './locale-of.ts';
import { readerOf } from './reader.ts';
import { createSpeaker, speakerFor } from './speaker.ts';

describe('a locale is understood as', () => {
  it.each([
    // BCP 47
    ['de', 'de'],
    ['DE-de', 'de-DE'],
    ['es-419', 'es-419'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['de-DE-u-nu-deva', 'de-DE'],
    // Android and Java
    ['de_DE', 'de-DE'],
    ['es_ES_#Latn', 'es-Latn-ES'],
    ['zh_TW_#Hant', 'zh-Hant-TW'],
    ['zh__#Hans', 'zh-Hans'],
    ['th_TH_TH_#u-nu-thai', 'th-TH'],
    ['iw_IL', 'he-IL'],
    ['pt_BR_#Latn_x-java', 'pt-Latn-BR'],
    // ICU and iOS
    ['es_MX@calendar=gregorian', 'es-MX'],
    ['hi_IN@numbers=deva', 'hi-IN'],
    ['de_DE@currency=EUR;measure=metric', 'de-DE'],
    // POSIX
    ['de_DE.UTF-8', 'de-DE'],
    ['de_DE@euro', 'de-DE'],
    ['en_US_POSIX', 'en-US'],
    // browsers
    ['de-DE, en;q=0.8', 'de-DE'],
    ['pt-BR;q=1', 'pt-BR'],
    // broken at the end
    [' hi ', 'hi'],
    ['de-DE-toolongtobeasubtag', 'de-DE'],
    [`en-${'x'.repeat(5000)}`, 'en'],
    ['es-!!', 'es'],
  ])('%s → %s', (given, locale) => {
    expect(localeOf(given)).toBe(locale);
  });

  it.each([
    '',
    ' ',
    '_',
    'klingon!',
    'und',
    'und_DE',
    'mul',
    'zxx',
    'C',
    'POSIX',
    'x-private',
    '__proto__',
    '#Latn',
    '@',
    'a'.repeat(100_000),
    null,
    7,
    {},
  ])('nothing: %j', (given) => {
    expect(localeOf(given)).toBeUndefined();
    expect(readerOf({ locale: given })).toEqual({ locale: 'en', units: 'imperial' });
  });
});

describe('units', () => {
  it.each([
    ['en', 'imperial'],
    ['en-US', 'imperial'],
    ['es-US', 'imperial'],
    ['en-GB', 'metric'],
    ['de', 'metric'],
    ['es_MX', 'metric'],
    ['hi', 'metric'],
    ['my', 'imperial'],
  ])('of %s are %s', (locale, units) => {
    expect(readerOf({ locale }).units).toBe(units);
  });

  it('are those of the profile where it has any', () => {
    expect(readerOf({ locale: 'en-US', units: 'metric' }).units).toBe('metric');
    expect(readerOf({ locale: 'de', units: 'imperial' }).units).toBe('imperial');
    expect(readerOf({ locale: 'de', units: 'stones' }).units).toBe('metric');
  });

  it('decide what a sentence says of a weight, in the numbers of the locale', () => {
    const weight = (profile: object) =>
      speakerFor(readerOf(profile)).say('errors', 'InvalidScanError.weight', { minLb: 20, maxLb: 1000 });
    expect(weight({ locale: 'en' })).toContain('from 20 lb to 1,000 lb');
    expect(weight({ locale: 'en', units: 'metric' })).toContain('from 9 kg to 454 kg');
    expect(weight({ locale: 'de' })).toContain('von 9 kg bis 454 kg');
    expect(weight({ locale: 'de', units: 'imperial' })).toContain('1.000 lb');
  });
});

describe('the language of a reader', () => {
  it.each([
    ['de-AT', 'de'],
    ['es-419', 'es'],
    ['es-Latn-ES', 'es'],
    ['hi-IN', 'hi'],
    ['hi-Latn', 'en'],
    ['la', 'en'],
    ['zh-Hant-TW', 'en'],
  ])('of %s is %s', (locale, language) => {
    expect(speakerFor({ locale, units: 'metric' }).language).toBe(language);
  });

  it('is English, word for word, where a table lacks one', () => {
    const speaker = createSpeaker({ locale: 'pt-BR', units: 'metric' }, { 'pt-BR': { steps: {} }, pt: {} });
    expect(speaker.language).toBe('pt-BR');
    expect(speaker.say('steps', 'retrying')).toBe('Trying again.');
  });

  it('is told with its code and parameters, from which the same sentence is made again', () => {
    const spanish = speakerFor(readerOf({ locale: 'es' }));
    const told = spanish.tell('photos', 'tilted', { angle: 'front', degrees: 14 });
    expect(told).toEqual({
      messageCode: 'tilted',
      params: { angle: 'front', degrees: 14 },
      message: 'La foto de frente está inclinada 14°. Mantén el teléfono derecho o apóyalo en algo recto.',
    });
    expect(spanish.retell('photos', told.messageCode, told.params)).toEqual(told);
  });
});

describe('numbers', () => {
  it.each([
    ['en', '+0.4', '−1.2 lb', '1,234.5', '19.8%'],
    ['de', '+0,4', '−0,5 kg', '1.234,5', '19,8\u00a0%'],
    ['es-MX', '+0.4', '−0.5 kg', '1,234.5', '19.8%'],
  ])('are written as %s writes them', (locale, signed, change, number, percent) => {
    const { format } = speakerFor(readerOf({ locale }));
    expect(format.signed(0.44)).toBe(signed);
    expect(format.weightChange(-1.2).replaceAll('\u00a0', ' ')).toBe(change);
    expect(format.number(1234.5, 1)).toBe(number);
    expect(format.percent(19.84)).toBe(percent);
    expect(format.signed(-0.04)).toMatch(/^±0[.,]0$/);
  });
});
