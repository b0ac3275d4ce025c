import { describe, expect, it } from 'vitest';
import type { ScanResults } from '../scan/results.ts';
import { finding, span } from './findings.ts';
import { LANGUAGES } from './languages.ts';
import { speakerFor } from './speaker.ts';

/** What each language calls it; a language that is not here fails. */
const CHANCE: Readonly<Record<string, string>> = { en: 'chance', es: 'azar', de: 'Zufall', hi: 'संयोग' };

const DOUBT: Readonly<Record<string, RegExp>> = { en: /weight is doubtful/, es: /peso es dudoso/, de: /Gewicht ist zweifelhaft/, hi: /वज़न शायद सही नहीं/ }; // prettier-ignore
const HEIGHT: Readonly<Record<string, RegExp>> = { en: /height in your profile has changed/, es: /altura de tu perfil ha cambiado/, de: /Größe im Profil hat sich .* geändert/, hi: /प्रोफ़ाइल में लंबाई बदली/ }; // prettier-ignore
/** Words for a first scan, which one after a pause, or after scans that were deleted, is not. */
const FIRST: Readonly<Record<string, RegExp>> = { en: /first/i, es: /primer/i, de: /erste/i, hi: /पहला/ };

/** A fall of 2.5 points in a week, as `delta` has it. */
function resultsOf(moreThanChance?: boolean, more: object = {}): ScanResults {
  const change = { bodyFatPercent: -2.5, weightLb: -1, leanMassLb: 0.1, fatMassLb: -1.1 };
  const previous = {
    scanId: 'scan-a',
    days: 7,
    change: { ...change, ...(moreThanChance !== undefined && { moreThanChance }), ...more },
  };
  return { delta: { previous, year: null, trend: null } } as ScanResults;
}

describe.each(Object.keys(LANGUAGES))('a change of body fat, in %s', (locale) => {
  const say = (moreThanChance?: boolean) =>
    finding('delta', resultsOf(moreThanChance), speakerFor({ locale, units: 'metric' }))!;

  it('that may be chance is said to be that, and nothing else', () => {
    expect(CHANCE, 'the word for chance').toHaveProperty(locale);
    expect(say(false)).toContain(CHANCE[locale]);
    expect(say(false)).toMatch(/2[.,]5/);
  });

  it('that is more than chance is told without that', () => {
    for (const told of [say(true), say()]) expect(told).not.toContain(CHANCE[locale]);
  });

  it('that rests on a doubtful weight, or lies across a change of the height in the profile, is told with that', () => {
    const speaker = speakerFor({ locale, units: 'metric' });
    const told = (more: object) => finding('delta', resultsOf(false, more), speaker)!;
    expect(told({ weightDoubtful: true })).toMatch(DOUBT[locale]!);
    expect(told({ heightChanged: true })).toMatch(HEIGHT[locale]!);
    expect(told({ heightChanged: true })).toContain(CHANCE[locale]);
    for (const word of [DOUBT, HEIGHT]) expect(told({})).not.toMatch(word[locale]!);
  });

  it('of less than a day is not said to be of today: the scan before may be of the evening before', () => {
    const speaker = speakerFor({ locale, units: 'metric' });
    expect(span(0.4, speaker)).not.toMatch(/today|hoy|heute|आज/i);
    expect(span(0.4, speaker)).not.toBe(span(1, speaker));
  });

  it('that has no scan to compare with is not called that of a first scan', () => {
    const speaker = speakerFor({ locale, units: 'metric' });
    const delta = { previous: null, year: null, trend: null };
    const told = [finding('delta', { delta }, speaker)!, speaker.say('screen', 'nothing_before')];
    for (const each of told) expect(each).not.toMatch(FIRST[locale]!);
  });
});
