/** Says in one line what a step found, in the speaker's language. For every client that shows findings. */

import { ANGLES } from '../names/angles.ts';
import type { EstimationResult, ScanResults } from '../scan/results.ts';
import type { ResultOf, StepName } from '../scan/steps.ts';
import type { Speaker } from './speaker.ts';

/** The time between two scans as a reader counts it: "in less than a day", "in 1 day", "in 12 days". */
export function span(days: number, { say }: Speaker): string {
  const whole = Math.round(days);
  return whole === 0 ? say('screen', 'span.under_a_day') : say('screen', 'span.days', { days: whole });
}

/** The sources of a body fat, the one with the largest weight first: "measured + seen by the model". Empty when unknown. */
function originsOf({ sources = [] }: EstimationResult, { say }: Speaker): string {
  return sources
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ source }) => say('screen', `origin.${source}`))
    .join(' + ');
}

/** The findings of those steps for which the first sentence of the result is not enough. */
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
    if (!previous) return speaker.say('screen', 'found.nothing_before');
    const {
      bodyFatPercent: points,
      weightLb,
      moreThanChance,
      weightDoubtful,
      heightChanged,
    } = previous.change;
    const byChance = moreThanChance === false ? 'found.change_by_chance' : 'found.change';
    const key = weightDoubtful ? 'found.change_doubtful' : byChance;
    const change = speaker.say('screen', key, { points, weightLb, span: span(previous.days, speaker) });
    return heightChanged ? `${change} · ${speaker.say('screen', 'found.height_changed')}` : change;
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

/** What a step found, in one line; null while the step has no result. */
export function finding(step: StepName, results: ScanResults | undefined, speaker: Speaker): string | null {
  const result = results?.[step];
  if (!result) return null;
  const found = FINDINGS[step] as ((result: unknown, speaker: Speaker) => string) | undefined;
  return found ? found(result, speaker) : firstSentence(result);
}

/** The first text in the first list of a result, or else the first text of the result. */
function firstSentence(result: object): string {
  const parts: unknown[] = Object.values(result);
  const items = parts.find(Array.isArray) as unknown[] | undefined;
  return [...(items ?? []), ...parts].find((part) => typeof part === 'string') ?? '';
}
