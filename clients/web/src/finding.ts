/** The figures of a step in one line, in the words of a speaker; null while there are none. */

import type { Scan } from '@reddyfit/client';
import type { Speaker } from '@reddyfit/shared/words/speaker';

export function finding(
  step: 'delta' | 'nutrition' | 'workout' | 'hydration',
  { results }: Scan,
  { say }: Speaker,
): string | null {
  const { delta, nutrition, workout, hydration } = results ?? {};
  if (step === 'delta' && delta) {
    if (!delta.previous) return say('screen', 'found.first_scan');
    const { change, days } = delta.previous;
    const whole = Math.round(days);
    return say('screen', change.moreThanChance === false ? 'found.change_by_chance' : 'found.change', {
      points: change.bodyFatPercent,
      weightLb: change.weightLb,
      span: whole === 0 ? say('screen', 'span.today') : say('screen', 'span.days', { days: whole }),
    });
  }
  if (step === 'nutrition' && nutrition)
    return say('screen', 'found.nutrition', {
      kcal: nutrition.calorieTargetKcal,
      proteinG: nutrition.proteinG,
      goal: say('screen', `goal.${nutrition.goal}`),
    });
  if (step === 'workout' && workout)
    return say('screen', 'found.workout', {
      sessions: workout.sessions.length,
      minutes: workout.sessions.reduce((sum, { minutes }) => sum + minutes, 0),
    });
  if (step === 'hydration' && hydration)
    return say('screen', 'found.hydration', {
      litres: hydration.dailyWaterMl / 1000,
      flOz: hydration.dailyWaterFlOz,
    });
  return null;
}
