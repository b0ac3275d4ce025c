/** Words and numbers of a scan as a person reads them, in the words of a speaker. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { EstimationResult, ScanResults } from '@reddyfit/shared/scan/results';
import type { ResultOf, StepName } from '@reddyfit/shared/scan/steps';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';

/** Who speaks when nobody else was asked to: English, pounds. */
export const ENGLISH: Speaker = speakerFor();

/** What a reader calls a step. */
export const stepTitle = (step: StepName, { say }: Speaker = ENGLISH) => say('screen', `step.${step}`);

/** A duration in ms: "0.4 s", "12 s", "2 min 05 s". */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** The time between two scans as a reader counts it: "since earlier today", "in 1 day", "in 12 days". */
export function span(days: number, { say }: Speaker = ENGLISH): string {
  const whole = Math.round(days);
  return whole === 0 ? say('screen', 'span.today') : say('screen', 'span.days', { days: whole });
}

/** Each photo that was not accepted, with what is wrong with it. */
export function photoFeedback(results: ScanResults | undefined, { say }: Speaker = ENGLISH): string[] {
  const photos = results?.qualityCheck?.photos;
  if (!photos) return [];
  return ANGLES.filter((angle) => !photos[angle].accepted).map((angle) => {
    const told = photos[angle].issues.map(({ message }) => message).join(' ');
    return `${say('screen', `photo.${angle}`)}: ${told || say('screen', 'photo.not_accepted')}`;
  });
}

/** Where a body fat came from, the weightiest first: "measured + seen by the model". Empty when that is not known. */
export function originsOf({ sources = [] }: EstimationResult, { say }: Speaker = ENGLISH): string {
  return sources
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ source }) => say('screen', `origin.${source}`))
    .join(' + ');
}

/** Of a step whose finding is more than its first sentence. */
const FINDINGS: {
  [Step in StepName]?: (result: ResultOf<Step>, speaker: Speaker) => string;
} = {
  qualityCheck: ({ accepted, photos }, { say }) => {
    if (accepted) return say('screen', 'found.accepted');
    const names = ANGLES.filter((angle) => !photos[angle].accepted).map((angle) =>
      say('screen', `photo.${angle}`),
    );
    return say('screen', 'found.not_accepted', { photos: names.join(', ') });
  },
  estimation(estimation, speaker) {
    const { bodyFatPercent: percent, bodyFatRange } = estimation;
    return [
      speaker.say('screen', 'found.body_fat', { percent, ...bodyFatRange }),
      originsOf(estimation, speaker),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  },
  delta({ previous }, speaker) {
    if (!previous) return speaker.say('screen', 'found.first_scan');
    const { bodyFatPercent: points, weightLb } = previous.change;
    const key = previous.change.moreThanChance === false ? 'found.change_by_chance' : 'found.change';
    return speaker.say('screen', key, { points, weightLb, span: span(previous.days, speaker) });
  },
  nutrition: ({ calorieTargetKcal: kcal, proteinG, goal }, { say }) =>
    say('screen', 'found.nutrition', { kcal, proteinG, goal: say('screen', `goal.${goal}`) }),
  workout: ({ sessions }, { say }) =>
    say('screen', 'found.workout', {
      sessions: sessions.length,
      minutes: sessions.reduce((sum, { minutes }) => sum + minutes, 0),
    }),
  hydration: ({ dailyWaterMl, dailyWaterFlOz }, { say }) =>
    say('screen', 'found.hydration', { litres: dailyWaterMl / 1000, flOz: dailyWaterFlOz }),
};

/** What a step found, in one line; null while there is nothing. */
export function finding(
  step: StepName,
  results: ScanResults | undefined,
  speaker: Speaker = ENGLISH,
): string | null {
  const result = results?.[step];
  if (!result) return null;
  const found = FINDINGS[step] as ((result: unknown, speaker: Speaker) => string) | undefined;
  return found ? found(result, speaker) : firstSentence(result);
}

/** The first item of a step's first list, or the first of its texts. */
function firstSentence(result: object): string {
  const parts: unknown[] = Object.values(result);
  const items = parts.find(Array.isArray) as unknown[] | undefined;
  return [...(items ?? []), ...parts].find((part) => typeof part === 'string') ?? '';
}
