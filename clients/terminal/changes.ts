/** The changes between two states of a scan, as plain lines for a log. Pure. */

import type { Scan } from '@reddyfit/shared/scan/document';
import { STEP_NAMES } from '@reddyfit/shared/scan/steps';
import { stepNote } from './render.ts';
import { duration, ENGLISH, stepTitle } from './wording.ts';

/** One line per change, each starting with the time since the scan was created. */
export function changes(before: Scan | null, after: Scan, now: Date): string[] {
  const time = duration(now.getTime() - after.createdAt.toMillis()).padStart(12);
  const lines: string[] = [];
  if (before?.status !== after.status) lines.push(`${time}  scan ${after.status}`);
  for (const name of STEP_NAMES) {
    const step = after.steps?.[name];
    const earlier = before?.steps?.[name];
    if (!step || step.state === 'pending') continue;
    if (earlier?.state === step.state && earlier.attempt === step.attempt) continue;
    const note = stepNote(name, step, after, now);
    const word =
      step.state === 'retrying' || note === ENGLISH.say('screen', 'state.skipped') ? '' : ` ${step.state}`;
    lines.push(`${time}  ${stepTitle(name)}${word}${note && `: ${note}`}`);
  }
  return lines;
}
