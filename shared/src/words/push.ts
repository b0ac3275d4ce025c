/** What a push says. */

import type { TerminalStatus } from '../scan/statuses.ts';
import type { Reader } from './reader.ts';
import { speakerFor } from './speaker.ts';

/**
 * The push for a scan that ended, in the reader's words. The body fat (%) stands in it with one decimal when given, and only of a
 * completed scan.
 */
export function pushText(
  reader: Reader | undefined,
  status: TerminalStatus,
  bodyFatPercent?: number,
): { title: string; body: string } {
  const { say } = speakerFor(reader);
  const title = say('push', `${status}.title`);
  const body = say('push', `${status}.body`);
  if (status !== 'completed' || bodyFatPercent === undefined) return { title, body };
  return { title, body: `${body} ${say('push', 'completed.body_fat', { percent: bodyFatPercent })}` };
}
