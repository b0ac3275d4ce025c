/** Whether four photos show one person on one occasion, as far as clocks and colours tell: a question to the user, and never a refusal. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { Speaker, Told } from '@reddyfit/shared/words/speaker';
import { distance } from '@reddyfit/shared/gate/face';
import type { Examinations } from './examine-photo.ts';

/** Longest time (minutes) between the first and the last of four photos that were taken in one go; assumed: with a timer it takes three. */
const ONE_GO_MINUTES = 30;

/** From so many minutes on, hours are told. */
const HOURS_FROM = 120;

/**
 * From here on (see face.ts) two photos' shins have not the colour of one person in one light: more than twice the brightness, or a fifth of the
 * light in another colour. Assumed, and wide: cameras set their exposure anew for each photo.
 */
const OTHER_LEGS = 1.5;

/** What is to be asked, in the words of `speaker`; nothing as a rule. */
export function occasionNotes(examined: Examinations, speaker: Speaker): Told[] {
  const notes: Told[] = [];
  const minutes = minutesApart(examined);
  if (minutes !== null && minutes > ONE_GO_MINUTES) {
    notes.push(
      minutes < HOURS_FROM
        ? speaker.tell('sets', 'taken_apart.minutes', { minutes })
        : speaker.tell('sets', 'taken_apart.hours', { hours: Math.round(minutes / 60) }),
    );
  }
  if (haveOtherLegs(examined)) notes.push(speaker.tell('sets', 'looks_differ'));
  return notes;
}

/** From the first photo to the last by their cameras' clocks (whole minutes); null when fewer than two say. */
function minutesApart(examined: Examinations): number | null {
  const times = ANGLES.flatMap((angle) => {
    const { takenAt } = examined[angle];
    const ms = takenAt === undefined ? Number.NaN : Date.parse(`${takenAt}Z`);
    return Number.isFinite(ms) ? [ms] : [];
  });
  if (times.length < 2) return null;
  return Math.round((Math.max(...times) - Math.min(...times)) / 60_000);
}

function haveOtherLegs(examined: Examinations): boolean {
  const legs = ANGLES.flatMap((angle) => {
    const colour = examined[angle].pose?.stance?.legs;
    return colour ? [colour] : [];
  });
  return legs.some((one) => legs.some((other) => distance(one, other) > OTHER_LEGS));
}
