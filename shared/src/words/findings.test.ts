import { describe, expect, it } from 'vitest';
import type { ScanResults } from '../scan/results.ts';
import { finding } from './findings.ts';
import { LANGUAGES } from './languages.ts';
import { speakerFor } from './speaker.ts';

/** What each language calls it; a language that is not here fails. */
const CHANCE: Readonly<Record<string, string>> = { en: 'chance', es: 'azar', de: 'Zufall', hi: 'संयोग' };

/** A fall of 2.5 points in a week, as `delta` has it. */
function resultsOf(moreThanChance?: boolean): ScanResults {
  const change = { bodyFatPercent: -2.5, weightLb: -1, leanMassLb: 0.1, fatMassLb: -1.1 };
  const previous = {
    scanId: 'scan-a',
    days: 7,
    change: { ...change, ...(moreThanChance !== undefined && { moreThanChance }) },
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
});
