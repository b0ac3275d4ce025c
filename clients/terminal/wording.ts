/** Words and numbers of a scan in a speaker's language and units. */

import { ANGLES } from '@reddyfit/shared/scan/photos';
import type { ScanResults } from '@reddyfit/shared/scan/results';
import type { StepName } from '@reddyfit/shared/scan/steps';
import { type Speaker, speakerFor } from '@reddyfit/shared/words/speaker';

/** The default speaker: English, pounds. */
export const ENGLISH: Speaker = speakerFor();

/** The title of a step for a reader. */
export const stepTitle = (step: StepName, { say }: Speaker = ENGLISH) => say('screen', `step.${step}`);

/** A duration in ms: "0.4 s", "12 s", "2 min 05 s". */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** One line for each photo that was not accepted, with its faults. */
export function photoFeedback(results: ScanResults | undefined): string[] {
  const photos = results?.qualityCheck?.photos;
  if (!photos) return [];
  const { say } = ENGLISH;
  return ANGLES.filter((angle) => !photos[angle].accepted).map((angle) => {
    const told = photos[angle].issues.map(({ message }) => message).join(' ');
    return `${say('screen', `photo.${angle}`)}: ${told || say('screen', 'photo.not_accepted')}`;
  });
}
