/**
 * Checks whether four photos show one person on one occasion, as far as clocks and colours tell. The result is a
 * question to the user, never a refusal.
 */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { Speaker, Told } from '@reddyfit/shared/words/speaker';
import { distance } from '@reddyfit/shared/gate/face';
import type { Examinations } from './examination.ts';

/**
 * The longest time (minutes) between the first and the last of four photos taken in one go. Assumed: with a timer it
 * takes three minutes.
 */
const ONE_GO_MINUTES = 30;

/** From this many minutes on, the question gives hours. */
const HOURS_FROM = 120;

/**
 * When the colours of two photos' shins are further apart than this (see face.ts), they are not those of one person in
 * one light: they differ by more than twice the brightness, or by a fifth of the light in another colour. Assumed, and
 * generous: cameras set their exposure anew for each photo.
 */
const OTHER_LEGS = 1.5;

/** The questions to the user, in the words of `speaker`; usually there are none. */
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

/**
 * The time from the first photo to the last by their cameras' clocks (whole minutes); null when fewer than two photos
 * have a time.
 */
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
